import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Correction } from "../../src/publishing/index.ts";
import {
  ADMIN,
  AUDITOR,
  createPublishingWorld,
  type PublishingWorld,
  SECOND,
  SPECIALIST,
  STAFF,
  writeStatute,
} from "../support/publishing-world.ts";

let world: PublishingWorld;

beforeEach(async () => {
  world = await createPublishingWorld({}, { "feishu:ou_spec": ["specialist"] });
});

afterEach(async () => {
  await world.remove();
});

const AMOUNT = "每家企业每年最高能申领多少科技创新券";
const MINUTE = 60_000;

/** As the outbox: a key is used once. */
function createMailbox() {
  const received: Correction[] = [];
  return {
    received,
    notify: async (correction: Correction) => {
      if (received.some(({ key }) => key === correction.key)) return false;
      received.push(correction);
      return true;
    },
  };
}

describe("a publication that changes an answer given lately", () => {
  it("is told once to those who asked, with what changed", async () => {
    const first = await world.publish(writeStatute());
    world.clock.advance(MINUTE);
    const turnId = await world.asks(AMOUNT, "ou_1");
    await world.asks("科技创新券申领时间是什么时候", "ou_2");
    world.clock.advance(MINUTE);
    const mailbox = createMailbox();
    expect(await world.publishing.runCorrections(mailbox.notify)).toBe(0);
    const second = await world.publish(writeStatute({ amount: "50万元" }));
    expect(await world.publishing.runCorrections(mailbox.notify)).toBe(1);
    const [correction] = mailbox.received;
    expect(correction).toMatchObject({
      turnId,
      question: AMOUNT,
      asker: { userId: "ou_1", chatId: "oc_ou_1" },
      before: { citations: [{ versionId: first.versionId }] },
    });
    expect(correction?.after.citations[0]?.versionId).toBe(second.versionId);
    expect(correction?.summary).toContain("20万元");
    expect(correction?.summary).toContain("50万元");
    expect(correction?.summary).toContain("第二章第四条");
    expect(await world.publishing.runCorrections(mailbox.notify)).toBe(0);
    expect(mailbox.received).toHaveLength(1);
  });

  it("reaches those whose question was under way when it came", async () => {
    await world.publish(writeStatute());
    world.clock.advance(MINUTE);
    const asked = await world.answerer.answerQuestion({ question: AMOUNT });
    world.clock.advance(MINUTE);
    await world.publish(writeStatute({ amount: "50万元" }));
    world.clock.advance(10);
    await world.keeps(AMOUNT, asked);
    const mailbox = createMailbox();
    expect(await world.publishing.runCorrections(mailbox.notify)).toBe(1);
    expect(mailbox.received[0]?.summary).toContain("50万元");
  });

  it("is not told anew when a later publication leaves the corrected answer as it is", async () => {
    await world.publish(writeStatute());
    world.clock.advance(MINUTE);
    await world.asks(AMOUNT);
    const mailbox = createMailbox();
    for (const [text, told] of [
      [writeStatute({ amount: "50万元" }), 1],
      [writeStatute({ amount: "50万元", validity: "有效期五年" }), 1],
      [writeStatute({ amount: "60万元", validity: "有效期五年" }), 2],
    ] as const) {
      world.clock.advance(MINUTE);
      await world.publish(text);
      await world.publishing.runCorrections(mailbox.notify);
      expect(mailbox.received, text).toHaveLength(told);
    }
    expect(mailbox.received[1]?.summary).toContain("60万元");
  });

  it("is told again after a run that was cut off, but not twice to the same", async () => {
    await world.publish(writeStatute());
    await world.publishing.runCorrections(async () => true);
    world.clock.advance(MINUTE);
    await world.asks(AMOUNT, "ou_1");
    await world.asks(AMOUNT, "ou_2");
    world.clock.advance(MINUTE);
    await world.publish(writeStatute({ amount: "50万元" }));
    const mailbox = createMailbox();
    const cutOff = world.publishing.runCorrections(async (correction) => {
      if (mailbox.received.length === 1) throw new Error("killed");
      return mailbox.notify(correction);
    });
    await expect(cutOff).rejects.toThrow("killed");
    expect(await world.publishing.runCorrections(mailbox.notify)).toBe(1);
    expect(mailbox.received.map(({ asker }) => (asker as { userId: string }).userId)).toEqual([
      "ou_1",
      "ou_2",
    ]);
  });

  it("reaches those who were told that it was not stated", async () => {
    await world.publish(writeStatute());
    await world.publishing.runCorrections(async () => true);
    world.clock.advance(MINUTE);
    const question = "科技创新券能不能用来买检验检测服务";
    await world.asks(question);
    world.clock.advance(MINUTE);
    await world.publish(
      writeStatute({ extra: "第六条 科技创新券可用于购买检验检测服务、技术咨询服务。\n" }).replace(
        "第六条 本",
        "第七条 本",
      ),
    );
    const mailbox = createMailbox();
    await world.publishing.runCorrections(mailbox.notify);
    expect(mailbox.received).toMatchObject([{ question }]);
    expect(mailbox.received[0]?.summary).toContain("检验检测服务");
  });

  it("is nobody's business when the answer stays", async () => {
    await world.publish(writeStatute());
    world.clock.advance(MINUTE);
    await world.asks(AMOUNT);
    world.clock.advance(MINUTE);
    await world.publish(writeStatute({ validity: "有效期五年" }));
    const mailbox = createMailbox();
    expect(await world.publishing.runCorrections(mailbox.notify)).toBe(0);
  });

  it("is not told of old answers", async () => {
    await world.publish(writeStatute());
    world.clock.advance(MINUTE);
    await world.asks(AMOUNT);
    world.clock.advance(31 * 24 * 60 * MINUTE);
    await world.publish(writeStatute({ amount: "50万元" }));
    expect(await world.publishing.runCorrections(createMailbox().notify)).toBe(0);
  });

  it("tells of a withdrawal that nothing holds any more", async () => {
    const { documentId } = await world.publish(writeStatute());
    world.clock.advance(MINUTE);
    await world.asks(AMOUNT);
    world.clock.advance(MINUTE);
    const desk = world.publishing.review;
    const decision = await desk.withdraw(documentId, ADMIN);
    if (decision.outcome !== "waiting") throw new Error(decision.outcome);
    await desk.approve(decision.proposal.proposalId, SECOND);
    const mailbox = createMailbox();
    await world.publishing.runCorrections(mailbox.notify);
    expect(mailbox.received).toHaveLength(1);
    expect(mailbox.received[0]?.summary).toContain("不再作为依据");
  });

  it("says nothing of a text that the asker may not see", async () => {
    const { documentId } = await world.publish(writeStatute());
    world.clock.advance(MINUTE);
    await world.asks(AMOUNT, "ou_1");
    await world.asks(AMOUNT, "ou_spec");
    world.clock.advance(MINUTE);
    await world.publishing.review.setVisibility(documentId, { kind: "internal" }, ADMIN);
    await world.publish(writeStatute({ amount: "50万元" }));
    const mailbox = createMailbox();
    await world.publishing.runCorrections(mailbox.notify);
    const summaryOf = (user: string) =>
      mailbox.received.find(({ asker }) => (asker as { userId: string }).userId === user)?.summary ?? "";
    expect(summaryOf("ou_1")).not.toContain("50万元");
    expect(summaryOf("ou_spec")).toContain("50万元");
  });
});

