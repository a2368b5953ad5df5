import { afterEach, expect, test } from "vitest";
import { openTicketChat, type TicketChatWorld } from "../support/ticket-chat-world.ts";

const worlds: TicketChatWorld[] = [];
const DEPARTMENT = { chatId: "oc_science", chatKind: "group" as const };

async function open(): Promise<TicketChatWorld> {
  const world = await openTicketChat();
  worlds.push(world);
  return world;
}

afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

test("a lone question mark goes to the person who has the word, and asks for help otherwise", async () => {
  const world = await open();
  expect((await world.says("ou_a", "？")).kind).toBe("help");
  await world.says("ou_a", "我想找个人对接一下天使基金");
  await world.says("ou_a", "提交");
  await world.says("ou_zhang", "回复 0001 请先报名对接会。", DEPARTMENT);
  await world.says("ou_a", "好的，怎么报名");
  const nudge = await world.says("ou_a", "？");
  expect(nudge).toMatchObject({ kind: "ticket-held", quiet: true });
  expect((await world.says("ou_a", "帮助")).kind).toBe("help");
  await world.advance(31 * 60_000);
  expect((await world.says("ou_a", "？")).kind).toBe("help");
});

test("a long text that begins with the wish for a person is a request; others are too long", async () => {
  const world = await open();
  const matter = "我们在园区租了厂房，消防验收反复退回，过程如下。".repeat(120);
  const card = await world.says("ou_a", `我要找专员，${matter}`);
  expect(card.kind).toBe("ticket-request");
  await world.presses("ou_a", card, "提交");
  expect((await world.desk.ticketsOf("feishu:ou_a"))[0]?.text).toBe(matter);
  expect((await world.says("ou_b", `${matter}我要找专员`)).kind).toBe("too-long");
  const cut = await world.says("ou_b", `我要找专员，${matter.repeat(2)}`);
  expect(cut.plainText).toContain("只转交前 4000 字");
});
