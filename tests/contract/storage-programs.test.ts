import { describe, expect, it } from "vitest";
import type { Storage } from "../../src/storage/index.ts";
import { describeOnEveryDatabase } from "../support/storage-places.ts";
import { second } from "../support/storage-samples.ts";
import { alice, bob } from "../support/storage-workflow.ts";

const makeFile = (programId: string, text: string) => ({
  programId,
  content: { name: text },
  contentHash: `hash of ${text}`,
});
const propose = ({ programs }: Storage, programId: string, text: string, at = 2) =>
  programs.propose({ ...makeFile(programId, text), origin: "desk" }, second(at), alice);
const sync = ({ programs }: Storage, files: Record<string, string>, at = 1) =>
  programs.syncFiles(
    Object.entries(files).map(([programId, text]) => makeFile(programId, text)),
    second(at),
    alice,
  );
const NOTHING = { added: [], changed: [], removed: [], unchanged: 0 };

async function tellPrograms({ programs }: Storage): Promise<string[]> {
  const published = await programs.listPrograms({ state: "published" });
  return published.map(({ programId, revision, content }) => {
    return `${programId}@${revision} ${(content as { name: string }).name}`;
  });
}

async function tellEvents({ programs }: Storage): Promise<string[]> {
  const events = await programs.pendingEvents(100);
  return events.map((event) => `${event.programId} ${event.fromRevision}→${event.toRevision}`);
}

