import { afterEach, beforeEach, expect, it } from "vitest";
import {
  createOutreachWorld,
  HOUR,
  MONDAY,
  makeFundProgram,
  type OutreachWorld,
  TEXT,
} from "../support/outreach-world.ts";
import { ANN, BEN } from "../support/storage-matching.ts";
import { openTemporaryStorage } from "../support/temporary-storage.ts";

let storage: Awaited<ReturnType<typeof openTemporaryStorage>>;
let world: OutreachWorld;

beforeEach(async () => {
  storage = await openTemporaryStorage();
  world = createOutreachWorld(storage);
});

afterEach(() => storage.remove());

const told = () =>
  world.taken.map(({ account, message }) => ({
    account,
    kind: message.kind,
    programs: message.programs.map(({ programId }) => programId),
  }));
const makeRun = (trigger: string) => ({ runId: "run-of-test", trigger, programs: {} });
const items = () => storage.outreach.itemsFor({ programIds: ["P1", "P2", "P3", "P4", "P5"] });

it("tells only those who consented, and only of what is met or unknown and serves them", async () => {
  await world.addEnterprise("met", ANN, 30);
  await world.addEnterprise("unknown", BEN, null);
  await world.addEnterprise("unmet", "feishu:ou_small", 5);
  await world.addEnterprise("beside", "feishu:ou_other", 30, "industrial-land");
  await world.addEnterprise("silent", "feishu:ou_silent", 30);
  await world.subscribe("met", ANN);
  await world.subscribe("unknown", BEN);
  await world.subscribe("unmet", "feishu:ou_small");
  await world.subscribe("beside", "feishu:ou_other");
  await world.publish(makeFundProgram("P1"));
  await world.send();
  expect(
    told()
      .map(({ account }) => account)
      .sort(),
  ).toEqual([ANN, BEN].sort());
  const [subscription] = await storage.outreach.subscriptionsOf(ANN);
  expect(subscription?.consentedAt).toBe(MONDAY.toISOString());
  const message = world.taken.find(({ account }) => account === ANN)?.message;
  expect(message?.programs[0]).toMatchObject({
    verdictLabel: "符合文字条件",
    clause: { section: "一", quote: "员工不少于20人的企业" },
    documentStatus: "现行有效",
    programStatus: "鼓励",
    open: [],
  });
  expect(message?.programs[0]?.reasons[0]).toContain("直接对应需求");
  expect(message?.footer).toContain("退订");
  expect(JSON.stringify(message)).not.toContain("30人");
  expect(world.taken.find(({ account }) => account === BEN)?.message.programs[0]?.open).toEqual([
    "员工不少于20人",
  ]);
});

it("says nothing twice, also after a restart and a new version of the document", async () => {
  await world.addEnterprise("e1", ANN, 30);
  await world.subscribe("e1", ANN);
  await world.publish(makeFundProgram("P1"));
  await world.send();
  await world.restart().runPending();
  world.clock.advance(HOUR);
  world.publishText("前言。鼓励企业融资。员工不少于20人的企业可以参加。");
  await world.send();
  await world.send();
  expect(told()).toHaveLength(1);
  expect(await items()).toHaveLength(1);
});

it("says nothing twice when a program falls and stands again before anybody was told", async () => {
  await world.addEnterprise("e1", ANN, 30);
  await world.subscribe("e1", ANN);
  await world.publish(makeFundProgram("P1"));
  await world.send();
  world.clock.advance(HOUR);
  world.publishText("别的内容。");
  world.publishText(TEXT);
  await world.send();
  expect(await storage.outreach.openRun(makeRun("document-event:3"), world.clock.now())).toMatchObject({
    state: "done",
    seen: 1,
  });
  expect(told()).toHaveLength(1);
});

it("goes on where it was told to stop", async () => {
  await world.addEnterprise("e1", ANN, 30);
  await world.subscribe("e1", ANN);
  await world.publish(makeFundProgram("P1"));
  expect(await world.outreach.runPending(AbortSignal.abort())).toEqual({ runs: 0, seen: 0 });
  expect(await items()).toEqual([]);
  expect(await world.outreach.runPending()).toEqual({ runs: 1, seen: 1 });
  expect(await items()).toHaveLength(1);
});

it("tells of a changed program, and of one that stands again", async () => {
  await world.addEnterprise("e1", ANN, 30);
  await world.subscribe("e1", ANN);
  world.publishText("别的内容。");
  world.clock.advance(HOUR);
  await world.publish(makeFundProgram("P1"));
  await world.send();
  expect(told()).toEqual([]);
  world.clock.advance(HOUR);
  world.publishText("鼓励企业融资。员工不少于20人的企业可以参加。");
  await world.send();
  expect(world.taken.map(({ message }) => message.programs[0]?.news)).toEqual(["again"]);
  await world.publish(makeFundProgram("P1", { name: "青岚新名" }));
  await world.send();
  expect(world.taken.map(({ message }) => message.programs[0]?.news)).toEqual(["again", "changed"]);
});

it("waits through the night", async () => {
  await world.addEnterprise("e1", ANN, 30);
  await world.subscribe("e1", ANN);
  world.clock.advance(11 * HOUR);
  await world.publish(makeFundProgram("P1"));
  await world.send();
  expect(told()).toEqual([]);
  world.clock.advance(11 * HOUR);
  await world.send();
  expect(told()).toEqual([]);
  world.clock.advance(HOUR / 2);
  await world.send();
  expect(told()).toHaveLength(1);
});

