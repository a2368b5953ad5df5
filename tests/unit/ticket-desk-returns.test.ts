import { afterEach, expect, it } from "vitest";
import { openTicketChat, type TicketChatWorld } from "../support/ticket-chat-world.ts";

let world: TicketChatWorld | undefined;

afterEach(async () => {
  await world?.close();
  world = undefined;
});

const DEPARTMENT = { chatId: "oc_science", chatKind: "group" as const };
const toldIn = (chat: TicketChatWorld, text: string) =>
  chat.delivered.filter(
    ({ replyTarget, reply, revises }) =>
      (replyTarget as { place: string }).place === "oc_science" &&
      revises === undefined &&
      reply.kind === "ticket-desk" &&
      reply.plainText.includes(text),
  );

it("says in the group that a ticket waits there again, for its card lies far above", async () => {
  world = await openTicketChat();
  await world.says("ou_a", "我想找个人对接一下天使基金");
  await world.says("ou_a", "提交");
  expect(toldIn(world, "待区科委认领")).toHaveLength(0);
  await world.says("ou_zhang", "认领 0001", DEPARTMENT);
  await world.says("ou_zhang", "放回 0001 今天外出", DEPARTMENT);
  expect(toldIn(world, "待区科委认领")).toHaveLength(1);
  expect(toldIn(world, "待区科委认领")[0]?.reply.plainText).toContain("今天外出");
});
