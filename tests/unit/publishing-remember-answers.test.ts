import { expect, it } from "vitest";
import type { Audience } from "../../src/access/index.ts";
import type { Answer, AnswerRequest } from "../../src/answering/index.ts";
import { rememberAnswers } from "../../src/publishing/corrections/remember-answers.ts";
import type { VersionId } from "../../src/shared/index.ts";

const direct: Audience = {
  account: "feishu:ou_a",
  roles: new Set(["staff"]),
  chatKind: "direct",
  chat: "feishu:oc_a",
};
const insider: Audience = { ...direct, roles: new Set(["staff", "specialist"]) };
const group: Audience = { ...insider, chatKind: "group" };

function createCounter() {
  const asked: AnswerRequest[] = [];
  const { answerQuestion } = rememberAnswers({
    async answerQuestion(request) {
      asked.push(request);
      if (request.question === "fails") throw new Error("no answer");
      return { kind: "answered", citations: [] } as unknown as Answer;
    },
  });
  return { asked, answerQuestion };
}

it("asks once for those who see the same, and again for those who see other documents", async () => {
  const { asked, answerQuestion } = createCounter();
  const others = { account: "feishu:ou_b", chat: "feishu:oc_b" };
  await answerQuestion({ question: "一", audience: direct });
  await answerQuestion({ question: "一", audience: { ...direct, ...others } });
  expect(asked).toHaveLength(1);
  await answerQuestion({ question: "一", audience: insider });
  await answerQuestion({ question: "一", audience: group });
  await answerQuestion({ question: "一", audience: { ...group, ...others } });
  await answerQuestion({ question: "二", audience: direct });
  expect(asked).toHaveLength(5);
});

it("keeps states of what is published apart", async () => {
  const { asked, answerQuestion } = createCounter();
  const earlier = new Set(["v1" as VersionId]);
  await answerQuestion({ question: "一", audience: direct });
  await answerQuestion({ question: "一", audience: direct, preview: earlier });
  await answerQuestion({ question: "一", audience: direct, preview: earlier });
  await answerQuestion({ question: "一", audience: direct, preview: new Set(["v2" as VersionId]) });
  expect(asked).toHaveLength(3);
});

it("tries again what failed", async () => {
  const { asked, answerQuestion } = createCounter();
  await expect(answerQuestion({ question: "fails" })).rejects.toThrow("no answer");
  await expect(answerQuestion({ question: "fails" })).rejects.toThrow("no answer");
  expect(asked).toHaveLength(2);
});