it("puts a day or a week into one message", async () => {
  await world.addEnterprise("e1", ANN, 30);
  await world.addEnterprise("e2", BEN, 30);
  await world.subscribe("e1", ANN, "daily");
  await world.subscribe("e2", BEN, "weekly");
  await world.publish(makeFundProgram("P1"));
  await world.send();
  await world.publish(makeFundProgram("P2"));
  await world.send();
  world.clock.advance(22.9 * HOUR);
  await world.send();
  expect(told()).toEqual([]);
  world.clock.advance(0.2 * HOUR);
  await world.send();
  expect(told()).toEqual([{ account: ANN, kind: "programs", programs: ["P1", "P2"] }]);
  world.clock.advance(6 * 24 * HOUR);
  await world.send();
  expect(told().at(-1)).toEqual({ account: BEN, kind: "programs", programs: ["P1", "P2"] });
});

it("keeps what exceeds the weekly limit until there is room", async () => {
  await world.addEnterprise("e1", ANN, 30);
  await world.subscribe("e1", ANN);
  for (const id of ["P1", "P2", "P3", "P4", "P5"]) {
    await world.publish(makeFundProgram(id));
    await world.send();
    world.clock.advance(60_000);
  }
  expect(told().map(({ programs }) => programs)).toEqual([["P1"], ["P2"], ["P3"]]);
  for (let day = 0; day < 8; day += 1) {
    world.clock.advance(24 * HOUR);
    await world.send();
  }
  expect(told().map(({ programs }) => programs)).toEqual([["P1"], ["P2"], ["P3"], ["P4", "P5"]]);
});

it("sends nothing more after the one tap", async () => {
  await world.addEnterprise("e1", ANN, 30);
  await world.subscribe("e1", ANN, "daily");
  await world.publish(makeFundProgram("P1"));
  await world.send();
  expect(await world.outreach.unsubscribe(ANN, {}, world.clock.now())).toBe(1);
  world.clock.advance(24 * HOUR);
  await world.publish(makeFundProgram("P2"));
  await world.send();
  expect(told()).toEqual([]);
});

it("sends nothing to those who left the enterprise, or whose facts changed meanwhile", async () => {
  await world.addEnterprise("e1", ANN, 30);
  await world.addEnterprise("e2", BEN, 30);
  await world.subscribe("e1", ANN, "daily");
  await world.subscribe("e2", BEN, "daily");
  await world.publish(makeFundProgram("P1"));
  await world.outreach.runPending();
  await storage.enterprises.removeMember("e1", ANN, world.clock.now(), { actor: ANN });
  await storage.enterprises.removeField("e2", "headcount", world.clock.now(), { actor: BEN });
  await storage.enterprises.removeField("e2", "needs", world.clock.now(), { actor: BEN });
  world.clock.advance(24 * HOUR);
  await world.send();
  expect(told()).toEqual([]);
  expect((await items()).map(({ state }) => state)).toEqual(["dropped", "dropped"]);
});

it("corrects once what it told of a withdrawn program, and drops what waits", async () => {
  await world.addEnterprise("e1", ANN, 30);
  await world.addEnterprise("e2", BEN, 30);
  await world.subscribe("e1", ANN);
  await world.subscribe("e2", BEN, "weekly");
  await world.publish(makeFundProgram("P1"));
  await world.send();
  await storage.programs.withdraw("P1", world.clock.now(), { actor: ANN });
  await world.send();
  await world.send();
  expect(told().map(({ account, kind }) => [account, kind])).toEqual([
    [ANN, "programs"],
    [ANN, "withdrawal"],
  ]);
  expect((await items()).map(({ state }) => state).sort()).toEqual(["dropped", "withdrawn"]);
});

it("corrects in the morning when the document is taken down at night", async () => {
  await world.addEnterprise("e1", ANN, 30);
  await world.subscribe("e1", ANN);
  await world.publish(makeFundProgram("P1"));
  await world.send();
  world.clock.advance(12 * HOUR);
  world.publishText(null);
  await world.send();
  expect(told()).toHaveLength(1);
  world.clock.advance(12 * HOUR);
  await world.send();
  expect(told().map(({ kind }) => kind)).toEqual(["programs", "withdrawal"]);
});

it("neither loses nor doubles when the process dies between handing over and noting it", async () => {
  await world.addEnterprise("e1", ANN, 30);
  await world.subscribe("e1", ANN);
  await world.publish(makeFundProgram("P1"));
  world.answer("dies-after");
  await world.send();
  expect((await items()).map(({ state }) => state)).toEqual(["waiting"]);
  world.answer("taken");
  await world.publish(makeFundProgram("P2"));
  world.clock.advance(10_000);
  await world.send();
  expect(told().map(({ programs }) => programs)).toEqual([["P1"], ["P2"]]);
  expect((await items()).map(({ state }) => state)).toEqual(["sent", "sent"]);
});

it("tries again what was not taken, and keeps what has no direct chat", async () => {
  await world.addEnterprise("e1", ANN, 30);
  await world.subscribe("e1", ANN);
  await world.publish(makeFundProgram("P1"));
  world.answer("broken");
  await world.send();
  world.answer("no-chat");
  await world.send();
  expect((await items()).map(({ state }) => state)).toEqual(["waiting"]);
  world.answer("taken");
  world.clock.advance(8 * 24 * HOUR);
  await world.send();
  expect(told()).toHaveLength(1);
});
