import { afterEach, beforeEach, expect, it } from "vitest";
import { createOutreachWorld, HOUR, makeFundProgram, type OutreachWorld } from "../support/outreach-world.ts";
import { ANN, BEN } from "../support/storage-matching.ts";
import { openTemporaryStorage } from "../support/temporary-storage.ts";

let storage: Awaited<ReturnType<typeof openTemporaryStorage>>;
let world: OutreachWorld;

beforeEach(async () => {
  storage = await openTemporaryStorage();
  world = createOutreachWorld(storage, { reachLimit: 3 });
  await world.publish(makeFundProgram("P1"));
});

afterEach(() => storage.remove());

const wish = {
  account: ANN,
  enterpriseId: "e1",
  programId: "P1",
  programName: "青岚项目P1",
  dueOn: "2026-11-24",
  what: "员工不少于20人",
};
const lines = () => world.taken.map(({ message }) => [message.headline, ...message.lines].join(""));

it("reminds once, on the day from nine o'clock, judged anew", async () => {
  await world.addEnterprise("e1", ANN, 30);
  expect(await world.outreach.remind(wish, world.clock.now())).toBe(true);
  expect(await world.outreach.remind(wish, world.clock.now())).toBe(false);
  world.clock.advance(22.5 * HOUR);
  await world.send();
  expect(lines()).toEqual([]);
  world.clock.advance(HOUR);
  await world.send();
  await world.send();
  expect(lines()).toHaveLength(1);
  expect(lines()[0]).toContain("文字条件均已符合");
});

it.each([
  ["the condition still does not hold", 5, "仍有文字条件不符"],
  ["the figure is not known", null, "仍有待确认的事项"],
])("says so when %s", async (_name, headcount, said) => {
  await world.addEnterprise("e1", ANN, headcount);
  await world.outreach.remind(wish, world.clock.now());
  world.clock.advance(24 * HOUR);
  await world.send();
  expect(lines()[0]).toContain(said);
});

it("says that the program was withdrawn", async () => {
  await world.addEnterprise("e1", ANN, 30);
  await world.outreach.remind(wish, world.clock.now());
  await storage.programs.withdraw("P1", world.clock.now(), { actor: ANN });
  world.clock.advance(24 * HOUR);
  await world.send();
  expect(lines()[0]).toContain("已从现行项目目录中撤下");
  expect(world.taken[0]?.message.programs).toEqual([]);
});

it("is cancelled by its own account only, and may be set again", async () => {
  await world.addEnterprise("e1", ANN, 30);
  await world.outreach.remind(wish, world.clock.now());
  const id = (await world.outreach.remindersOf(ANN))[0]?.reminderId ?? "";
  expect(await world.outreach.cancelReminder(BEN, id)).toBe(false);
  expect(await world.outreach.cancelReminder(ANN, id)).toBe(true);
  expect(await world.outreach.cancelReminder(ANN, id)).toBe(false);
  expect(await world.outreach.remind(wish, world.clock.now())).toBe(true);
});

it("tells those who wished an event once of its date, and again of a change", async () => {
  const content = { name: "青岚创业大赛", startsOn: null, endsOn: null, details: [] };
  const save = (change: object, hash: string) =>
    storage.programs.saveListEntry(
      { entryId: "events-a", list: "events", content: { ...content, ...change }, contentHash: hash },
      world.clock.now(),
      { actor: ANN },
    );
  await save({}, "h1");
  await world.send();
  world.clock.advance(HOUR);
  const request = {
    enterpriseId: null,
    kind: "event" as const,
    topic: "events-a",
    cadence: "at-once" as const,
  };
  await world.outreach.subscribe({ ...request, account: ANN }, world.clock.now());
  await world.send();
  expect(lines()).toEqual([]);
  await save({ startsOn: "2026-12-01", endsOn: "2026-12-03" }, "h2");
  await world.send();
  await world.send();
  expect(lines()).toHaveLength(1);
  expect(lines()[0]).toContain("2026-12-01至2026-12-02");
  world.clock.advance(HOUR);
  await world.outreach.subscribe({ ...request, account: BEN }, world.clock.now());
  await world.restart().sendDue(async () => {
    throw new Error("nobody is to be told");
  });
  await save({ startsOn: "2026-12-08" }, "h3");
  await world.send();
  expect(
    world.taken
      .slice(1)
      .map(({ account }) => account)
      .sort(),
  ).toEqual([ANN, BEN].sort());
});

it("counts whom a program would reach, as far as it looked", async () => {
  await world.addEnterprise("e1", ANN, 30);
  await world.addEnterprise("e2", BEN, null);
  await world.addEnterprise("e3", BEN, 5);
  await world.subscribe("e1", ANN);
  const program = makeFundProgram("P9");
  const counted = { programId: "P9", name: program.name, eligible: 1, open: 1 };
  const reach = { programs: [counted], enterprises: 2, subscribed: 1, seen: 3, capped: false };
  expect(await world.outreach.assessReach([program])).toEqual(reach);
  await world.addEnterprise("e4", BEN, 40);
  expect(await world.outreach.assessReach([program])).toEqual({ ...reach, capped: true });
});
