import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "../../src/access/index.ts";
import { type EnterpriseDesk, openEnterpriseDesk, person } from "../support/enterprise-desk.ts";
import { between, exactly, holding } from "../support/enterprise-facts.ts";

/** Made up, nobody's. */
const CODE = "91310120MA1J000145";
const OTHER_CODE = "91310120MADX00078E";

const li = person("feishu:ou_li");
const wang = person("feishu:ou_wang");
const stranger = person("feishu:ou_stranger");
const specialist = person("feishu:ou_specialist", "specialist");
const auditor = person("feishu:ou_auditor", "auditor");
const admin = person("feishu:ou_admin", "admin");
const TODAY = "2026-11-23";

let desk: EnterpriseDesk;

beforeEach(async () => {
  desk = await openEnterpriseDesk();
});

afterEach(async () => {
  await desk.storage.remove();
});

async function openFor(by: Actor, creditCode?: string): Promise<string> {
  const { enterpriseId } = await desk.enterprises.current(by, null, desk.at);
  if (creditCode !== undefined) {
    await desk.enterprises.rename(enterpriseId, { name: "样例科技有限公司", creditCode }, by, desk.at);
  }
  return enterpriseId;
}

describe("whose enterprise", () => {
  it("is a draft of one's own, made once", async () => {
    const { enterprises, at } = desk;
    expect(await enterprises.find(li, null)).toBeUndefined();
    const [one, two] = await Promise.all([
      enterprises.current(li, null, at),
      enterprises.current(li, null, at),
    ]);
    expect(one).toMatchObject({ name: null, creditCode: null });
    expect(two).toEqual(one);
    expect(await enterprises.find(li, "feishu:oc_1")).toEqual(one);
    expect(await enterprises.listMine(li)).toEqual([one]);
    expect((await enterprises.current(wang, null, at)).enterpriseId).not.toBe(one.enterpriseId);
  });

  it("is the group's for its members, and for nobody else in it", async () => {
    const { enterprises, at } = desk;
    const enterpriseId = await openFor(li, CODE);
    await enterprises.bindChat("feishu:oc_1", enterpriseId, li, at);
    await enterprises.admit(enterpriseId, wang.account, admin, at);
    expect((await enterprises.current(wang, "feishu:oc_1", at)).enterpriseId).toBe(enterpriseId);
    expect((await enterprises.current(stranger, "feishu:oc_1", at)).enterpriseId).not.toBe(enterpriseId);
    expect(await enterprises.find(admin, "feishu:oc_1")).toBeUndefined();
  });
});

