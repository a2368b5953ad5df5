import fc from "fast-check";
import type { Knex } from "knex";
import { describe, expect, it } from "vitest";
import { appendAudit } from "../../src/storage/audit/append-audit.ts";
import { type AuditRow, hashRow } from "../../src/storage/audit/chain.ts";
import type { NewAuditEntry, OpenStorageOptions, Storage } from "../../src/storage/index.ts";
import { describeOnEveryDatabase, type StoragePlace } from "../support/storage-places.ts";
import { openRawDatabase } from "../support/storage-raw.ts";
import { documentId, makeVersion, second, versionId } from "../support/storage-samples.ts";
import { alice, bob } from "../support/storage-workflow.ts";

function makeEntry(number: number, overrides: Partial<NewAuditEntry> = {}): NewAuditEntry {
  return {
    at: second(number).toISOString(),
    actor: "cli:admin",
    action: "role.granted",
    subject: `account:${number}`,
    reason: null,
    details: { number },
    ...overrides,
  };
}

async function openWithEntries(place: StoragePlace, count: number): Promise<[Storage, OpenStorageOptions]> {
  const options = await place.fresh();
  const storage = await place.open(options);
  for (let number = 1; number <= count; number += 1) await storage.audit.append(makeEntry(number));
  return [storage, options];
}

/** As somebody does who owns the database: the triggers go first. */
async function tamper(
  place: StoragePlace,
  options: OpenStorageOptions,
  change: (database: Knex) => Promise<unknown>,
): Promise<void> {
  const database = openRawDatabase(options);
  try {
    const drops =
      place.dialect === "sqlite"
        ? ["no_update", "no_delete", "no_replace"].map((name) => `drop trigger audit_log_${name}`)
        : ["alter table audit_log disable trigger all"];
    for (const statement of drops) await database.raw(statement);
    await change(database);
  } finally {
    await database.destroy();
  }
}

