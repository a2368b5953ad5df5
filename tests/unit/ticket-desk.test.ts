import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TicketCommand } from "../../src/triage/index.ts";
import { openTicketWorld, requestOf, type TicketWorld } from "../support/desk-of-tickets.ts";
import { openTemporaryStorage } from "../support/temporary-storage.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let world: TicketWorld;
let remove: () => Promise<void>;

beforeEach(async () => {
  const storage = await openTemporaryStorage();
  remove = storage.remove;
  world = await openTicketWorld(storage);
});

afterEach(async () => {
  await remove();
});

async function openOne(text = "想找基金聊聊天使轮", user = "a") {
  const outcome = await world.desk.open(requestOf(user, text));
  if (outcome.outcome === "spam") throw new Error("taken for spam");
  await world.settle();
  return outcome;
}

function act(ticketId: string, command: TicketCommand, account: string, key = `${account}-${command.do}`) {
  return world.desk.act(ticketId, command, world.actor(account), key);
}

const ZHANG = "feishu:ou_zhang";
const LI = "feishu:ou_li";

describe("opening", () => {
  it("puts a card into the department's group and starts the clocks", async () => {
    const { ticket, ...rest } = await openOne();
    expect(rest).toEqual({ outcome: "opened", reach: "department" });
    expect(ticket.number).toBe("20261123-0001");
    expect(ticket.tasks.map(({ department, state }) => [department, state])).toEqual([["science", "queued"]]);
    const [shown] = world.teller.shown;
    expect(shown?.card).toMatchObject({ channel: "feishu", chatId: "oc_science", chatKind: "group" });
    expect(shown?.receipt).toBeNull();
  });

  it("opens one ticket for one request, also after a crash", async () => {
    const first = await openOne();
    const again = await openOne();
    expect(again.outcome).toBe("known");
    expect(again.ticket.ticketId).toBe(first.ticket.ticketId);
    expect(await world.storage.tickets.count()).toBe(1);
  });

  it("joins what the same asker says again", async () => {
    const { ticket } = await openOne();
    const again = await world.desk.open(
      requestOf("a", "想找基金聊聊天使轮！", { requestKey: "web:a:second" }),
    );
    expect(again).toMatchObject({ outcome: "joined", ticket: { ticketId: ticket.ticketId } });
    const repeated = await world.desk.open(
      requestOf("a", "想找基金聊聊天使轮！", { requestKey: "web:a:second" }),
    );
    expect(repeated.outcome).toBe("joined");
    const events = await world.desk.eventsOf(ticket.ticketId);
    expect(events.filter(({ kind }) => kind === "asker-said")).toHaveLength(1);
  });

  it("keeps the same words of another asker apart", async () => {
    await openOne();
    const other = await openOne("想找基金聊聊天使轮", "b");
    expect(other.outcome).toBe("opened");
    expect(await world.storage.tickets.count()).toBe(2);
  });

  it("makes a task for each department of several matters", async () => {
    const { ticket } = await openOne("想找基金，还要一处厂房");
    expect(ticket.tasks.map(({ department }) => department)).toEqual(["science", "space"]);
    expect([...world.teller.cards().values()].map(({ card }) => `${card.chatKind}:${card.chatId}`)).toEqual([
      "group:oc_science",
      "direct:ou_wang",
    ]);
  });

  it("refuses spam", async () => {
    expect(await world.desk.open(requestOf("a", "发票代开，量大从优"))).toEqual({ outcome: "spam" });
  });

  it("moves what nobody can be told of to the fallback, and tells the administrators", async () => {
    const opened = await openOne("准备上市，想问辅导备案");
    expect(opened).toMatchObject({ reach: "fallback" });
    const { ticket } = await world.desk.view(opened.ticket.ticketId, world.actor("feishu:ou_admin"));
    expect(ticket.tasks[0]).toMatchObject({ department: "centre", state: "queued" });
    expect(ticket.tasks[0]?.reroutes[0]).toMatchObject({ from: "empty", to: "centre", kind: "unreachable" });
    expect(world.teller.told.filter(({ effect }) => effect.what.notice === "nobody-there")).toMatchObject([
      { to: { kind: "person", account: "feishu:ou_admin" } },
    ]);
  });

  it("says that nobody can be told when there is nobody at all", async () => {
    const departments = world.settings.current.departments.map((each) => ({
      ...each,
      group: null,
      specialists: [],
      leads: [],
    }));
    world.settings.current = { ...world.settings.current, departments };
    world.grant("feishu:ou_admin", "staff");
    const opened = await openOne();
    expect(opened).toMatchObject({ outcome: "opened", reach: "nobody" });
    expect(await world.storage.tickets.count({ open: true })).toBe(1);
  });
});