describe("rights", () => {
  it("show nothing to who has none", async () => {
    const { enterprises, at, storage } = desk;
    const enterpriseId = await openFor(li, CODE);
    await desk.say(enterpriseId, li, "headcount", exactly(320));
    for (const by of [stranger, specialist, auditor]) {
      const source = { kind: "chat" as const, by: by.account, reference: "m" };
      const attempts: (() => Promise<unknown>)[] = [
        () => enterprises.profile(enterpriseId, by, TODAY),
        () => enterprises.record(enterpriseId, [], source, by, at),
        () => enterprises.confirm(enterpriseId, by, at),
        () => enterprises.forget(enterpriseId, "headcount", by, at),
        () => enterprises.rename(enterpriseId, { name: "别的公司" }, by, at),
        () => enterprises.bindChat("feishu:oc_9", enterpriseId, by, at),
        () => enterprises.assignSpecialist(enterpriseId, by.account, by, at),
        () => enterprises.unassignSpecialist(enterpriseId, by.account, by, at),
        () => enterprises.admit(enterpriseId, by.account, by, at),
        () => enterprises.removeMember(enterpriseId, li.account, by, at),
        () => enterprises.membersOf(enterpriseId, by),
        () => enterprises.list(by),
        () => enterprises.importList([], "file:x", by, at),
        () => enterprises.profile("no-such", by, TODAY),
      ];
      for (const attempt of attempts) {
        await expect(attempt(), String(attempt)).rejects.toMatchObject({ code: "forbidden" });
      }
      expect(await enterprises.listMine(by)).toEqual([]);
      expect(JSON.stringify(await enterprises.exportData(by, at))).not.toContain("320");
    }
    expect(await storage.enterprises.membersOf(enterpriseId)).toHaveLength(1);
    expect((await enterprises.profile(enterpriseId, li, TODAY)).facts.get("headcount")?.value).toEqual(
      exactly(320),
    );
  });

  it("are a specialist's over those assigned, to read", async () => {
    const { enterprises, at } = desk;
    const enterpriseId = await openFor(li);
    await desk.say(enterpriseId, li, "headcount", exactly(320));
    await enterprises.assignSpecialist(enterpriseId, specialist.account, admin, at);
    expect((await enterprises.profile(enterpriseId, specialist, TODAY)).facts.size).toBe(1);
    expect(await enterprises.listMine(specialist)).toHaveLength(1);
    await expect(enterprises.forget(enterpriseId, "headcount", specialist, at)).rejects.toMatchObject({
      code: "forbidden",
    });
    // Who is no specialist any more has lost it.
    await expect(enterprises.profile(enterpriseId, person(specialist.account), TODAY)).rejects.toMatchObject({
      code: "forbidden",
    });
    await enterprises.unassignSpecialist(enterpriseId, specialist.account, admin, at);
    await expect(enterprises.profile(enterpriseId, specialist, TODAY)).rejects.toThrow();
  });

  it("are an admin's over all, each look in the log, without what was seen", async () => {
    const { enterprises, storage } = desk;
    const enterpriseId = await openFor(li, CODE);
    await desk.say(enterpriseId, li, "headcount", exactly(320));
    await enterprises.profile(enterpriseId, li, TODAY);
    const looks = () =>
      storage.audit.list({ subject: `enterprise:${enterpriseId}`, action: "enterprise.read" });
    expect(await looks()).toEqual([]);
    await enterprises.profile(enterpriseId, admin, TODAY);
    expect(await looks()).toMatchObject([{ actor: admin.account }]);
    await enterprises.list(admin, { search: "样例" });
    const entries = await storage.audit.list();
    expect(entries[0]).toMatchObject({ action: "enterprises.listed", actor: admin.account });
    expect(JSON.stringify(entries)).not.toMatch(/样例|320/);
    await expect(enterprises.profile("no-such", admin, TODAY)).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("a credit code", () => {
  it("makes nobody a member; a member or an admin lets them in", async () => {
    const { enterprises, at } = desk;
    const enterpriseId = await openFor(li, CODE);
    const draft = await openFor(wang);
    await expect(enterprises.rename(draft, { creditCode: CODE }, wang, at)).rejects.toMatchObject({
      code: "conflict",
      safeMessage: expect.stringContaining("申请加入"),
    });
    await expect(enterprises.admit(enterpriseId, wang.account, li, at)).rejects.toMatchObject({
      code: "not-found",
    });
    expect(await enterprises.requestToJoin(CODE.toLowerCase(), wang, at)).toEqual({
      outcome: "requested",
      enterpriseId,
      notify: [li.account],
    });
    await expect(enterprises.profile(enterpriseId, wang, TODAY)).rejects.toMatchObject({ code: "forbidden" });
    await expect(enterprises.admit(enterpriseId, wang.account, wang, at)).rejects.toMatchObject({
      code: "forbidden",
    });
    const late = new Date(at.getTime() + 31 * 24 * 60 * 60 * 1000);
    await expect(enterprises.admit(enterpriseId, wang.account, li, late)).rejects.toMatchObject({
      code: "not-found",
    });
    await enterprises.admit(enterpriseId, wang.account, li, at);
    expect((await enterprises.current(wang, null, at)).enterpriseId).toBe(enterpriseId);
    expect(await enterprises.membersOf(enterpriseId, wang)).toEqual([li.account, wang.account].toSorted());
    expect(await enterprises.requestToJoin(CODE, wang, at)).toMatchObject({ outcome: "already-member" });
    expect(await enterprises.requestToJoin(OTHER_CODE, wang, at)).toEqual({ outcome: "unknown-code" });
    await enterprises.removeMember(enterpriseId, wang.account, wang, at);
    expect((await enterprises.find(wang, null))?.enterpriseId).toBe(draft);
  });

  it("may be kept although it does not fit, and not without its shape", async () => {
    const { enterprises, at } = desk;
    const enterpriseId = await openFor(li);
    await expect(enterprises.rename(enterpriseId, { creditCode: "12345" }, li, at)).rejects.toMatchObject({
      code: "unusable-input",
    });
    const kept = await enterprises.rename(enterpriseId, { creditCode: "91310120MA1J000146" }, li, at);
    expect(kept.creditCode).toBe("91310120MA1J000146");
    const mended = await enterprises.rename(enterpriseId, { creditCode: CODE }, li, at);
    expect(mended.creditCode).toBe(CODE);
    expect((await enterprises.profile(enterpriseId, li, TODAY)).facts.get("credit-code")).toMatchObject({
      value: { kind: "text", text: CODE },
      confirmed: true,
    });
  });

  it("of another company is a conflict in a bound group, with the next step", async () => {
    const { enterprises, at } = desk;
    const enterpriseId = await openFor(li);
    await expect(enterprises.bindChat("feishu:oc_1", enterpriseId, li, at)).rejects.toMatchObject({
      code: "conflict",
      safeMessage: expect.stringContaining("统一社会信用代码"),
    });
    await enterprises.rename(enterpriseId, { creditCode: CODE }, li, at);
    await enterprises.bindChat("feishu:oc_1", enterpriseId, li, at);
    await enterprises.bindChat("feishu:oc_1", enterpriseId, li, at);
    const other = await openFor(wang, OTHER_CODE);
    const refusal = { code: "conflict", safeMessage: expect.stringMatching(/私聊|解除绑定/) };
    await expect(enterprises.bindChat("feishu:oc_1", other, wang, at)).rejects.toMatchObject(refusal);
    await expect(enterprises.requireSameCode("feishu:oc_1", OTHER_CODE)).rejects.toMatchObject(refusal);
    await expect(
      desk.say(enterpriseId, li, "credit-code", { kind: "text", text: OTHER_CODE }),
    ).rejects.toMatchObject(refusal);
    await expect(
      enterprises.rename(enterpriseId, { creditCode: "91310120MAE9TERT6T" }, li, at),
    ).rejects.toMatchObject(refusal);
    await enterprises.requireSameCode("feishu:oc_1", CODE);
    expect(await enterprises.boundTo("feishu:oc_1")).toMatchObject({ enterpriseId });
    await expect(enterprises.unbindChat("feishu:oc_1", wang, at)).rejects.toMatchObject({
      code: "forbidden",
    });
    await enterprises.unbindChat("feishu:oc_1", li, at);
    expect(await enterprises.boundTo("feishu:oc_1")).toBeUndefined();
  });
});

describe("what is said", () => {
  it("is written once for a reference", async () => {
    const enterpriseId = await openFor(li);
    await desk.say(enterpriseId, li, "headcount", exactly(320), { reference: "m1" });
    await desk.say(enterpriseId, li, "headcount", exactly(500), { reference: "m2" });
    const entries = (await desk.storage.audit.list()).length;
    const again = await desk.say(enterpriseId, li, "headcount", exactly(320), { reference: "m1" });
    expect(again.facts.get("headcount")?.value).toEqual(exactly(500));
    expect(again.conflicts).toEqual([]);
    expect(await desk.storage.enterprises.factsOf(enterpriseId)).toHaveLength(1);
    expect((await desk.storage.audit.list()).length).toBe(entries);
  });

  it("does not displace what a stronger source said, unless it corrects it", async () => {
    const enterpriseId = await openFor(li);
    await desk.say(enterpriseId, li, "headcount", exactly(320), { kind: "form" });
    const doubted = await desk.say(enterpriseId, li, "headcount", exactly(500));
    expect(doubted.facts.get("headcount")?.value).toEqual(exactly(320));
    expect(doubted.conflicts).toMatchObject([
      { counted: { value: exactly(320) }, other: { value: exactly(500) } },
    ]);
    const corrected = await desk.say(enterpriseId, li, "headcount", exactly(480), { correction: true });
    expect(corrected.facts.get("headcount")?.value).toEqual(exactly(480));
    expect(corrected.conflicts).toEqual([]);
  });

  it.each([
    ["file", "chat"],
    ["api", "file"],
    ["chat", "form"],
    ["form", "card"],
  ] as const)("by %s gives way to %s", async (weak, strong) => {
    const enterpriseId = await openFor(li);
    await desk.say(enterpriseId, li, "headcount", exactly(10), { kind: weak });
    const after = await desk.say(enterpriseId, li, "headcount", exactly(20), { kind: strong });
    expect(after.facts.get("headcount")?.value).toEqual(exactly(20));
    const back = await desk.say(enterpriseId, li, "headcount", exactly(10), { kind: weak });
    expect(back.facts.get("headcount")?.value).toEqual(exactly(20));
    expect(back.conflicts).toHaveLength(1);
  });

  it("stands against what a colleague says differently, until it is confirmed", async () => {
    const { enterprises, at } = desk;
    const enterpriseId = await openFor(li);
    await enterprises.admit(enterpriseId, wang.account, admin, at);
    await desk.say(enterpriseId, li, "headcount", exactly(320));
    const differing = await desk.say(enterpriseId, wang, "headcount", exactly(500));
    expect(differing.conflicts).toMatchObject([
      { counted: { value: exactly(500) }, other: { value: exactly(320) } },
    ]);
    const confirmed = await enterprises.confirm(enterpriseId, wang, at);
    expect(confirmed.conflicts).toEqual([]);
    expect(confirmed.facts.get("headcount")?.confirmed).toBe(true);
    const chat = await desk.say(enterpriseId, li, "headcount", exactly(320), { kind: "form" });
    expect(chat.facts.get("headcount")?.value).toEqual(exactly(500));
    expect(chat.conflicts).toHaveLength(1);
  });

  it("is refined by what fits and says more", async () => {
    const enterpriseId = await openFor(li);
    await desk.say(enterpriseId, li, "headcount", between(270, 330), { kind: "form" });
    const refined = await desk.say(enterpriseId, li, "headcount", exactly(320));
    expect(refined.facts.get("headcount")?.value).toEqual(exactly(320));
    expect(refined.conflicts).toEqual([]);
    const wide = await desk.say(enterpriseId, li, "headcount", between(100, 500), { kind: "api" });
    expect(wide.facts.get("headcount")?.value).toEqual(exactly(320));
    expect(wide.conflicts).toEqual([]);
  });

  it("displaces whatever is out of date", async () => {
    const enterpriseId = await openFor(li);
    await desk.say(enterpriseId, li, "headcount", exactly(320), {
      kind: "card",
      at: new Date("2024-01-01T00:00:00Z"),
    });
    expect((await desk.enterprises.profile(enterpriseId, li, TODAY)).stale).toHaveLength(1);
    const fresh = await desk.say(enterpriseId, li, "headcount", exactly(500), { kind: "api" });
    expect(fresh.facts.get("headcount")?.value).toEqual(exactly(500));
    expect(fresh).toMatchObject({ stale: [], conflicts: [] });
  });

  it("adds terms, takes back what is lacked, and keeps certificates", async () => {
    const enterpriseId = await openFor(li);
    const certified = { id: "high-tech-enterprise", certificate: "GR000", validTo: "2028-01-01" };
    await desk.say(enterpriseId, li, "qualifications", holding(certified));
    await desk.say(enterpriseId, li, "qualifications", holding({ id: "specialized-sme" }));
    const named = await desk.say(
      enterpriseId,
      li,
      "qualifications",
      holding({ id: "high-tech-enterprise" }),
      {
        kind: "form",
      },
    );
    expect(named.facts.get("qualifications")?.value).toEqual(holding(certified));
    const lost = await desk.say(
      enterpriseId,
      li,
      "qualifications",
      {
        kind: "terms",
        has: [],
        lacks: ["high-tech-enterprise"],
        closed: false,
      },
      { correction: true },
    );
    expect(lost.facts.get("qualifications")?.value).toMatchObject({
      has: [],
      lacks: ["high-tech-enterprise"],
    });
  });

  it("loses nothing of a message that says two terms of a field", async () => {
    const enterpriseId = await openFor(li);
    const facts = ["equity-finance", "plant"].map((id) => ({
      field: "needs",
      value: holding({ id }),
      period: null,
      words: id,
      correction: false,
    }));
    const source = { kind: "chat" as const, by: li.account, reference: "m1" };
    const profile = await desk.enterprises.record(enterpriseId, facts, source, li, desk.at);
    expect(profile.facts.get("needs")?.value).toEqual(holding({ id: "equity-finance" }, { id: "plant" }));
  });

  it("of not knowing takes nothing away", async () => {
    const enterpriseId = await openFor(li);
    const asked = await desk.say(enterpriseId, li, "headcount", { kind: "declined" });
    expect(asked.facts.get("headcount")?.value).toEqual({ kind: "declined" });
    await desk.say(enterpriseId, li, "headcount", exactly(320), { kind: "api" });
    const again = await desk.say(enterpriseId, li, "headcount", { kind: "declined" });
    expect(again.facts.get("headcount")?.value).toEqual(exactly(320));
  });

  it("names the draft, and is forgotten with its history", async () => {
    const { enterprises, at } = desk;
    const enterpriseId = await openFor(li);
    await desk.say(enterpriseId, li, "name", { kind: "text", text: "样例科技有限公司" });
    expect((await enterprises.find(li, null))?.name).toBe("样例科技有限公司");
    await desk.say(enterpriseId, li, "headcount", exactly(320));
    await desk.say(enterpriseId, li, "headcount", exactly(321));
    expect((await enterprises.forget(enterpriseId, "headcount", li, at)).facts.has("headcount")).toBe(false);
    await expect(desk.say(enterpriseId, li, "shoe-size", exactly(1))).rejects.toMatchObject({
      code: "unusable-input",
    });
  });
});
