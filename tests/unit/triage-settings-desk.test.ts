import { afterEach, describe, expect, it } from "vitest";
import { createManualClock } from "../../src/shared/index.ts";
import { createSettingsDesk, type DeskSettings } from "../../src/triage/index.ts";
import { openTemporaryStorage } from "../support/temporary-storage.ts";
import {
  ADMIN,
  LI,
  makeDepartment,
  makeSettings,
  NOW,
  SPECIALIST,
  STAFF,
} from "../support/triage-settings.ts";

const opened: { remove(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((storage) => storage.remove()));
});

async function openWorld(files: DeskSettings = makeSettings()) {
  const storage = await openTemporaryStorage();
  opened.push(storage);
  const clock = createManualClock(NOW);
  const start = (from: DeskSettings = files) =>
    createSettingsDesk({ store: storage.tickets, files: from, clock: clock.now });
  return { storage, start, desk: await start() };
}

const sooner = (settings: DeskSettings): DeskSettings["sla"] => ({ ...settings.sla, soonShare: 0.5 });

describe("the desk of settings", () => {
  it("starts with what the files say, as revision 1 of every part", async () => {
    const { desk, storage } = await openWorld();
    expect(desk.current()).toEqual(makeSettings());
    for (const part of ["departments", "routing", "sla", "calendar", "templates", "dutyLine"] as const) {
      expect(desk.revisionOf(part), part).toBe(1);
    }
    expect((await desk.history("sla"))[0]).toMatchObject({ origin: "file", by: "system:sync", revision: 1 });
    const entries = await storage.audit.list({ action: "triage.settings" });
    expect(entries).toHaveLength(6);
  });

  it("saves with right and reason, in words and in the audit log, at once for everyone", async () => {
    const { desk, storage, start } = await openWorld();
    const other = await start();
    const content = sooner(desk.current());
    const saved = await desk.save("sla", content, ADMIN, "逾期提醒偏晚");
    expect(saved).toMatchObject({
      outcome: "saved",
      revision: 2,
      changes: ["办理时限的提前提醒：0.7 → 0.5"],
    });
    expect(desk.current().sla.soonShare).toBe(0.5);
    expect(other.current().sla.soonShare).toBe(0.7);
    await other.refresh();
    expect(other.current().sla.soonShare).toBe(0.5);
    const [entry] = await storage.audit.list({ subject: "settings:sla", limit: 1 });
    expect(entry).toMatchObject({ actor: ADMIN.account, reason: "逾期提醒偏晚" });
    expect(JSON.stringify(entry?.details)).toContain("sla");
    await expect(desk.save("sla", content, ADMIN, "再存一次")).resolves.toMatchObject({
      outcome: "unchanged",
      revision: 2,
    });
    expect(await desk.history("sla")).toHaveLength(2);
  });

  it("refuses without right, without reason, with faults, and keeps everything as it was", async () => {
    const { desk } = await openWorld();
    const content = sooner(desk.current());
    for (const actor of [STAFF, SPECIALIST]) {
      await expect(desk.save("sla", content, actor, "试试")).rejects.toMatchObject({ code: "forbidden" });
    }
    await expect(desk.save("sla", content, ADMIN, "  ")).rejects.toMatchObject({ code: "unusable-input" });
    await expect(desk.save("sla", { ...content, soonShare: 2 }, ADMIN, "改")).rejects.toMatchObject({
      code: "unusable-input",
      safeMessage: expect.stringContaining("soonShare：应小于 1"),
    });
    const routing = [{ id: "R", departments: ["nobody"] }];
    await expect(desk.save("routing", routing, ADMIN, "改")).rejects.toMatchObject({
      safeMessage: expect.stringContaining("规则 R 的部门“nobody”不在受理部门中"),
    });
    await expect(desk.save("departments", [], ADMIN, "清空")).rejects.toMatchObject({
      code: "unusable-input",
    });
    expect(desk.current()).toEqual(makeSettings());
    expect(await desk.history("sla")).toHaveLength(1);
  });

  it("finds that somebody else was faster, and shows then what is there", async () => {
    const { desk, start } = await openWorld();
    const other = await start();
    await other.save("sla", sooner(other.current()), ADMIN, "甲先改");
    const late = { ...desk.current().sla, leadAfter: 5 };
    await expect(desk.save("sla", late, ADMIN, "乙后改")).rejects.toMatchObject({ code: "conflict" });
    expect(desk.current().sla.soonShare).toBe(0.5);
    const again = { ...desk.current().sla, leadAfter: 5 };
    await expect(desk.save("sla", again, ADMIN, "乙再改", 2)).resolves.toMatchObject({ revision: 3 });
    await expect(desk.save("sla", late, ADMIN, "丙拿着旧的", 1)).rejects.toMatchObject({ code: "conflict" });
  });

  it("shows beforehand what would change and what would be wrong", async () => {
    const { desk } = await openWorld();
    const { routing } = desk.current();
    const preview = desk.preview("routing", [
      { id: "R-C02", categories: ["C02"], departments: ["finance"], words: ["贴息"] },
      { id: "R-C09", categories: ["C09"], departments: ["gone"] },
    ]);
    expect(preview.changes).toEqual([
      "删去规则 R-C08",
      "规则 R-C02的部门：区科委、区财政局 → 区财政局",
      "规则 R-C02的词语：无 → 贴息",
      "新增规则 R-C09：类别 C09；部门 gone",
    ]);
    expect(preview.problems).toMatchObject([{ level: "error", part: "routing", entry: "R-C09" }]);
    expect(desk.current().routing).toBe(routing);
  });

  it("adds and removes people, sets group and leads, on what is newest", async () => {
    const { desk, start } = await openWorld();
    const other = await start();
    const member = { account: "feishu:ou_qian", name: "钱七", categories: ["C08"] };
    await other.changeDepartment({ do: "save-member", department: "center", member }, ADMIN, "新到岗");
    const saved = await desk.changeDepartment(
      { do: "set-leads", department: "center", leads: [member.account] },
      ADMIN,
      "定负责人",
    );
    expect(saved.changes).toEqual([`区科技发展促进中心的负责人：增加${member.account}`]);
    await desk.changeDepartment({ do: "set-group", department: "center", group: null }, ADMIN, "群已解散");
    const center = () => desk.current().departments.find(({ id }) => id === "center");
    expect(center()).toMatchObject({ specialists: [member], leads: [member.account], group: null });
    await desk.changeDepartment(
      { do: "remove-member", department: "center", account: member.account },
      ADMIN,
      "调离",
    );
    expect(center()).toMatchObject({ specialists: [], leads: [] });
    await expect(
      desk.changeDepartment(
        { do: "remove-member", department: "center", account: member.account },
        ADMIN,
        "再移",
      ),
    ).rejects.toMatchObject({ code: "not-found" });
    await expect(
      desk.changeDepartment({ do: "set-group", department: "nowhere", group: null }, ADMIN, "错"),
    ).rejects.toMatchObject({ code: "not-found" });
  });

  it("does not let a rule's person go while the rule names them", async () => {
    const { desk } = await openWorld();
    await desk.adoptRule(
      { id: "R-C02", categories: ["C02"], departments: ["science"], assignee: LI.account },
      ADMIN,
      "专人",
    );
    expect(desk.current().routing.map(({ id }) => id)).toEqual(["R-C02", "R-C08"]);
    const gone = desk.changeDepartment(
      { do: "remove-member", department: "science", account: LI.account },
      ADMIN,
      "调离",
    );
    await expect(gone).rejects.toMatchObject({ safeMessage: expect.stringContaining("R-C02") });
    expect(desk.current().departments[0]?.specialists).toContainEqual(LI);
  });

  it("goes back to an earlier revision, checked against what is there now", async () => {
    const { desk } = await openWorld();
    await desk.save("sla", sooner(desk.current()), ADMIN, "试行");
    const back = await desk.rollback("sla", 1, ADMIN, "试行结束");
    expect(back).toMatchObject({ revision: 3, changes: ["办理时限的提前提醒：0.5 → 0.7"] });
    expect((await desk.history("sla"))[0]).toMatchObject({
      reason: "退回到第 1 版：试行结束",
      origin: "desk",
    });
    expect(await desk.diff("sla", 1, 2)).toEqual(["办理时限的提前提醒：0.7 → 0.5"]);
    expect(await desk.diff("sla", 1, 3)).toEqual([]);
    await expect(desk.rollback("sla", 9, ADMIN, "无此版")).rejects.toMatchObject({ code: "not-found" });
    await desk.save("routing", [{ id: "R", departments: ["center"] }], ADMIN, "并入中心");
    const fewer = desk.current().departments.filter(({ id }) => id !== "finance");
    await desk.save("departments", fewer, ADMIN, "撤并");
    await expect(desk.rollback("routing", 1, ADMIN, "退回")).rejects.toMatchObject({
      code: "unusable-input",
    });
    await expect(desk.rollback("sla", 1, STAFF, "我来")).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("files and desk", () => {
  const changed = makeSettings({ calendar: { holidays: ["2027-01-02"], workdays: [] } });

  it("takes a changed file where nobody changed the part by hand, once", async () => {
    const { start } = await openWorld();
    const desk = await start(changed);
    expect(desk.current().calendar.holidays).toEqual(["2027-01-02"]);
    expect(desk.revisionOf("calendar")).toBe(2);
    expect(desk.revisionOf("sla")).toBe(1);
    expect((await start(changed)).revisionOf("calendar")).toBe(2);
  });

  it("keeps what was changed by hand and says so, until the part follows its file again", async () => {
    const { desk, start } = await openWorld();
    const own = { holidays: ["2027-05-06"], workdays: [] };
    await desk.save("calendar", own, ADMIN, "园区放假");
    expect((await start()).problems().filter(({ part }) => part === "calendar")).toEqual([]);
    const later = await start(changed);
    expect(later.current().calendar).toEqual(own);
    expect(later.problems()).toContainEqual(
      expect.objectContaining({
        level: "warning",
        part: "calendar",
        text: expect.stringContaining("以系统中的为准"),
      }),
    );
    await later.followFile("calendar", ADMIN, "以文件为准");
    expect(later.current().calendar.holidays).toEqual(["2027-01-02"]);
    const next = await start(makeSettings());
    expect(next.current().calendar.holidays).toEqual([]);
    expect(next.problems().filter(({ part }) => part === "calendar")).toEqual([]);
  });

  it("does not take a file that no longer fits what was changed by hand", async () => {
    const { desk, start } = await openWorld();
    const members = { do: "save-member", department: "center", member: LI } as const;
    await desk.changeDepartment(members, ADMIN, "加人");
    const wider = makeSettings();
    const next = await start({
      ...wider,
      departments: [...wider.departments, makeDepartment({ id: "new", name: "新部门" })],
      routing: [{ id: "R-new", departments: ["new"] }],
    });
    expect(next.current().routing).toEqual(makeSettings().routing);
    expect(next.problems().map(({ part }) => part)).toEqual(
      expect.arrayContaining(["departments", "routing"]),
    );
    expect(next.problems().every(({ level }) => level === "warning")).toBe(true);
  });

  it("starts twice at once", async () => {
    const storage = await openTemporaryStorage();
    opened.push(storage);
    const start = () =>
      createSettingsDesk({ store: storage.tickets, files: makeSettings(), clock: () => NOW });
    const desks = await Promise.all([start(), start(), start()]);
    for (const desk of desks) expect(desk.revisionOf("departments")).toBe(1);
  });

  it("stays with the file where the database cannot be read, and says so", async () => {
    const { storage, start } = await openWorld();
    const record = {
      part: "sla",
      content: { terms: "?" },
      origin: "desk",
      contentHash: "x",
      by: "cli:x",
    } as const;
    await storage.tickets.saveSettings({ ...record, at: NOW.toISOString(), reason: null }, 1, {
      actor: "cli:x",
    });
    const desk = await start();
    expect(desk.current().sla).toEqual(makeSettings().sla);
    expect(desk.problems()).toContainEqual(expect.objectContaining({ level: "error", part: "sla" }));
  });
});