describe("an answer as it was given", () => {
  it("is shown with the version that it cites and what became of it", async () => {
    const first = await world.publish(writeStatute());
    world.clock.advance(MINUTE);
    const turnId = await world.asks(AMOUNT);
    await world.publish(writeStatute({ amount: "50万元" }));
    expect(await world.publishing.findAnswers(AUDITOR, { text: AMOUNT.slice(0, 4) })).toMatchObject([
      { turnId, question: AMOUNT, kind: "answered" },
    ]);
    expect(await world.publishing.findAnswers(AUDITOR, { text: "没有这样的提问" })).toEqual([]);
    const given = await world.publishing.getAnswer(turnId, AUDITOR);
    expect(given).toMatchObject({ turnId, question: AMOUNT });
    expect(given.answer.conclusion).toContain("20万元");
    expect(given.citations[0]).toEqual({
      versionId: first.versionId,
      number: 1,
      state: "superseded",
      quoteHolds: true,
    });
    const [look] = await world.publishing.audit.list(AUDITOR, { subject: `turn:${turnId}` });
    expect(look).toMatchObject({ action: "answer.read", actor: AUDITOR.account });
  });

  it("is private", async () => {
    await world.publish(writeStatute());
    const turnId = await world.asks(AMOUNT);
    for (const actor of [STAFF, SPECIALIST]) {
      await expect(world.publishing.getAnswer(turnId, actor)).rejects.toMatchObject({ code: "forbidden" });
    }
    await expect(world.publishing.getAnswer("nothing", AUDITOR)).rejects.toMatchObject({ code: "not-found" });
    await expect(world.publishing.findAnswers(SPECIALIST)).rejects.toMatchObject({ code: "forbidden" });
  });
});
