import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TicketCommand, TicketTeller } from "../../src/triage/index.ts";
import { openTicketWorld, requestOf, type TicketWorld } from "../support/desk-of-tickets.ts";
import { openTemporaryStorage } from "../support/temporary-storage.ts";

/** Found by the simulation of the desk, each at its smallest. */
const MINUTE = 60_000;
const ZHANG = "feishu:ou_zhang";
const ADMIN = "feishu:ou_admin";

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

async function openOne() {
  const outcome = await world.desk.open(requestOf("a", "想找基金聊聊天使轮"));
  if (outcome.outcome !== "opened") throw new Error("not opened");
  const { ticketId } = outcome.ticket;
  const taskId = outcome.ticket.tasks[0]?.taskId ?? "";
  let clicks = 0;
  const act = (account: string, command: TicketCommand) => {
    clicks += 1;
    return world.desk.act(ticketId, command, world.actor(account), `click-${clicks}`);
  };
  const task = async () => (await world.desk.view(ticketId, world.actor(ADMIN))).ticket.tasks[0];
  return { ticketId, taskId, act, task };
}

const transferTo = (taskId: string, department: string): TicketCommand => ({
  ...{ do: "transfer", taskId, to: { department }, reason: "请协助办理" },
});

const chatsOf = () =>
  world.teller.shown.filter(({ receipt }) => receipt === null).map(({ card }) => card.chatId);

/** Ends in the middle of showing a card: nobody hears whether it was taken. */
function crashAfterShowing(teller: TicketTeller): TicketTeller {
  return {
    ...teller,
    async showCard(request) {
      await teller.showCard(request);
      throw new Error("the process ended");
    },
  };
}

describe("a card for who has the task", () => {
  it("moves on from a department whose new card fails, though an older one stands elsewhere", async () => {
    const { taskId, act, task } = await openOne();
    await world.settle();
    world.teller.dead.add("feishu:oc_science");
    await act(ADMIN, transferTo(taskId, "centre"));
    await world.settle();
    world.teller.dead.add("feishu:ou_wang");
    await act(ADMIN, transferTo(taskId, "space"));
    await world.settle();
    expect(await task()).toMatchObject({ department: "centre" });
  });

  it("is put anew where one was given up before", async () => {
    const { taskId, act } = await openOne();
    world.teller.dead.add("feishu:oc_science");
    await world.settle();
    world.teller.dead.delete("feishu:oc_science");
    await act(ADMIN, transferTo(taskId, "science"));
    await world.settle();
    expect(chatsOf()).toEqual(["oc_centre", "oc_science"]);
    expect([...world.teller.cards().values()].map(({ ticket }) => ticket.revision)).toEqual([3, 3]);
  });

  it("is put once, also when the process ended while it was put and the ticket went on", async () => {
    const { taskId, act } = await openOne();
    await world.desk.work(crashAfterShowing(world.teller));
    await act(ZHANG, { do: "claim", taskId });
    await world.settle();
    expect(chatsOf()).toEqual(["oc_science"]);
    expect(world.teller.shown.at(-1)?.ticket.status).toBe("处理中");
  });

  it("is put once by two turns at the same time", async () => {
    const { taskId, act } = await openOne();
    const [reached, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const slow: TicketTeller = {
      ...world.teller,
      async showCard(request) {
        reached.resolve();
        await released.promise;
        return world.teller.showCard(request);
      },
    };
    const first = world.desk.work(slow);
    await reached.promise;
    await act(ZHANG, { do: "claim", taskId });
    const second = world.desk.work(world.teller);
    // Long enough for a second turn to put its own.
    await new Promise((resolve) => setTimeout(resolve, 200));
    released.resolve();
    await Promise.all([first, second]);
    await world.settle();
    expect(chatsOf()).toEqual(["oc_science"]);
  });

  it("moves on at once when the platform says that there is no way to the place", async () => {
    const { task } = await openOne();
    const { teller } = world;
    const show = teller.showCard;
    teller.showCard = async (request) =>
      request.card.chatId === "oc_science" ? "unreachable" : show(request);
    await world.settle();
    expect(await task()).toMatchObject({ department: "centre" });
    expect(chatsOf()).toEqual(["oc_centre"]);
  });

  it("comes into the fallback's group when that can be reached again", async () => {
    world.teller.dead.add("feishu:oc_science").add("feishu:oc_centre");
    const { task } = await openOne();
    await world.settle();
    expect((await task())?.unreachableAt).not.toBeNull();
    expect(chatsOf()).toEqual([]);
    world.teller.dead.clear();
    world.advance(10 * MINUTE);
    await world.settle();
    expect(chatsOf()).toEqual(["oc_centre"]);
  });

  it("follows the settings: another group of the department gets one", async () => {
    await openOne();
    await world.settle();
    const departments = world.settings.current.departments.map((each) =>
      each.id === "science" ? { ...each, group: "feishu:oc_new" } : each,
    );
    world.settings.current = { ...world.settings.current, departments };
    world.advance(MINUTE);
    await world.settle();
    expect(chatsOf()).toEqual(["oc_science", "oc_new"]);
  });

  it("moves on each time that the bot is thrown out of the group", async () => {
    const { taskId, act, task } = await openOne();
    await world.settle();
    await world.desk.leftChat("feishu", "oc_science");
    await world.settle();
    await act(ADMIN, transferTo(taskId, "science"));
    await world.settle();
    await world.desk.leftChat("feishu", "oc_science");
    await world.settle();
    expect(await task()).toMatchObject({ department: "centre" });
  });
});

describe("a request that comes again late", () => {
  it("stays in the ticket that it joined, also when that has ended", async () => {
    const { taskId, act } = await openOne();
    const again = requestOf("a", "想找基金聊聊天使轮", { requestKey: "web:a:second" });
    expect((await world.desk.open(again)).outcome).toBe("joined");
    await act(ZHANG, { do: "close", taskId, outcome: "已对接" });
    expect((await world.desk.open(again)).outcome).toBe("joined");
    expect(await world.storage.tickets.count()).toBe(1);
  });
});