describeOnEveryDatabase("audit log", (place) => {
  it("numbers and chains what is appended, and gives it back", async () => {
    const [{ audit }] = await openWithEntries(place, 0);
    expect(await audit.verify()).toEqual({ intact: true, entries: 0, headHash: "0".repeat(64) });
    const first = await audit.append(makeEntry(1, { details: { b: [1, null], a: "甲" }, reason: "更正" }));
    const next = await audit.append(makeEntry(2));
    expect(first).toMatchObject({
      sequence: 1,
      previousHash: "0".repeat(64),
      details: { a: "甲", b: [1, null] },
    });
    expect(next).toMatchObject({ sequence: 2, previousHash: first.hash });
    expect(await audit.list()).toEqual([next, first]);
    expect(await audit.verify(first.hash)).toEqual({ intact: true, entries: 2, headHash: next.hash });
  });

  it("makes the hash that anybody can recompute from the canonical JSON", async () => {
    const [{ audit }] = await openWithEntries(place, 0);
    const entry = await audit.append({
      at: "2026-01-05T08:00:01.000Z",
      actor: "cli:admin",
      action: "role.granted",
      subject: "account:feishu:ou_1",
      reason: null,
      details: { role: "admin", 10: true, 9: 1.5 },
    });
    // printf '%s' '{"action":…,"subject":"account:feishu:ou_1"}' | sha256sum
    expect(entry.hash).toBe("03dd45d30feb9ef6009353b59550f192290b185cd992cd38b754bb0ab0f7ffec");
  });

  it("finds entries by subject, actor and action, and pages backwards", async () => {
    const [{ audit }] = await openWithEntries(place, 5);
    await audit.append(makeEntry(6, { actor: "cli:other", action: "faq.drafted", subject: "account:3" }));
    const numbers = async (filter?: Parameters<Storage["audit"]["list"]>[0]) =>
      (await audit.list(filter)).map((entry) => entry.sequence);
    expect(await numbers()).toEqual([6, 5, 4, 3, 2, 1]);
    expect(await numbers({ limit: 2 })).toEqual([6, 5]);
    expect(await numbers({ before: 5, limit: 2 })).toEqual([4, 3]);
    expect(await numbers({ subject: "account:3" })).toEqual([6, 3]);
    expect(await numbers({ subject: "account:3", actor: "cli:other" })).toEqual([6]);
    expect(await numbers({ action: "role.granted", before: 3 })).toEqual([2, 1]);
    expect(await numbers({ actor: "nobody" })).toEqual([]);
  });

  it("has no gaps when many append at once, in and outside of changes", async () => {
    const [{ audit, knowledge, access }] = await openWithEntries(place, 0);
    await Promise.all(
      Array.from({ length: 12 }, async (_, number) => {
        await knowledge.saveVersion(makeVersion(`d${number}`, "一"));
        await audit.append(makeEntry(number));
        await access.grantRole(`account-${number}`, "staff", second(1), alice);
      }),
    );
    expect(await audit.verify()).toMatchObject({ intact: true, entries: 48 });
  });

  it("keeps whatever text and JSON it is given verifiable", async () => {
    const [{ audit }] = await openWithEntries(place, 0);
    const anyText = fc.string({
      unit: fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("\0", "\uD800")),
    });
    await fc.assert(
      fc.asyncProperty(anyText, fc.jsonValue(), fc.option(anyText), async (text, details, reason) => {
        const written = await audit.append(makeEntry(1, { actor: text, subject: text, details, reason }));
        expect((await audit.list({ limit: 1 }))[0]).toEqual(written);
        expect(written.details).toEqual(JSON.parse(JSON.stringify(details)));
      }),
      { numRuns: 40 },
    );
    expect(await audit.verify()).toMatchObject({ intact: true });
  });

  it("is not changed by anybody through the database", async () => {
    const [{ audit }, options] = await openWithEntries(place, 3);
    const database = openRawDatabase(options);
    try {
      const [row] = await database("audit_log").where({ sequence: 2 });
      const attempts = [
        () => database("audit_log").where({ sequence: 2 }).update({ actor: "cli:else" }),
        () => database("audit_log").where({ sequence: 3 }).delete(),
        () => database("audit_log").delete(),
        () => database("audit_log").insert({ ...row, actor: "cli:else" }),
        () =>
          database("audit_log")
            .insert({ ...row, actor: "cli:else" })
            .onConflict("sequence")
            .merge(),
        () =>
          place.dialect === "sqlite"
            ? database.raw("insert or replace into audit_log select * from audit_log where sequence = 2")
            : database.raw("truncate audit_log"),
      ];
      for (const attempt of attempts) await expect(attempt()).rejects.toThrow(/append-only|unique|UNIQUE/);
    } finally {
      await database.destroy();
    }
    expect(await audit.verify()).toMatchObject({ intact: true, entries: 3 });
  });

  describe("says where it was tampered with", () => {
    const cases: [string, (database: Knex) => Promise<unknown>, object][] = [
      [
        "a changed actor",
        (database) => database("audit_log").where({ sequence: 3 }).update({ actor: "cli:else" }),
        { brokenAt: 3, entries: 2, why: expect.stringContaining("已被改动") },
      ],
      [
        "a blank in the details",
        (database) => database("audit_log").where({ sequence: 1 }).update({ details: '{"number": 1}' }),
        { brokenAt: 1, entries: 0 },
      ],
      [
        "a reason that was added",
        (database) => database("audit_log").where({ sequence: 5 }).update({ reason: "null" }),
        { brokenAt: 5, entries: 4 },
      ],
      [
        "a changed hash",
        (database) =>
          database("audit_log")
            .where({ sequence: 2 })
            .update({ hash: "f".repeat(64) }),
        { brokenAt: 2 },
      ],
      [
        "a removed entry",
        (database) => database("audit_log").where({ sequence: 4 }).delete(),
        { brokenAt: 4, entries: 3, why: expect.stringContaining("缺失") },
      ],
      [
        "a removed beginning",
        (database) => database("audit_log").where("sequence", "<", 3).delete(),
        { brokenAt: 1, entries: 0 },
      ],
      [
        "an entry put before the first",
        async (database) => {
          const [row] = await database("audit_log").where({ sequence: 1 });
          await database("audit_log").insert({ ...row, sequence: 0 });
        },
        { brokenAt: 0, entries: 0 },
      ],
      [
        "an entry that somebody added at the end",
        async (database) => {
          const [row] = await database("audit_log").where({ sequence: 5 });
          await database("audit_log").insert({ ...row, sequence: 6 });
        },
        { brokenAt: 6, entries: 5 },
      ],
      [
        "two entries in each other's place",
        async (database) => {
          const moves = [
            [2, 99],
            [3, 2],
            [99, 3],
          ];
          for (const [from, to] of moves) {
            await database("audit_log").where({ sequence: from }).update({ sequence: to });
          }
        },
        { brokenAt: 2, entries: 1 },
      ],
    ];
    it.each(cases)("%s", async (_title, change, verdict) => {
      const [{ audit }, options] = await openWithEntries(place, 5);
      await tamper(place, options, change);
      expect(await audit.verify()).toMatchObject({ intact: false, ...verdict });
    });

    it("an entry rewritten with a hash that fits: the next one does not follow it", async () => {
      const [{ audit }, options] = await openWithEntries(place, 5);
      await tamper(place, options, async (database) => {
        const row: AuditRow = await database("audit_log").where({ sequence: 3 }).first();
        const forged = { ...row, actor: "cli:else" };
        await database("audit_log")
          .where({ sequence: 3 })
          .update({ actor: forged.actor, hash: hashRow(forged) });
      });
      expect(await audit.verify()).toMatchObject({ intact: false, brokenAt: 4, entries: 3 });
    });

    it("an end that was cut off, when its hash was noted elsewhere", async () => {
      const [{ audit }, options] = await openWithEntries(place, 5);
      const [head] = await audit.list({ limit: 1 });
      await tamper(place, options, (database) => database("audit_log").where("sequence", ">", 3).delete());
      expect(await audit.verify()).toMatchObject({ intact: true, entries: 3 });
      expect(await audit.verify(head?.hash)).toMatchObject({ intact: false, entries: 3, brokenAt: 4 });
    });
  });

  it("walks through more than a page, and through a batch of more than a statement", async () => {
    const [{ audit }, options] = await openWithEntries(place, 1);
    const database = openRawDatabase(options);
    try {
      const entries = Array.from({ length: 2300 }, (_, number) => makeEntry(number));
      await database.transaction((transaction) => appendAudit(transaction, ...entries));
    } finally {
      await database.destroy();
    }
    expect(await audit.verify()).toMatchObject({ intact: true, entries: 2301 });
    await tamper(place, options, (raw) => raw("audit_log").where({ sequence: 2001 }).update({ at: "x" }));
    expect(await audit.verify()).toMatchObject({ intact: false, brokenAt: 2001 });
  });

  it("records who published, took back, rolled back and hid a document", async () => {
    const { knowledge, audit } = await place.open();
    const document = documentId("document-甲");
    await knowledge.saveVersion(makeVersion("甲", "一", { at: second(1) }));
    await knowledge.saveVersion(makeVersion("甲", "一", { at: second(1) }));
    await knowledge.saveVersion(makeVersion("甲", "二", { at: second(2), publish: false, origin: alice }));
    await knowledge.publishVersion(versionId("甲-二"), second(3), { ...bob, reason: "年度更新" });
    await knowledge.publishVersion(versionId("甲-二"), second(3), bob);
    await knowledge.rollbackDocument(document, second(4), { ...bob, details: { ticket: 7, versionId: "x" } });
    await knowledge.setVisibility(document, { kind: "internal" }, second(5), alice);
    await knowledge.setVisibility(document, { kind: "internal" }, second(5), alice);
    await knowledge.unpublishDocument(document, second(6), bob);
    await knowledge.publishVersion(versionId("甲-一"), second(7));
    await knowledge.withdrawMissing("plans", new Set(), second(8));
    const log = (await audit.list({ subject: "document:document-甲" })).toReversed();
    expect(log.map((entry) => [entry.action, entry.actor, entry.reason])).toEqual([
      ["version.parsed", "system:sync", null],
      ["version.published", "system:sync", null],
      ["version.parsed", alice.actor, null],
      ["version.published", bob.actor, "年度更新"],
      ["document.rolled-back", bob.actor, null],
      ["document.visibility-set", alice.actor, null],
      ["document.withdrawn", bob.actor, null],
      ["version.published", "system:sync", null],
      ["document.vanished", "system:sync", null],
    ]);
    expect(log[4]?.details).toEqual({
      ticket: 7,
      versionId: "甲-一",
      fromVersionId: "甲-二",
      toVersionId: "甲-一",
    });
    expect(log[5]?.details).toEqual({ before: { kind: "public" }, after: { kind: "internal" } });
    expect(await audit.verify()).toMatchObject({ intact: true, entries: 9 });
  });

  it("writes nothing when the change comes to nothing", async () => {
    const { knowledge, audit } = await place.open();
    const failing = makeVersion("甲", "一", {
      clauses: (function* () {
        yield* [];
        throw new Error("the reader failed");
      })(),
    });
    await expect(knowledge.saveVersion(failing)).rejects.toThrow("the reader failed");
    await expect(knowledge.rollbackDocument(documentId("none"), second(1))).rejects.toThrow();
    await expect(
      knowledge.setVisibility(documentId("none"), { kind: "internal" }, second(1), alice),
    ).rejects.toMatchObject({ code: "not-found" });
    expect(await audit.list()).toEqual([]);
  });
});
