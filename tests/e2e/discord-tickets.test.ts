import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { labelsOf } from "../support/discord-server/hands.ts";
import type { StoredInteraction, StoredMessage } from "../support/discord-server/index.ts";
import { callsThatMayPing } from "../support/discord-server/open-place.ts";
import { type DiscordService, openDiscordService } from "../support/discord-server/open-service.ts";
import { readShown } from "../support/discord-server/read-shown.ts";
import { waitUntil } from "../support/discord-server/wait.ts";

const MATTER = "我们天使轮融资想对接投资机构，能请专员帮忙吗？";
const CONTACT = "邮箱 office@example.cn";

let at: DiscordService;

beforeAll(async () => {
  at = await openDiscordService();
});

afterEach(() => {
  expect(callsThatMayPing(at.server)).toEqual([]);
});

afterAll(() => at?.close());

const text = (message: StoredMessage) => readShown(message).text;
const current = (message: StoredMessage) => at.server.world.messages.get(message.id) ?? message;

/** Presses, and fills in the form where one opens. */
async function act(
  userId: string,
  message: StoredMessage,
  label: string,
  fields: Record<string, string> = {},
) {
  const pressed = at.hands.press(userId, current(message), label);
  await waitUntil(() => pressed.state !== "open", `the answer to ${label}`);
  const used: StoredInteraction = pressed.modal ? at.hands.submit(pressed, fields) : pressed;
  await waitUntil(() => used.state !== "open", `the answer to the form of ${label}`);
  await at.service.conversation.drain();
  return used;
}

async function until(message: StoredMessage, ...words: string[]): Promise<void> {
  const holds = () => words.every((word) => text(current(message)).includes(word));
  await waitUntil(holds, "", 15_000).catch(() => {
    throw new Error(`in vain waited for ${words.join(" / ")} in\n${text(current(message))}`);
  });
}

/** Everything that this person sees anywhere. */
const allSeenBy = (userId: string) =>
  [...at.server.world.places.values()].flatMap((place) => at.hands.sees(userId, place).map(text)).join("\n");

async function reaches(userId: string, ...words: string[]): Promise<void> {
  await waitUntil(
    () => words.every((word) => allSeenBy(userId).includes(word)),
    words.join(" / "),
    15_000,
  ).catch(() => {
    throw new Error(`in vain waited for ${words.join(" / ")} in\n${allSeenBy(userId)}`);
  });
}

it("/ticket: from the request to the specialist's channel, and back with the answer to a rating", async () => {
  const { asker, specialist, onlooker, office, place } = at;
  const used = at.hands.slash(asker.id, place, "ticket", { text: MATTER }, "new");
  const confirmation = await at.answerTo(used);
  expect(confirmation.onlyFor).toBe(asker.id);
  expect(text(confirmation)).toContain("区科委");
  expect(text(confirmation)).toContain("在您提交之前，以上内容不会转给任何人");
  expect(at.hands.sees(onlooker.id, office)).toEqual([]);

  const fields = { "联系方式（选填，填写即同意提供给承办专员）": CONTACT };
  const submitted = await act(asker.id, confirmation, "提交", fields);
  await reaches(asker.id, "已为您提交工单");
  expect(at.hands.broughtBy(submitted).every(({ onlyFor }) => onlyFor === asker.id)).toBe(true);

  const card = await at.find(office, "the card", "待认领", MATTER);
  await at.service.conversation.drain();
  expect(text(card)).not.toContain("office@example.cn");
  const threads = [...at.server.world.places.values()].filter(({ parentId }) => parentId === office.id);
  expect(threads.map(({ name }) => name)).toEqual([expect.stringContaining("工单")]);

  // Who is no specialist cannot take it.
  await act(onlooker.id, card, "认领");
  expect(text(current(card))).toContain("待认领");
  await act(specialist.id, card, "认领");
  await until(card, "处理中", "张专员");
  expect(labelsOf(current(card))).not.toContain("认领");
  await reaches(specialist.id, "office@example.cn");

  await act(specialist.id, card, "追问", { 说明或回复内容: "目前团队有多少人？" });
  await reaches(asker.id, "目前团队有多少人？");
  await until(card, "等待企业补充");

  await act(specialist.id, card, "回复", { 说明或回复内容: "已约好周四下午与投资机构见面。" });
  await reaches(asker.id, "已约好周四下午与投资机构见面。", "人工答复");
  await act(specialist.id, card, "办结", { 说明或回复内容: "已对接" });
  await reaches(asker.id, "办理结果", "非常满意");
  await until(card, "已办结");

  const rating = at.server.sent.find((message) =>
    labelsOf(message).some((label) => label.includes("4 满意")),
  );
  if (!rating) throw new Error("nobody asks how it was");
  await act(asker.id, rating, labelsOf(rating).find((label) => label.includes("4 满意")) ?? "", {});
  await until(card, "4 分");

  // What concerns one enterprise was seen by nobody else.
  const others = at.hands.sees(onlooker.id, place).map(text).join("\n");
  for (const word of ["投资机构", "office@example.cn", "目前团队"]) expect(others).not.toContain(word);
  expect(at.server.limits.refusals()).toBeLessThanOrEqual(2);
  expect(at.log()).not.toContain('"level":50');
});

it("the specialist answers by writing in the thread of the card", async () => {
  const { specialist, office } = at;
  const person = at.hands.person("另一位提问者（虚构）");
  at.hands.join(at.guild, person);
  const confirmation = await at.answerTo(
    at.hands.slash(person.id, at.place, "ticket", { text: MATTER }, "new"),
  );
  const before = new Set(at.server.sent.map(({ id }) => id));
  await act(person.id, confirmation, "提交");
  const findCard = () =>
    at.server.sent.find(({ id, channelId }) => channelId === office.id && !before.has(id));
  await waitUntil(() => findCard() !== undefined, "the card", 15_000);
  const card = findCard();
  if (!card) return;
  await at.service.conversation.drain();
  await act(specialist.id, card, "认领");
  await until(card, "处理中");
  const thread = at.server.world.places.get(card.id);
  if (!thread) throw new Error("no thread under the card");
  at.hands.say(specialist.id, thread, "周五上午可以来一趟吗？", { mention: true });
  await reaches(person.id, "周五上午可以来一趟吗？");
});

it("a specialist without a channel is told in the direct chat", async () => {
  const direct = at.hands.directWith(at.specialist.id);
  const person = at.hands.person("第三位提问者（虚构）");
  at.hands.join(at.guild, person);
  const { settingsDesk } = at.app.triage;
  const departments = settingsDesk.current().departments.map((each) => ({ ...each, group: null }));
  const { operatorOf } = await import("../../src/access/index.ts");
  await settingsDesk.save("departments", departments, operatorOf("test"), "改为私信");
  const confirmation = await at.answerTo(
    at.hands.slash(person.id, at.place, "ticket", { text: MATTER }, "new"),
  );
  await act(person.id, confirmation, "提交");
  const card = await at.find(direct, "the card", "待认领", MATTER);
  await at.service.conversation.drain();
  await act(at.specialist.id, card, "认领");
  await until(card, "处理中", "张专员");
});