describe("two at once", () => {
  it("gives the ticket to the first, and tells the other who has it", async () => {
    const { ticket } = await openOne();
    const taskId = ticket.tasks[0]?.taskId ?? "";
    const both = await Promise.all([
      act(ticket.ticketId, { do: "claim", taskId }, ZHANG),
      act(ticket.ticketId, { do: "claim", taskId }, LI),
    ]);
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(["done", "refused"]);
    const refused = both.find(({ outcome }) => outcome === "refused");
    expect(refused).toMatchObject({ refusal: { code: "claimed-by-other" } });
    expect(refused?.outcome === "refused" && refused.refusal.zh).toMatch(/已由(张三|李四)认领/u);
  });

  it("does one click once", async () => {
    const { ticket } = await openOne();
    const taskId = ticket.tasks[0]?.taskId ?? "";
    const clicks = await Promise.all(
      [1, 2, 3].map(() => act(ticket.ticketId, { do: "claim", taskId }, ZHANG, "click-1")),
    );
    expect(clicks.filter(({ outcome }) => outcome === "done")).toHaveLength(1);
    expect(await world.desk.eventsOf(ticket.ticketId)).toHaveLength(2);
  });
});

describe("the way of an answer", () => {
  it("goes to the asker under a person's name, and the asker's words come back", async () => {
    const { ticket } = await openOne();
    const taskId = ticket.tasks[0]?.taskId ?? "";
    await act(ticket.ticketId, { do: "claim", taskId }, ZHANG);
    await act(ticket.ticketId, { do: "ask", taskId, text: "请问本轮拟融资多少？" }, ZHANG);
    await world.settle();
    expect(world.teller.told.at(-1)).toMatchObject({
      to: { kind: "asker" },
      effect: { what: { notice: "question", name: "张三", text: "请问本轮拟融资多少？" } },
    });
    await act(ticket.ticketId, { do: "asker-say", text: "五百万" }, "web:a");
    await world.settle();
    expect(world.teller.told.at(-1)).toMatchObject({
      to: { kind: "person", account: ZHANG },
      effect: { what: { notice: "asker-said", text: "五百万" } },
    });
    await act(ticket.ticketId, { do: "reply", taskId, text: "已为您联系。" }, ZHANG);
    await act(ticket.ticketId, { do: "close", taskId }, ZHANG);
    await world.settle();
    const kinds = world.teller.told.map(({ effect }) => effect.what.notice);
    expect(kinds.filter((kind) => kind === "closed")).toHaveLength(1);
    const card = [...world.teller.cards().values()][0];
    expect(card?.ticket.status).toBe("已办结");
    const { ticket: now } = await world.desk.view(ticket.number, world.actor("feishu:ou_admin"));
    expect(card?.ticket.revision).toBe(now.revision);
  });

  it("shows everybody the same card after simultaneous clicks", async () => {
    const { ticket } = await openOne();
    const taskId = ticket.tasks[0]?.taskId ?? "";
    await Promise.all([
      act(ticket.ticketId, { do: "claim", taskId }, ZHANG),
      act(ticket.ticketId, { do: "claim", taskId }, LI),
      act(ticket.ticketId, { do: "note", taskId, text: "先看看" }, LI),
    ]);
    await world.settle();
    const { ticket: now } = await world.desk.view(ticket.ticketId, world.actor("feishu:ou_admin"));
    expect([...world.teller.cards().values()].map((each) => each.ticket.revision)).toEqual([now.revision]);
  });
});

describe("what must not fall silent", () => {
  it("moves on when the group's card cannot be delivered", async () => {
    world.teller.dead.add("feishu:oc_science");
    const { ticket } = await openOne();
    const { ticket: now } = await world.desk.view(ticket.ticketId, world.actor("feishu:ou_admin"));
    expect(now.tasks[0]).toMatchObject({ department: "centre" });
    expect(world.teller.shown.some(({ card }) => card.chatId === "oc_centre")).toBe(true);
  });

  it("moves on when the bot is thrown out of the group", async () => {
    const { ticket } = await openOne();
    await world.desk.leftChat("feishu", "oc_science");
    await world.settle();
    const { ticket: now } = await world.desk.view(ticket.ticketId, world.actor("feishu:ou_admin"));
    expect(now.tasks[0]?.department).toBe("centre");
  });

  it("frees what is held by somebody who is gone", async () => {
    const { ticket } = await openOne();
    const taskId = ticket.tasks[0]?.taskId ?? "";
    await act(ticket.ticketId, { do: "claim", taskId }, ZHANG);
    world.grant(ZHANG, "staff");
    world.advance(2 * MINUTE);
    await world.settle();
    const { ticket: now } = await world.desk.view(ticket.ticketId, world.actor("feishu:ou_admin"));
    expect(now.tasks[0]).toMatchObject({ state: "queued", assignee: null });
  });

  it("climbs the ladder in working hours, once, also after the machine was off", async () => {
    const { ticket } = await openOne();
    world.advance(3 * 24 * HOUR);
    await world.settle();
    const steps = () =>
      world.teller.told
        .map(({ effect }) => effect.what.notice)
        .filter((notice) => notice === "reminder" || notice === "late");
    const after = steps();
    expect(after).toContain("late");
    world.advance(MINUTE);
    await world.settle();
    expect(steps()).toEqual(after);
    const task = (await world.desk.view(ticket.number, world.actor("feishu:ou_admin"))).ticket.tasks[0];
    expect(task?.clocks.find(({ kind }) => kind === "first-response")?.breachedAt).not.toBeNull();
  });

  it("says nothing at night", async () => {
    await openOne();
    world.advance(11 * HOUR);
    await world.settle();
    const before = world.teller.told.length;
    world.advance(2 * HOUR);
    await world.settle();
    expect(world.teller.told.length).toBe(before);
  });
});

