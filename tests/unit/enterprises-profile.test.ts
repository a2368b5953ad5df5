import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeProfile, foldProfile, loadProfileLexicon } from "../../src/enterprises/index.ts";
import { addMonths } from "../../src/enterprises/profile/add-months.ts";
import { between, exactly, holding, makeFactRecord } from "../support/enterprise-facts.ts";

const lexicon = await loadProfileLexicon(join(import.meta.dirname, "../../knowledge"));
const { fields } = lexicon;

describe("a folded profile", () => {
  it("counts what is current and leaves history out", () => {
    const profile = foldProfile(
      [
        makeFactRecord("headcount", exactly(320)),
        makeFactRecord("headcount", exactly(50), { state: "replaced" }),
      ],
      fields,
      "2026-02-01",
    );
    expect(profile.facts.get("headcount")?.value).toEqual(exactly(320));
    expect(profile).toMatchObject({ enterpriseId: "e-1", stale: [], conflicts: [] });
  });

  it("puts a figure aside on the day on which it is too old, not before", () => {
    // Headcount ages in 18 months: said on 2026-01-15 it counts through 2027-07-14.
    const said = [makeFactRecord("headcount", exactly(320))];
    const last = foldProfile(said, fields, "2027-07-14");
    expect(last.facts.get("headcount")?.validTo).toBe("2027-07-15");
    const over = foldProfile(said, fields, "2027-07-15");
    expect(over.facts.size).toBe(0);
    expect(over.stale).toMatchObject([{ field: "headcount", value: exactly(320) }]);
  });

  it("takes the day in Shanghai", () => {
    const said = [makeFactRecord("headcount", exactly(320), { at: "2026-01-14T16:30:00.000Z" })];
    expect(foldProfile(said, fields, "2026-02-01").facts.get("headcount")?.validTo).toBe("2027-07-15");
  });

  it("lets figures of a long past year age from that year", () => {
    const old = makeFactRecord("revenue", exactly(4e8), { period: "2023" });
    expect(foldProfile([old], fields, "2026-02-01").stale).toHaveLength(1);
    const last = makeFactRecord("revenue", exactly(4e8), { period: "2025" });
    expect(foldProfile([last], fields, "2026-02-01").facts.get("revenue")?.validTo).toBe("2027-07-01");
  });

  it("ends with a validity of its own", () => {
    const said = [makeFactRecord("park", { kind: "text", text: "样例园" }, { validTo: "2026-03-01" })];
    expect(foldProfile(said, fields, "2026-02-28").facts.size).toBe(1);
    expect(foldProfile(said, fields, "2026-03-01").stale).toHaveLength(1);
  });

  it("counts a newer word of another source when the current one is out of date", () => {
    const profile = foldProfile(
      [
        makeFactRecord("headcount", exactly(320), { at: "2024-01-01T00:00:00.000Z", kind: "form" }),
        makeFactRecord("headcount", exactly(500), { kind: "file", state: "conflicting" }),
      ],
      fields,
      "2026-02-01",
    );
    expect(profile.facts.get("headcount")?.value).toEqual(exactly(500));
    expect(profile.conflicts).toEqual([]);
  });

  it("shows conflicts, the counted one first, and none where both can be true", () => {
    const counted = makeFactRecord("headcount", exactly(320), { kind: "form" });
    const other = makeFactRecord("headcount", exactly(500), { state: "conflicting", kind: "file" });
    const alike = makeFactRecord("headcount", between(270, 330), { state: "conflicting", kind: "api" });
    const profile = foldProfile([other, alike, counted], fields, "2026-02-01");
    expect(profile.conflicts).toMatchObject([
      { field: "headcount", counted: { value: exactly(320) }, other: { value: exactly(500) } },
    ]);
    const rows = describeProfile(profile, lexicon, { viewer: "feishu:ou_a" });
    expect(rows).toMatchObject([
      { value: "320人", state: "current", note: expect.stringContaining("您于2026年1月15日表单填写") },
      { value: "500人", state: "conflicting", note: expect.stringContaining("未采用") },
    ]);
  });

  it("does not call a tier confirmed without number and date", () => {
    const fold = (term: Parameters<typeof holding>[0]) =>
      foldProfile(
        [makeFactRecord("qualifications", holding(term), { confirmedAt: "2026-01-16T00:00:00.000Z" })],
        fields,
        "2026-02-01",
      ).facts.get("qualifications");
    const id = "high-tech-enterprise";
    expect(fold({ id })?.confirmed).toBe(false);
    expect(fold({ id, certificate: "GR000" })?.confirmed).toBe(false);
    expect(fold({ id, validTo: "2028-01-01" })?.confirmed).toBe(false);
    expect(fold({ id, certificate: "GR000", validTo: "2028-01-01" })?.confirmed).toBe(true);
  });

  it("makes a certificate 曾获 on the day after its last", () => {
    const term = { id: "high-tech-enterprise", certificate: "GR000", validTo: "2026-06-01" };
    const said = [makeFactRecord("qualifications", holding(term))];
    expect(foldProfile(said, fields, "2026-05-31").facts.get("qualifications")?.value).toEqual(holding(term));
    const lapsed = foldProfile(said, fields, "2026-06-01");
    expect(lapsed.facts.get("qualifications")?.value).toEqual(holding({ ...term, lapsed: true }));
    expect(describeProfile(lapsed, lexicon)[0]?.value).toBe(
      "曾获高新技术企业（证书号GR000，有效期至2026年5月31日，已到期）",
    );
  });

  it("leaves out fields that nobody knows any more", () => {
    expect(foldProfile([makeFactRecord("shoe-size", exactly(43))], fields, "2026-02-01").facts.size).toBe(0);
  });
});

describe("months", () => {
  it("end at the last day of a shorter month", () => {
    expect(addMonths("2026-01-31", 1)).toBe("2026-02-28");
    expect(addMonths("2027-12-31", 2)).toBe("2028-02-29");
    expect(addMonths("2026-11-30", 18)).toBe("2028-05-30");
  });

  it("never go back when more are added", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("1990-01-01"), max: new Date("2060-01-01"), noInvalidDate: true }),
        fc.nat({ max: 400 }),
        (date, months) => {
          const day = date.toISOString().slice(0, 10);
          expect(addMonths(day, months) >= day).toBe(true);
          expect(addMonths(day, months + 1) > addMonths(day, months)).toBe(true);
        },
      ),
    );
  });
});