describeOnEveryDatabase("programs", (place) => {
  it("are published, replaced and taken back as the files change", async () => {
    const storage = await place.open();
    const { programs, audit } = storage;
    expect(await programs.revision()).toBe(0);
    expect(await sync(storage, { P01: "基金", P02: "空间" })).toEqual({ ...NOTHING, added: ["P01", "P02"] });
    expect(await programs.revision()).toBe(2);
    expect(await sync(storage, { P01: "基金", P02: "空间" }, 2)).toEqual({ ...NOTHING, unchanged: 2 });
    expect(await sync(storage, { P02: "载体", P03: "人才" }, 3)).toEqual({
      added: ["P03"],
      changed: ["P02"],
      removed: ["P01"],
      unchanged: 0,
    });
    expect(await programs.revision()).toBe(5);
    expect(await tellPrograms(storage)).toEqual(["P02@2 载体", "P03@1 人才"]);
    expect(await tellEvents(storage)).toEqual([
      "P01 null→1",
      "P02 null→1",
      "P02 1→2",
      "P03 null→1",
      "P01 1→null",
    ]);
    expect((await programs.history("P02")).map(({ revision, state }) => [revision, state])).toEqual([
      [1, "superseded"],
      [2, "published"],
    ]);
    expect((await programs.history("P01"))[0]).toEqual({
      ...makeFile("P01", "基金"),
      revision: 1,
      state: "withdrawn",
      origin: "file",
      createdBy: alice.actor,
      createdAt: second(1).toISOString(),
      decidedBy: null,
      publishedAt: second(1).toISOString(),
      retiredAt: second(3).toISOString(),
    });
    expect((await audit.list()).map(({ action, subject }) => `${action} ${subject}`)).toEqual([
      "program.vanish program:P01",
      "program.publish program:P03",
      "program.publish program:P02",
      "program.publish program:P02",
      "program.publish program:P01",
    ]);
  });

  it("come back with their file, unlike those that an admin has withdrawn", async () => {
    const storage = await place.open();
    await sync(storage, { P01: "基金", P02: "空间" });
    await storage.programs.withdraw("P02", second(2), bob);
    await sync(storage, {}, 3);
    expect(await sync(storage, { P01: "基金", P02: "空间" }, 4)).toEqual({
      ...NOTHING,
      added: ["P01"],
      unchanged: 1,
    });
    expect(await tellPrograms(storage)).toEqual(["P01@1 基金"]);
    expect(await sync(storage, { P01: "基金", P02: "空间载体" }, 5)).toMatchObject({ added: ["P02"] });
    expect(await tellPrograms(storage)).toEqual(["P01@1 基金", "P02@2 空间载体"]);
  });

  it("leave an admin's revision published, and are proposed beside it when they change", async () => {
    const storage = await place.open();
    const { programs } = storage;
    await sync(storage, { P01: "基金" });
    await propose(storage, "P01", "基金（更正）");
    await programs.decide("P01", "publish", second(3), bob);
    expect(await sync(storage, { P01: "基金" }, 4)).toEqual({ ...NOTHING, unchanged: 1 });
    await sync(storage, { P01: "基金 2" }, 5);
    await sync(storage, { P01: "基金 2" }, 6);
    await sync(storage, { P01: "基金 3" }, 7);
    expect(await tellPrograms(storage)).toEqual(["P01@2 基金（更正）"]);
    const history = await programs.history("P01");
    expect(history.map(({ revision, state, origin }) => `${revision} ${state} ${origin}`)).toEqual([
      "1 superseded file",
      "2 published desk",
      "3 superseded file",
      "4 proposed file",
    ]);
    await programs.decide("P01", "reject", second(8), bob);
    await sync(storage, { P01: "基金 3" }, 9);
    expect((await programs.history("P01")).at(-1)).toMatchObject({ revision: 4, state: "rejected" });
    expect(await sync(storage, {}, 10)).toEqual(NOTHING);
    expect(await tellPrograms(storage)).toEqual(["P01@2 基金（更正）"]);
  });

  it("are taken over together or not at all", async () => {
    const storage = await place.open();
    const { programs, audit } = storage;
    await sync(storage, { P01: "基金" });
    const twice = [makeFile("P02", "空间"), makeFile("P03", "人才"), makeFile("P02", "另一个")];
    await expect(programs.syncFiles(twice, second(2), alice)).rejects.toMatchObject({
      code: "conflict",
      safeMessage: expect.stringContaining("P02"),
    });
    const broken = {
      toJSON() {
        throw new Error("the content cannot be written");
      },
    };
    const files = [makeFile("P01", "基金 2"), { ...makeFile("P02", "空间"), content: broken }];
    await expect(programs.syncFiles(files, second(2), alice)).rejects.toThrow("cannot be written");
    expect(await tellPrograms(storage)).toEqual(["P01@1 基金"]);
    expect(await tellEvents(storage)).toEqual(["P01 null→1"]);
    expect(await programs.revision()).toBe(1);
    expect(await audit.list()).toHaveLength(1);
  });

  describe("proposed programs", () => {
    it("wait, and are published by a decision", async () => {
      const storage = await place.open();
      const { programs, audit } = storage;
      const proposed = await programs.propose(
        { ...makeFile("P49", "新项目"), origin: "suggested" },
        second(1),
        alice,
      );
      expect(proposed).toMatchObject({
        revision: 1,
        state: "proposed",
        origin: "suggested",
        decidedBy: null,
      });
      expect(await programs.getPublished("P49")).toBeUndefined();
      expect(await programs.listPrograms({ state: "proposed" })).toEqual([proposed]);
      expect(await programs.revision()).toBe(0);
      await expect(propose(storage, "P49", "又一个")).rejects.toMatchObject({ code: "conflict" });
      const published = await programs.decide("P49", "publish", second(3), bob);
      expect(published).toEqual({
        ...proposed,
        state: "published",
        decidedBy: bob.actor,
        publishedAt: second(3).toISOString(),
      });
      expect(await programs.getPublished("P49")).toEqual(published);
      expect(await programs.revision()).toBe(1);
      await expect(programs.decide("P49", "publish", second(3), bob)).rejects.toMatchObject({
        code: "conflict",
      });
      await expect(programs.decide("none", "publish", second(3), bob)).rejects.toMatchObject({
        code: "not-found",
      });
      expect((await audit.list()).map(({ action, actor }) => [action, actor])).toEqual([
        ["program.publish", bob.actor],
        ["program.propose", alice.actor],
      ]);
    });

    it("can be rejected, and what is published stays", async () => {
      const storage = await place.open();
      const { programs } = storage;
      await sync(storage, { P01: "基金" });
      await propose(storage, "P01", "基金 2");
      const rejected = await programs.decide("P01", "reject", second(3), bob);
      expect(rejected).toMatchObject({
        revision: 2,
        state: "rejected",
        decidedBy: bob.actor,
        publishedAt: null,
      });
      expect(await tellPrograms(storage)).toEqual(["P01@1 基金"]);
      expect(await tellEvents(storage)).toEqual(["P01 null→1"]);
      expect(await propose(storage, "P01", "基金 3", 4)).toMatchObject({ revision: 3 });
      expect((await programs.listPrograms()).map(({ revision }) => revision)).toEqual([3]);
    });

    it("can be withdrawn once they are published", async () => {
      const storage = await place.open();
      const { programs, audit } = storage;
      await expect(programs.withdraw("P01", second(1), bob)).rejects.toMatchObject({ code: "not-found" });
      await sync(storage, { P01: "基金" });
      expect(await programs.withdraw("P01", second(2), bob)).toMatchObject({ state: "withdrawn" });
      await expect(programs.withdraw("P01", second(3), bob)).rejects.toMatchObject({ code: "conflict" });
      expect(await tellEvents(storage)).toEqual(["P01 null→1", "P01 1→null"]);
      expect((await audit.list({ limit: 1 }))[0]).toMatchObject({
        action: "program.withdraw",
        actor: bob.actor,
      });
    });

    it("have events that are handled once", async () => {
      const storage = await place.open();
      const { programs } = storage;
      await sync(storage, { P01: "基金", P02: "空间", P03: "人才" });
      const events = await programs.pendingEvents(2);
      expect(events).toMatchObject([
        { programId: "P01", fromRevision: null, toRevision: 1, at: second(1).toISOString(), handledAt: null },
        { programId: "P02" },
      ]);
      await programs.markHandled(
        events.map((event) => event.eventId),
        second(2),
      );
      expect(await tellEvents(storage)).toEqual(["P03 null→1"]);
      await programs.markHandled([], second(2));
    });

    it("get one revision each when many propose at once", async () => {
      const storage = await place.open();
      const outcomes = await Promise.allSettled(
        Array.from({ length: 6 }, (_, number) => propose(storage, "P01", `${number}`)),
      );
      expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
      expect(await storage.programs.history("P01")).toHaveLength(1);
    });
  });

  describe("maintained lists", () => {
    const makeEntry = (entryId: string, text: string, list: "space" | "events" = "space") => ({
      entryId,
      list,
      content: { name: text },
      contentHash: `hash of ${text}`,
    });
    const tell = async ({ programs }: Storage, list?: "space" | "events") =>
      (await programs.listEntries(list)).map(
        ({ entryId, origin, content }) => `${entryId} ${(content as { name: string }).name} ${origin}`,
      );

    it("follow their files", async () => {
      const storage = await place.open();
      const { programs, audit } = storage;
      const first = [makeEntry("S1", "东园"), makeEntry("S2", "西园"), makeEntry("E1", "大赛", "events")];
      expect(await programs.syncListFiles(first, second(1), alice)).toEqual({
        ...NOTHING,
        added: ["S1", "S2", "E1"],
      });
      expect(await programs.syncListFiles(first, second(2), alice)).toEqual({ ...NOTHING, unchanged: 3 });
      const next = [makeEntry("S1", "东园一期"), makeEntry("E1", "大赛", "events")];
      expect(await programs.syncListFiles(next, second(3), alice)).toEqual({
        added: [],
        changed: ["S1"],
        removed: ["S2"],
        unchanged: 1,
      });
      expect(await tell(storage)).toEqual(["E1 大赛 file", "S1 东园一期 file"]);
      expect(await tell(storage, "space")).toEqual(["S1 东园一期 file"]);
      expect(await programs.syncListFiles(first, second(4), alice)).toMatchObject({
        added: ["S2"],
        changed: ["S1"],
      });
      expect(await programs.revision()).toBe(7);
      expect(await audit.list({ action: "list.save" })).toHaveLength(6);
      expect(await audit.list({ action: "list.remove" })).toHaveLength(1);
      await expect(programs.syncListFiles([...first, ...first], second(5), alice)).rejects.toMatchObject({
        code: "conflict",
      });
    });

    it("keep what an admin has written or removed", async () => {
      const storage = await place.open();
      const { programs } = storage;
      const files = [makeEntry("S1", "东园"), makeEntry("S2", "西园")];
      await programs.syncListFiles(files, second(1), alice);
      const saved = await programs.saveListEntry(makeEntry("S1", "东园（更正）"), second(2), bob);
      expect(saved).toEqual({
        ...makeEntry("S1", "东园（更正）"),
        origin: "desk",
        state: "active",
        updatedBy: bob.actor,
        updatedAt: second(2).toISOString(),
      });
      expect(await programs.saveListEntry(makeEntry("S1", "东园（更正）"), second(3), alice)).toEqual(saved);
      expect(await programs.removeListEntry("S2", second(3), bob)).toBe(true);
      expect(await programs.removeListEntry("S2", second(3), bob)).toBe(false);
      expect(await programs.removeListEntry("none", second(3), bob)).toBe(false);
      await programs.saveListEntry(makeEntry("X", "新园"), second(3), bob);
      expect(await programs.syncListFiles(files, second(4), alice)).toEqual({ ...NOTHING, unchanged: 2 });
      expect(await programs.syncListFiles([], second(5), alice)).toEqual(NOTHING);
      expect(await tell(storage)).toEqual(["S1 东园（更正） desk", "X 新园 desk"]);
      await programs.saveListEntry(makeEntry("S2", "西园"), second(6), bob);
      expect(await tell(storage)).toContain("S2 西园 desk");
      expect(await programs.revision()).toBe(6);
    });
  });
});
