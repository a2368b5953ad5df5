import { describe, expect, it } from "vitest";
import type { NewFact } from "../../src/storage/index.ts";
import { ANN, addEnterprise, BEN, makeFact, tellFacts } from "../support/storage-matching.ts";
import { describeOnEveryDatabase } from "../support/storage-places.ts";
import { second } from "../support/storage-samples.ts";
import { alice, bob } from "../support/storage-workflow.ts";

const ids = (records: readonly { enterpriseId: string }[]) => records.map((record) => record.enterpriseId);

describeOnEveryDatabase("enterprises", (place) => {
  it("are made with their first member, and found by id, code and name", async () => {
    const storage = await place.open();
    const { enterprises, audit } = storage;
    const made = await addEnterprise(storage, "e1", { name: "甲_科技", creditCode: "91A", member: ANN });
    expect(made).toEqual({
      enterpriseId: "e1",
      name: "甲_科技",
      creditCode: "91A",
      createdBy: alice.actor,
      createdAt: second(1).toISOString(),
      updatedAt: second(1).toISOString(),
    });
    await addEnterprise(storage, "e2", { name: "甲乙 Bio", at: 2 });
    await addEnterprise(storage, "e3", { at: 3 });
    expect(await enterprises.get("e1")).toEqual(made);
    expect(await enterprises.get("none")).toBeUndefined();
    expect(await enterprises.findByCreditCode("91A")).toEqual(made);
    expect(await enterprises.findByCreditCode("91B")).toBeUndefined();
    expect(ids(await enterprises.list())).toEqual(["e3", "e2", "e1"]);
    expect(ids(await enterprises.list({ limit: 1 }))).toEqual(["e3"]);
    expect(ids(await enterprises.list({ search: "甲" }))).toEqual(["e2", "e1"]);
    expect(ids(await enterprises.list({ search: " 甲_ " }))).toEqual(["e1"]);
    expect(ids(await enterprises.list({ search: "bio" }))).toEqual(["e2"]);
    expect(ids(await enterprises.list({ search: "91a" }))).toEqual(["e1"]);
    expect(ids(await enterprises.list({ search: "1A" }))).toEqual([]);
    expect(await enterprises.membersOf("e1")).toEqual([
      { enterpriseId: "e1", account: ANN, joinedAt: second(1).toISOString() },
    ]);
    const [entry] = await audit.list({ subject: "enterprise:e1" });
    expect(entry).toMatchObject({
      action: "enterprise.create",
      details: { member: ANN, fields: ["name", "creditCode"] },
    });
  });

  it("are made many at once with what is said of them, or not at all", async () => {
    const storage = await place.open();
    const { enterprises, audit } = storage;
    const many = Array.from({ length: 1200 }, (_, index) => ({
      enterpriseId: `m${index}`,
      name: `样例${index}号`,
      creditCode: index === 0 ? "91M" : null,
      facts: [makeFact("name", 1, "file:1"), makeFact("revenue", 2, "file:1")],
    }));
    await enterprises.createMany(many, second(1), alice);
    expect(await enterprises.list({ limit: 2000 })).toHaveLength(1200);
    expect(await enterprises.membersOf("m7")).toEqual([]);
    expect((await enterprises.factsOf("m1199")).map(({ field }) => field)).toEqual(["revenue", "name"]);
    expect(await enterprises.historyOf("m1199")).toEqual(await enterprises.factsOf("m1199"));
    expect(await audit.list({ subject: "enterprise:m3" })).toMatchObject([
      { action: "enterprise.create", actor: alice.actor, details: { fields: ["name", "revenue"] } },
    ]);
    const clash = [
      { enterpriseId: "n1", name: null, creditCode: null, facts: [] },
      { enterpriseId: "n2", name: null, creditCode: "91M", facts: [] },
    ];
    await expect(enterprises.createMany(clash, second(2), alice)).rejects.toThrow();
    expect(await enterprises.get("n1")).toBeUndefined();
    expect((await audit.verify()).intact).toBe(true);
  });

  it("have a code of their own, until it is given up", async () => {
    const storage = await place.open();
    const { enterprises } = storage;
    await addEnterprise(storage, "e1", { creditCode: "91A", member: ANN });
    const taken = { code: "conflict", safeMessage: expect.stringContaining("另一份企业档案") };
    await expect(addEnterprise(storage, "e2", { creditCode: "91A", member: BEN })).rejects.toMatchObject(
      taken,
    );
    expect(await enterprises.get("e2")).toBeUndefined();
    expect(await enterprises.enterprisesOf(BEN)).toEqual([]);
    await addEnterprise(storage, "e2", { creditCode: "91B" });
    await expect(enterprises.rename("e2", { creditCode: "91A" }, second(2), alice)).rejects.toMatchObject(
      taken,
    );
    await enterprises.rename("e1", { creditCode: null }, second(2), alice);
    expect((await enterprises.rename("e2", { creditCode: "91A" }, second(3), alice)).creditCode).toBe("91A");
    await enterprises.remove("e2", second(4), alice);
    expect((await addEnterprise(storage, "e3", { creditCode: "91A" })).creditCode).toBe("91A");
  });

  it("are renamed with the fields in the log and nothing of what they say", async () => {
    const storage = await place.open();
    const { enterprises, audit } = storage;
    await addEnterprise(storage, "e1", { name: "旧名称" });
    const renamed = await enterprises.rename("e1", { name: "新名称", creditCode: "91A" }, second(2), bob);
    expect(renamed).toMatchObject({ name: "新名称", creditCode: "91A", updatedAt: second(2).toISOString() });
    expect(await enterprises.get("e1")).toEqual(renamed);
    expect(await enterprises.rename("e1", { name: "新名称" }, second(3), bob)).toEqual(renamed);
    const log = await audit.list({ subject: "enterprise:e1" });
    expect(log.map(({ action, actor }) => [action, actor])).toEqual([
      ["enterprise.identify", bob.actor],
      ["enterprise.create", alice.actor],
    ]);
    expect(log[0]?.details).toEqual({ fields: ["name", "creditCode"] });
    await expect(enterprises.rename("none", { name: "丙" }, second(2), bob)).rejects.toMatchObject({
      code: "not-found",
    });
  });

  it("come in batches by id", async () => {
    const storage = await place.open();
    for (const id of ["b", "a", "C", "d"]) await addEnterprise(storage, id);
    const { enterprises } = storage;
    expect(ids(await enterprises.eachBatch(null, 3))).toEqual(["C", "a", "b"]);
    expect(ids(await enterprises.eachBatch("b", 3))).toEqual(["d"]);
    expect(await enterprises.eachBatch("d", 3)).toEqual([]);
  });

  it("know their members and specialists, newest first for each person", async () => {
    const storage = await place.open();
    const { enterprises, audit } = storage;
    for (const id of ["e1", "e2"]) await addEnterprise(storage, id);
    for (const id of ["e2", "e1"]) {
      expect(await enterprises.addMember(id, ANN, second(2), alice)).toBe(true);
      expect(await enterprises.addMember(id, ANN, second(3), alice)).toBe(false);
      expect(await enterprises.assignSpecialist(id, BEN, second(2), alice)).toBe(true);
      expect(await enterprises.assignSpecialist(id, BEN, second(2), alice)).toBe(false);
    }
    expect(ids(await enterprises.enterprisesOf(ANN))).toEqual(["e1", "e2"]);
    expect(ids(await enterprises.assignedTo(BEN))).toEqual(["e1", "e2"]);
    expect(await enterprises.specialistsOf("e1")).toEqual([BEN]);
    expect(await enterprises.assignedTo(ANN)).toEqual([]);
    expect(await enterprises.removeMember("e1", ANN, second(4), alice)).toBe(true);
    expect(await enterprises.removeMember("e1", ANN, second(4), alice)).toBe(false);
    expect(await enterprises.unassignSpecialist("e1", BEN, second(4), alice)).toBe(true);
    expect(await enterprises.unassignSpecialist("e1", BEN, second(4), alice)).toBe(false);
    expect(ids(await enterprises.enterprisesOf(ANN))).toEqual(["e2"]);
    expect(await enterprises.specialistsOf("e1")).toEqual([]);
    expect((await audit.list({ subject: "enterprise:e1" })).map((entry) => entry.action)).toEqual([
      "enterprise.unassign",
      "enterprise.leave",
      "enterprise.assign",
      "enterprise.join",
      "enterprise.create",
    ]);
    await expect(enterprises.addMember("none", ANN, second(4), alice)).rejects.toMatchObject({
      code: "not-found",
    });
  });

  it("are bound to chats, a chat to one of them", async () => {
    const storage = await place.open();
    const { enterprises, audit } = storage;
    for (const id of ["e1", "e2"]) await addEnterprise(storage, id);
    await enterprises.bindChat("chat", "e1", second(2), alice);
    await enterprises.bindChat("chat", "e1", second(3), alice);
    await enterprises.bindChat("another", "e1", second(3), alice);
    await expect(enterprises.bindChat("chat", "e2", second(3), bob)).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(enterprises.bindChat("third", "none", second(3), bob)).rejects.toMatchObject({
      code: "not-found",
    });
    expect((await enterprises.boundTo("chat"))?.enterpriseId).toBe("e1");
    expect(await enterprises.boundTo("third")).toBeUndefined();
    expect(await enterprises.chatsOf("e1")).toEqual(["another", "chat"]);
    expect(await enterprises.unbindChat("chat", second(4), alice)).toBe(true);
    expect(await enterprises.unbindChat("chat", second(4), alice)).toBe(false);
    await enterprises.bindChat("chat", "e2", second(5), bob);
    expect((await enterprises.boundTo("chat"))?.enterpriseId).toBe("e2");
    const actions = (await audit.list()).map((entry) => entry.action).filter((action) => /bind/.test(action));
    expect(actions).toEqual(["enterprise.bind", "enterprise.unbind", "enterprise.bind", "enterprise.bind"]);
  });

  describe("facts", () => {
    async function openWithEnterprise() {
      const storage = await place.open();
      await addEnterprise(storage, "e1");
      const { enterprises } = storage;
      const add = (facts: NewFact[], keep?: string[]) =>
        enterprises.addFacts("e1", facts, second(2), alice, keep);
      const tell = async () => tellFacts(await enterprises.factsOf("e1"));
      return { ...storage, add, tell };
    }

    it("come back as they were written, and the enterprise counts as changed", async () => {
      const { enterprises, add } = await openWithEnterprise();
      const fact = makeFact("revenue", 4.5e8, "m1", { period: "2025", validTo: "2027-01-01" });
      const written = await add([fact]);
      expect(written).toEqual([
        { ...fact, factId: expect.any(Number), enterpriseId: "e1", confirmedAt: null },
      ]);
      expect(await enterprises.factsOf("e1")).toEqual(written);
      expect((await enterprises.get("e1"))?.updatedAt).toBe(second(2).toISOString());
      const [confirmed] = await add([makeFact("patents", 3, "m1", { confirmedAt: second(2).toISOString() })]);
      expect(confirmed?.confirmedAt).toBe(second(2).toISOString());
    });

    it("displace what was said of the same field before", async () => {
      const { add, tell, audit } = await openWithEnterprise();
      await add([makeFact("headcount", 30, "m1"), makeFact("patents", 2, "m1")]);
      await add([makeFact("headcount", 50, "m2")]);
      expect(await tell()).toEqual(["headcount 50 current", "patents 2 current"]);
      const [entry] = await audit.list({ limit: 1 });
      expect(entry).toMatchObject({ action: "enterprise.facts", subject: "enterprise:e1" });
      expect(entry?.details).toEqual({ fields: ["headcount"] });
    });

    it("are written once for a field and a reference, however often they come", async () => {
      const { add, tell, audit } = await openWithEnterprise();
      const facts = [makeFact("headcount", 30, "m1"), makeFact("patents", 2, "m1")];
      expect(await add(facts)).toHaveLength(2);
      await add([makeFact("headcount", 50, "m2")]);
      expect(await add(facts)).toEqual([]);
      expect(await add([...facts, makeFact("revenue", 9, "m1"), makeFact("revenue", 8, "m1")])).toHaveLength(
        1,
      );
      expect(await tell()).toEqual(["revenue 9 current", "headcount 50 current", "patents 2 current"]);
      expect(await audit.list({ action: "enterprise.facts" })).toHaveLength(3);
      await Promise.all(Array.from({ length: 6 }, () => add([makeFact("area", 100, "m3")])));
      expect((await tell()).filter((told) => told.startsWith("area"))).toEqual(["area 100 current"]);
    });

    it("stay as a conflict when they are kept or come as one, until the field is settled", async () => {
      const { add, tell } = await openWithEnterprise();
      await add([makeFact("headcount", 30, "m1")]);
      await add([makeFact("headcount", 40, "row 7", { state: "conflicting" })]);
      expect(await tell()).toEqual(["headcount 40 conflicting", "headcount 30 current"]);
      await add([makeFact("headcount", 50, "m2"), makeFact("patents", 1, "m2")], ["headcount"]);
      expect(await tell()).toEqual([
        "patents 1 current",
        "headcount 50 current",
        "headcount 40 conflicting",
        "headcount 30 conflicting",
      ]);
      await add([makeFact("headcount", 45, "m3")]);
      expect(await tell()).toEqual(["headcount 45 current", "patents 1 current"]);
    });

    it("of one call come one after the other", async () => {
      const { add, tell } = await openWithEnterprise();
      const written = await add([makeFact("headcount", 30, "m1"), makeFact("headcount", 31, "m1 again")]);
      expect(tellFacts(written)).toEqual(["headcount 30 replaced", "headcount 31 current"]);
      expect(await tell()).toEqual(["headcount 31 current"]);
    });

    it("are confirmed together, and what conflicts with them is settled", async () => {
      const { enterprises, add, tell, audit } = await openWithEnterprise();
      await add([makeFact("headcount", 30, "m1"), makeFact("patents", 2, "m1")]);
      await add([makeFact("headcount", 40, "row 7", { state: "conflicting" })]);
      expect(await enterprises.confirmFacts("e1", second(3), bob)).toBe(2);
      expect(await tell()).toEqual(["patents 2 current", "headcount 30 current"]);
      const facts = await enterprises.factsOf("e1");
      expect(facts.map((fact) => fact.confirmedAt)).toEqual(
        [second(3), second(3)].map((at) => at.toISOString()),
      );
      expect(await enterprises.confirmFacts("e1", second(4), bob)).toBe(0);
      expect(await audit.list({ action: "enterprise.confirm" })).toHaveLength(1);
    });

    it("of a field are removed with their history", async () => {
      const { enterprises, add, tell } = await openWithEnterprise();
      await add([makeFact("headcount", 30, "m1"), makeFact("patents", 2, "m1")]);
      await add([makeFact("headcount", 40, "m2")]);
      expect(await enterprises.removeField("e1", "headcount", second(3), alice)).toBe(2);
      expect(await enterprises.removeField("e1", "headcount", second(3), alice)).toBe(0);
      expect(await tell()).toEqual(["patents 2 current"]);
    });

    it("of many enterprises come at once, beyond the bound values of a statement", async () => {
      const storage = await openWithEnterprise();
      const { enterprises } = storage;
      await storage.add([makeFact("headcount", 1, "m1"), makeFact("patents", 2, "m1")]);
      await storage.add([makeFact("headcount", 3, "m2")]);
      await addEnterprise(storage, "e2");
      await enterprises.addFacts("e2", [makeFact("headcount", 9, "m1")], second(2), alice);
      const asked = ["e1", "e2", "e2", ...Array.from({ length: 40_000 }, (_, number) => `none-${number}`)];
      const found = await enterprises.factsOfMany(asked);
      expect(found.size).toBe(40_002);
      expect(found.get("none-7")).toEqual([]);
      expect(found.get("e1")).toEqual(await enterprises.factsOf("e1"));
      expect(tellFacts(found.get("e2") ?? [])).toEqual(["headcount 9 current"]);
      expect(await enterprises.factsOfMany([])).toEqual(new Map());
    });

    it("are all written or none, with their entry in the log", async () => {
      const { add, tell, audit, enterprises } = await openWithEnterprise();
      await add([makeFact("headcount", 30, "m1")]);
      const broken = {
        toJSON() {
          throw new Error("the value cannot be written");
        },
      };
      const facts = [makeFact("headcount", 40, "m2"), makeFact("patents", 1, "m2", { value: broken })];
      await expect(add(facts)).rejects.toThrow("the value cannot be written");
      expect(await tell()).toEqual(["headcount 30 current"]);
      expect(await audit.list({ action: "enterprise.facts" })).toHaveLength(1);
      await expect(
        enterprises.addFacts("none", [makeFact("headcount", 1, "m")], second(2), alice),
      ).rejects.toMatchObject({ code: "not-found" });
    });
  });

  describe("dialogues and files", () => {
    it("keep the latest state of a dialogue", async () => {
      const { enterprises, ...storage } = await place.open();
      await addEnterprise({ ...storage, enterprises }, "e1");
      const dialogue = {
        sessionKey: "s",
        account: ANN,
        enterpriseId: "e1",
        state: { asked: ["headcount"] },
        updatedAt: second(1).toISOString(),
      };
      await enterprises.saveDialogue(dialogue);
      expect(await enterprises.getDialogue("s")).toEqual(dialogue);
      const later = { ...dialogue, enterpriseId: null, state: {}, updatedAt: second(2).toISOString() };
      await enterprises.saveDialogue(later);
      await enterprises.saveDialogue({ ...dialogue, sessionKey: "t", account: BEN });
      expect(await enterprises.getDialogue("s")).toEqual(later);
      await expect(
        enterprises.saveDialogue({ ...dialogue, sessionKey: "u", enterpriseId: "deleted" }),
      ).rejects.toMatchObject({ code: "conflict" });
      expect(await enterprises.removeDialogues(ANN)).toBe(1);
      expect(await enterprises.getDialogue("s")).toBeUndefined();
      expect(await enterprises.getDialogue("t")).toBeDefined();
    });

    it("hand out files until they are old or their owner goes", async () => {
      const { enterprises } = await place.open();
      const makeFile = (fileId: string, at: number, account = ANN) => ({
        fileId,
        account,
        enterpriseId: null,
        name: "一企一策.docx",
        mediaType: "application/pdf",
        bytes: new Uint8Array([0, 255, 7]),
        createdAt: second(at).toISOString(),
      });
      for (const file of [makeFile("a", 1), makeFile("b", 3), makeFile("c", 3, BEN)]) {
        await enterprises.saveFile(file);
        await enterprises.saveFile(file);
      }
      expect(await enterprises.getFile("a")).toEqual(makeFile("a", 1));
      expect(await enterprises.pruneFiles(second(2))).toBe(1);
      expect(await enterprises.getFile("a")).toBeUndefined();
      expect(await enterprises.removeFiles(ANN)).toBe(1);
      expect(await enterprises.getFile("b")).toBeUndefined();
      expect(await enterprises.getFile("c")).toEqual(makeFile("c", 3, BEN));
    });
  });
});
