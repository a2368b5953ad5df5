import { expect, it } from "vitest";
import type { AbsenceRecord, GapRecord, SettingsRecord } from "../../src/storage/index.ts";
import { readEveryTable } from "../support/storage-matching.ts";
import { describeOnEveryDatabase } from "../support/storage-places.ts";
import { second } from "../support/storage-samples.ts";
import { at } from "../support/storage-tickets.ts";
import { alice, bob } from "../support/storage-workflow.ts";

function makeSettings(part: string, content: unknown): Omit<SettingsRecord, "revision"> {
  return { part, content, origin: "desk", contentHash: "h", by: alice.actor, at: at(1), reason: "调整" };
}

function makeGap(gapId: string, count: number, overrides: Partial<GapRecord> = {}): GapRecord {
  return {
    gapId,
    question: `问题 ${gapId}`,
    wordings: { [`问题${gapId}`]: count },
    count,
    askers: 1,
    firstAt: at(1),
    lastAt: at(2),
    state: "open",
    by: null,
    note: null,
    ...overrides,
  };
}

describeOnEveryDatabase("settings of the desk", (place) => {
  it("keep every revision of every part", async () => {
    const { tickets, audit } = await place.open();
    const first = await tickets.saveSettings(makeSettings("routing", { rules: [1] }), 0, alice);
    expect(first).toEqual({ ...makeSettings("routing", { rules: [1] }), revision: 1 });
    const second_ = await tickets.saveSettings(makeSettings("routing", { rules: [] }), 1, bob);
    const sla = await tickets.saveSettings({ ...makeSettings("sla", 1), reason: null }, 0, alice);
    expect(await tickets.settings()).toEqual([second_, sla]);
    expect(await tickets.settingsHistory("routing")).toEqual([second_, first]);
    expect(await tickets.settingsHistory("none")).toEqual([]);
    const entries = await audit.list({ action: "triage.settings" });
    expect(entries.map(({ subject, actor, details }) => [subject, actor, details])).toEqual([
      ["settings:sla", alice.actor, { part: "sla", revision: 1, origin: "desk", contentHash: "h" }],
      ["settings:routing", bob.actor, { part: "routing", revision: 2, origin: "desk", contentHash: "h" }],
      ["settings:routing", alice.actor, { part: "routing", revision: 1, origin: "desk", contentHash: "h" }],
    ]);
  });

  it("take one of two changes of the same revision", async () => {
    const options = await place.fresh();
    const { tickets } = await place.open(options);
    const saves = [1, 2].map((content) => tickets.saveSettings(makeSettings("sla", content), 0, alice));
    const outcomes = await Promise.allSettled(saves);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    const before = await readEveryTable(options);
    for (const expected of [0, 2]) {
      await expect(tickets.saveSettings(makeSettings("sla", 3), expected, alice)).rejects.toMatchObject({
        code: "conflict",
      });
    }
    expect(await readEveryTable(options)).toEqual(before);
  });
});

describeOnEveryDatabase("absences of specialists", (place) => {
  it("stand until they end or are cancelled", async () => {
    const { tickets, audit } = await place.open();
    const make = (
      absenceId: string,
      to: number,
      deputy: string | null,
    ): Omit<AbsenceRecord, "cancelledAt"> => ({
      absenceId,
      account: "feishu:ou_p",
      from: at(1),
      to: at(to),
      deputy,
      note: "出差",
    });
    await tickets.addAbsence(make("a1", 20, "feishu:ou_q"), alice, second(0));
    await tickets.addAbsence(make("a2", 10, null), alice, second(0));
    const a1 = { ...make("a1", 20, "feishu:ou_q"), cancelledAt: null };
    const a2 = { ...make("a2", 10, null), cancelledAt: null };
    expect(await tickets.absences(second(9))).toEqual([a2, a1]);
    expect(await tickets.absences(second(10))).toEqual([a1]);
    expect(await tickets.cancelAbsence("a1", second(11), bob)).toBe(true);
    expect(await tickets.cancelAbsence("a1", second(12), bob)).toBe(false);
    expect(await tickets.cancelAbsence("none", second(12), bob)).toBe(false);
    expect(await tickets.absences(second(0))).toEqual([a2]);
    const entries = await audit.list({ subject: "absence:a1" });
    expect(entries.map((entry) => [entry.action, entry.actor, entry.at])).toEqual([
      ["triage.absence", bob.actor, at(11)],
      ["triage.absence", alice.actor, at(0)],
    ]);
    expect(JSON.stringify(await audit.list())).not.toContain("出差");
  });
});

describeOnEveryDatabase("questions without an answer", (place) => {
  it("are kept with how far turns were read, most asked first", async () => {
    const { tickets } = await place.open();
    expect(await tickets.gapsReadUntil()).toBeNull();
    await tickets.saveGaps([makeGap("g1", 2), makeGap("g2", 5)], at(3));
    await tickets.saveGaps([makeGap("g1", 7, { lastAt: at(4) }), makeGap("g3", 5, { lastAt: at(9) })], at(5));
    const ids = async (filter?: Parameters<typeof tickets.gaps>[0]) =>
      (await tickets.gaps(filter)).map((gap) => gap.gapId).join(" ");
    expect(await ids()).toBe("g1 g3 g2");
    expect(await ids({ limit: 1 })).toBe("g1");
    expect((await tickets.gaps())[0]).toEqual(makeGap("g1", 7, { lastAt: at(4) }));
    expect(await tickets.gapsReadUntil()).toBe(at(5));
    await tickets.saveGaps([], at(6));
    expect(await ids()).toBe("g1 g3 g2");
    expect(await tickets.gapsReadUntil()).toBe(at(6));
  });

  it("move together with the mark or not at all", async () => {
    const { tickets } = await place.open();
    await tickets.saveGaps([makeGap("g1", 2)], at(3));
    const broken = { ...makeGap("g3", 1), lastAt: null } as unknown as GapRecord;
    await expect(tickets.saveGaps([makeGap("g2", 1), broken], at(4))).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await tickets.gaps()).toEqual([makeGap("g1", 2)]);
    expect(await tickets.gapsReadUntil()).toBe(at(3));
  });

  it("are decided, with an entry that has no words", async () => {
    const { tickets, audit } = await place.open();
    await tickets.saveGaps([makeGap("g1", 2), makeGap("g2", 1)], at(3));
    expect(await tickets.decideGap("g1", "dismissed", second(4), bob, "与园区无关")).toBe(true);
    expect(await tickets.decideGap("g9", "dismissed", second(4), bob)).toBe(false);
    const decided = makeGap("g1", 2, { state: "dismissed", by: bob.actor, note: "与园区无关" });
    expect(await tickets.gaps({ state: "dismissed" })).toEqual([decided]);
    expect(await tickets.gaps({ state: "open" })).toEqual([makeGap("g2", 1)]);
    const [entry, ...others] = await audit.list();
    expect(others).toEqual([]);
    expect(entry).toMatchObject({
      action: "triage.gap",
      subject: "gap:g1",
      details: { state: "dismissed" },
      reason: null,
    });
  });
});
