import { expect, it } from "vitest";
import { describeDeadReplies } from "../../src/commands/describe-dead-replies.ts";
import type { OutboxRecord } from "../../src/storage/index.ts";

const DEAD: OutboxRecord = {
  ...{ outboxId: "o", channel: "feishu", messageKey: "m", state: "dead", attempts: 12, receipt: null },
  reply: { headline: "贵企业的经营信息" },
  ...{ dueAt: "2026-11-23T02:00:00.000Z", createdAt: "2026-11-23T02:15:00.000Z" },
  lastError: "channel: 230002 the bot is not in\nthe group",
};

it("says channel, time, tries and reason, and nothing of the content", async () => {
  const asked: number[] = [];
  const text = await describeDeadReplies({
    deadReplies: async (limit) => {
      asked.push(limit);
      return [DEAD, { ...DEAD, channel: "discord", lastError: null }];
    },
  });
  expect(text).toContain(
    "feishu 2026-11-23 10:15，试发 12 次，channel: 230002 the bot is not in the group；discord 2026-11-23 10:15，试发 12 次，原因未记录",
  );
  expect(text).not.toContain("经营信息");
  expect(asked).toEqual([5]);
});

it("says nothing where there are none", async () => {
  expect(await describeDeadReplies({ deadReplies: async () => [] })).toBe("");
});
