import { afterEach, expect, it } from "vitest";
import { hideContacts } from "../../src/triage/index.ts";
import { openTicketChat, type TicketChatWorld } from "../support/ticket-chat-world.ts";

let world: TicketChatWorld | undefined;

afterEach(async () => {
  await world?.close();
  world = undefined;
});

const DEPARTMENT = { chatId: "oc_science", chatKind: "group" as const };
// Invented numbers.
const PHONE = "13800000000";
const MORE = "021-55550000";

it.each([
  [`请联系我，电话${PHONE}。`, "请联系我，电话〔联系方式〕。", [PHONE]],
  [
    "邮箱 hr@example.com 或座机021-55550000",
    "邮箱 〔联系方式〕 或座机〔联系方式〕",
    ["hr@example.com", MORE],
  ],
  ["贷款 13800000000 元，2026年11月23日到期", "贷款 13800000000 元，2026年11月23日到期", []],
  ["投资5000万元，占地30亩，文号沪奉府〔2024〕12号", "投资5000万元，占地30亩，文号沪奉府〔2024〕12号", []],
])("hides how to reach somebody, and nothing else: %s", (text, shown, contacts) => {
  expect(hideContacts(text)).toEqual({ text: shown, contacts });
});

it("shows a telephone between the words to nobody but the one who has taken the ticket", async () => {
  world = await openTicketChat();
  await world.says("ou_a", `我想找个人对接一下天使基金，电话${PHONE}`);
  await world.says("ou_a", "提交");
  await world.says("ou_a", `补充 0001 也可以打${MORE}`);
  const isOpenly = ({ replyTarget, reply }: TicketChatWorld["delivered"][number]) =>
    (replyTarget as { place: string }).place === "oc_science" && reply.plainText.includes("天使基金");
  const openly = world.delivered.filter(isOpenly);
  expect(openly.length).toBeGreaterThan(0);
  expect(JSON.stringify(openly)).not.toContain(PHONE);
  expect(JSON.stringify(openly)).not.toContain(MORE);
  expect(openly[0]?.reply.plainText).toContain("电话〔联系方式〕");
  const before = await world.says("ou_zhang", "工单 0001");
  expect(before.plainText).not.toContain(PHONE);
  await world.says("ou_zhang", "认领 0001", DEPARTMENT);
  expect(world.lastTo("ou_zhang").plainText).toContain(`提问人提供的联系方式：${PHONE}`);
  const card = await world.says("ou_zhang", "工单 0001");
  expect(card.plainText).toContain(`联系方式：${PHONE}`);
  expect(card.plainText).toContain(MORE);
  expect(JSON.stringify(world.delivered.filter(isOpenly))).not.toContain(PHONE);
});
