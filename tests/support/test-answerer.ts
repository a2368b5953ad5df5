import type { Answer, Answerer, AnswerRequest } from "../../src/answering/index.ts";
import type { DocumentId } from "../../src/shared/index.ts";

const TITLE = "张江高新区奉贤园改革创新发展行动方案（2024-2026年）";

/** An answerer that echoes the question, for tests of what lies around answering. It remembers what it was asked. */
export function createEchoAnswerer(
  behave: (request: AnswerRequest) => Promise<Partial<Answer>> = async () => ({}),
): Answerer & { readonly asked: AnswerRequest[] } {
  const asked: AnswerRequest[] = [];
  return {
    asked,
    async answerQuestion(request) {
      asked.push(request);
      return { ...makeAnswer(`答：${request.question}`, request), ...(await behave(request)) };
    },
  };
}

export function makeAnswer(conclusion: string, request: AnswerRequest): Answer {
  return {
    kind: "answered",
    language: "zh",
    conclusion,
    answer: `${conclusion}\n依据：…\n文件未载明：金额、申报时间`,
    citations: [
      {
        documentId: "plan" as DocumentId,
        title: TITLE,
        status: "征求意见稿",
        section: "三（六）¶2",
        heading: ["三、重点行动", "（六）金融赋能强化行动"],
        quote: "加大科技金融支持力度。",
        start: 10,
        end: 21,
      },
    ],
    notStated: ["金额", "申报时间"],
    nextStep: "请以正式印发文件为准。",
    notices: ["该文件为征求意见稿，尚未正式印发。"],
    asOf: request.asOf ?? "2026-11-22",
    engine: "rules",
    resolvedQuestion: request.question,
    reasons: [],
  };
}