describe("who sees what", () => {
  it("hides tickets from people of other departments and other askers", async () => {
    const { ticket } = await openOne();
    await expect(world.desk.view(ticket.number, world.actor("feishu:ou_wang"))).rejects.toMatchObject({
      code: "not-found",
    });
    await expect(world.desk.view(ticket.number, world.actor("web:b", "staff"))).rejects.toMatchObject({
      code: "not-found",
    });
    expect(await world.desk.list({}, world.actor("feishu:ou_wang"))).toEqual([]);
    expect(await world.desk.list({}, world.actor(ZHANG))).toHaveLength(1);
    await expect(world.desk.list({}, world.actor("web:b", "staff"))).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  it("refuses a click of somebody without the right, in words", async () => {
    const { ticket } = await openOne();
    const taskId = ticket.tasks[0]?.taskId ?? "";
    const outcome = await act(ticket.ticketId, { do: "claim", taskId }, "feishu:ou_nobody");
    expect(outcome).toMatchObject({ outcome: "refused", refusal: { code: "not-yours" } });
  });

  it("gives the contact to who has the task only", async () => {
    const opened = await world.desk.open(requestOf("a", "想找基金", { contact: "微信 test-only" }));
    if (opened.outcome !== "opened") throw new Error("not opened");
    const { ticketId } = opened.ticket;
    const taskId = opened.ticket.tasks[0]?.taskId ?? "";
    const contactFor = async (account: string) =>
      (await world.desk.view(ticketId, world.actor(account))).ticket.contact;
    expect(await contactFor(ZHANG)).toBeNull();
    await act(ticketId, { do: "claim", taskId }, ZHANG);
    expect(await contactFor(ZHANG)).toBe("微信 test-only");
    expect(await contactFor(LI)).toBeNull();
  });
});

describe("merging", () => {
  it("ends one in the other, both or none", async () => {
    const [first, second] = [await openOne("想找基金", "a"), await openOne("找基金对接", "b")];
    const merged = await world.desk.merge(
      second.ticket.ticketId,
      first.ticket.ticketId,
      world.actor(ZHANG),
      "merge-1",
    );
    expect(merged).toMatchObject({ outcome: "done", ticket: { status: "已合并" } });
    await world.settle();
    const { ticket } = await world.desk.view(first.ticket.ticketId, world.actor(ZHANG));
    expect(ticket.mergedFrom).toEqual([second.ticket.ticketId]);
    const again = await world.desk.merge(
      second.ticket.ticketId,
      first.ticket.ticketId,
      world.actor(ZHANG),
      "merge-1",
    );
    expect(again.outcome).toBe("repeated");
  });
});

describe("a person's own data", () => {
  it("is given back and removed, open tickets withdrawn, figures kept", async () => {
    const { ticket } = await openOne();
    const given = JSON.stringify(await world.desk.personalData.give("web:a"));
    expect(given).toContain("想找基金聊聊天使轮");
    await world.desk.personalData.forget("web:a", world.now());
    await world.settle();
    const { ticket: left } = await world.desk.view(ticket.ticketId, world.actor("feishu:ou_admin"));
    expect(left.status).toBe("已撤回");
    const events = await world.desk.eventsOf(ticket.ticketId);
    expect(JSON.stringify([left, events])).not.toMatch(/想找基金|web:a|天使轮/u);
    expect(await world.desk.personalData.give("web:a")).toEqual([]);
    expect(JSON.stringify([...world.teller.cards().values()].at(-1)?.ticket)).not.toContain("天使轮");
    expect(await world.storage.tickets.count()).toBe(1);
  });
});

describe("people whom the bot cannot write to", () => {
  it("keep their tickets when they look for themselves over REST", async () => {
    const departments = world.settings.current.departments.map((each) =>
      each.id === "empty" ? { ...each, specialists: [{ account: "api:sun", name: "孙七" }] } : each,
    );
    world.settings.current = { ...world.settings.current, departments };
    const opened = await openOne("准备上市，想问辅导备案");
    expect(opened).toMatchObject({ reach: "department" });
    const sun = world.actor("api:sun", "staff", "specialist");
    const [listed] = await world.desk.list({ open: true }, sun);
    expect(listed?.ticket.tasks[0]).toMatchObject({ department: "empty", state: "queued", reroutes: [] });
  });

  it("leave it in its department when the fallback cannot be told either", async () => {
    const departments = world.settings.current.departments.map((each) => ({
      ...each,
      group: null,
      specialists: [],
    }));
    world.settings.current = { ...world.settings.current, departments };
    world.grant("feishu:ou_admin", "staff");
    const opened = await openOne();
    const { ticket } = await world.desk.view(opened.ticket.ticketId, world.actor("feishu:ou_boss", "admin"));
    expect(ticket.tasks[0]).toMatchObject({ department: "science", reroutes: [] });
    expect(world.teller.told).toEqual([]);
  });
});
