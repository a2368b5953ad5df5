import { afterAll, beforeAll, expect, it } from "vitest";
import {
  createFeishuHands,
  type FeishuHands,
  labelsOf,
  openTicket,
  openTicketService,
  readCard,
  type TicketService,
  whenKnown,
} from "../support/ticket-service.ts";

const GROUP = "oc_finance";
const ADMINS = ["feishu:ou_admin", "feishu:ou_admin2"];

let world: TicketService;
let hands: FeishuHands;

beforeAll(async () => {
  world = await openTicketService({ admins: ADMINS });
  hands = createFeishuHands(world);
});

afterAll(() => world?.close());

it("a department goes to work by chat alone: its group, its specialist, a ticket, the figures", async () => {
  const { ask, press, next, say, shows } = hands;
  const bound = await ask("ou_admin", GROUP, "本群受理区财政局的工单");
  await next("the group", ({ target }, text) => target === bound && text.includes("区财政局的工单"));

  const asked = await ask("ou_new", GROUP, "登记为专员 钱七");
  await next("the request is in", ({ target }, text) => target === asked && text.includes("已提交"));
  const cards = [];
  for (const admin of ["ou_admin", "ou_admin2"]) {
    const card = await next(
      "a card",
      ({ target }, text) => target === admin && text.includes("钱七申请登记"),
    );
    expect(labelsOf(card)).toEqual(["同意", "不同意"]);
    await whenKnown(world, card.messageId);
    cards.push(card);
  }
  // A card that was passed on, or pressed by the person themselves, does nothing.
  const [first, second] = cards;
  if (!first || !second) throw new Error("no cards");
  await press(first, "同意", "ou_new", { form: { reason: "" } });
  expect((await world.app.access.actorOf("feishu:ou_new")).roles.has("specialist")).toBe(false);

  await press(first, "同意", "ou_admin", { form: { reason: "" } });
  await next("told", ({ target }, text) => target === "ou_new" && text.includes("您已登记为区财政局专员"));
  await press(second, "不同意", "ou_admin2", { form: { reason: "重复" } });
  await next("who was first", (_, text) => text.includes("已由") && text.includes("同意钱七登记"));

  const { card } = await openTicket(world, hands, {
    ...{ asker: "ou_asker", group: GROUP },
    text: "专项资金已经批准，一直没有拨付到账，请协调兑付",
  });
  await press(card, "认领", "ou_new", { chat: GROUP });
  await shows(card, "钱七");

  hands.mark();
  await say("ou_admin", null, "工单统计 本周");
  const figures = await next("the figures", (_, text) => text.includes("新收工单 1 件"));
  expect(readCard(figures)).toContain("工单统计（2026-11-23 至 2026-11-24）");
  expect(labelsOf(figures)).toContain("导出 xlsx");
  await whenKnown(world, figures.messageId);
  await press(figures, "导出 xlsx", "ou_admin", {});
  await next("the workbook", ({ msgType }) => msgType === "file");
});
