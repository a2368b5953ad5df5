import { afterEach, beforeEach, expect, it } from "vitest";
import { openTicketWorld, requestOf, type TicketWorld } from "../support/desk-of-tickets.ts";
import { openTemporaryStorage } from "../support/temporary-storage.ts";

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

async function openOne(text: string) {
  const outcome = await world.desk.open(requestOf("a", text));
  if (outcome.outcome === "spam") throw new Error("taken for spam");
  await world.settle();
  return outcome;
}

const toldAsker = () =>
  world.teller.told.flatMap(({ to, effect }) => (to.kind === "asker" ? [effect.what.notice] : []));
const alarms = () => world.teller.told.filter(({ effect }) => effect.what.notice === "nobody-there");
const departmentsOf = async (ticketId: string) => {
  const { ticket } = await world.desk.view(ticketId, world.actor("feishu:ou_admin"));
  return ticket.tasks.map(({ department }) => department);
};

it("is no second message to the asker: the reply to the request named the fallback", async () => {
  const { ticket, ...rest } = await openOne("准备上市，想问辅导备案");
  expect(rest).toEqual({ outcome: "opened", reach: "fallback" });
  expect(await departmentsOf(ticket.ticketId)).toEqual(["centre"]);
  expect(toldAsker()).toEqual([]);
  expect(alarms()).toHaveLength(1);
});

it("is named when only one of several departments has nobody", async () => {
  const { ticket, ...rest } = await openOne("想找基金，还准备上市");
  const missed = ticket.tasks.filter(({ department }) => department === "empty");
  expect(rest).toEqual({
    ...{ outcome: "opened", reach: "fallback" },
    missed: missed.map(({ taskId }) => taskId),
  });
  expect((await departmentsOf(ticket.ticketId)).sort()).toEqual(["centre", "science"]);
  expect(toldAsker()).toEqual([]);
});

it("is one alarm for a ticket whose departments all have nobody", async () => {
  const departments = world.settings.current.departments.map((each) =>
    each.id === "science" ? { ...each, group: null, specialists: [], leads: [] } : each,
  );
  world.settings.current = { ...world.settings.current, departments };
  const { ticket } = await openOne("想找基金，还准备上市");
  expect(await departmentsOf(ticket.ticketId)).toEqual(["centre", "centre"]);
  expect(alarms()).toHaveLength(1);
  expect(toldAsker()).toEqual([]);
});

it("is told when the department's group is lost after the reply named it", async () => {
  await openOne("想找基金聊聊天使轮");
  await world.desk.leftChat("feishu", "oc_science");
  await world.settle();
  expect(toldAsker()).toEqual(["transferred"]);
});
