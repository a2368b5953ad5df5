import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { requestOf } from "../support/desk-of-tickets.ts";
import { type OfficeChatWorld, openOfficeChat } from "../support/office-chat-world.ts";

let world: OfficeChatWorld;
beforeEach(async () => {
  world = await openOfficeChat();
});
afterEach(() => world.close());

const ruleOf = (id: string) => world.settings.current().routing.find((rule) => rule.id === id);
const history = (part: string) => world.storage.tickets.settingsHistory(part);

describe("settings, readable", () => {
  it("departments with what is missing and the next step", async () => {
    const { plainText } = await world.says("ou_admin", "部门设置");
    expect(plainText).toContain("区科委：专员 2 人：张三、李四；负责人：李四；已设群");
    expect(plainText).toContain("区科技发展促进中心（兜底）");
    expect(plainText).toContain("还没有专员，也没有群的部门：区空缺局、区财政局。");
    expect(plainText).toContain("办公时间（各部门相同）：工作日 09:00–17:00");
    expect(plainText).not.toContain("ou_");
  });

  it("the routing table, by category and by department", async () => {
    const all = await world.says("ou_zhang", "分派表");
    expect(all.plainText).toContain("融资与基金：区科委（另有 2 条细分规则）");
    expect(all.plainText).toContain("其他/超范围：未设通用规则，由兜底部门受理");
    const some = await world.says("ou_admin", "分派表 融资");
    expect(some.plainText).toContain(
      "R-C02-投资：含“投资人、路演”之一 → 区科委牵头，区科技发展促进中心协同（小组：成果转化组，直接交给张三）",
    );
    expect((await world.says("ou_admin", "分派表 区空缺局")).plainText).toContain("上市与资本市场｜R-C03");
    expect((await world.says("ou_admin", "分派表 天文")).kind).toBe("office-refused");
  });

  it("terms, calendar, templates, duty line", async () => {
    expect((await world.says("ou_admin", "时限设置")).plainText).toContain(
      "首次回应 2 小时，后续回应 4 小时，办结 16 小时",
    );
    expect((await world.says("ou_admin", "日历")).plainText).toContain("法定节假日与调休");
    expect((await world.says("ou_admin", "答复模板")).plainText).toContain("致谢");
    expect((await world.says("ou_admin", "值班电话")).plainText).toContain("没有设置值班电话");
  });

  it("goes to the direct chat when it was asked in a group", async () => {
    const line = await world.saysIn("oc_science", "ou_admin", "分派表");
    expect(line).toMatchObject({ kind: "office-private" });
    expect(line.plainText).not.toContain("融资");
    expect(world.sentTo("ou_admin").at(-1)?.plainText).toContain("融资与基金");
  });
});

describe("a change of the routing table", () => {
  const WORDS = "融资与基金改由区财政局受理，原因：职责调整";

  it("is shown in words, then confirmed with the reason that was given", async () => {
    const card = await world.says("ou_admin", WORDS);
    expect(card.plainText).toContain("规则 R-C02的部门：区科委 → 区财政局");
    expect(card.plainText).toContain("R-C02-C03");
    expect(ruleOf("R-C02")?.departments).toEqual(["science"]);
    const done = await world.presses("ou_admin", card, "确认");
    expect(done.headline).toContain("已生效");
    expect(ruleOf("R-C02")?.departments).toEqual(["finance"]);
    // Who assisted goes on assisting; the person and the group of the former lead step back.
    expect(ruleOf("R-C02-投资")).toMatchObject({
      departments: ["finance", "centre"],
      words: ["投资人", "路演"],
    });
    expect(ruleOf("R-C02-投资")).not.toHaveProperty("assignee");
    expect(ruleOf("R-C02-C03")?.departments).toEqual(["centre"]);
    expect((await history("routing"))[0]).toMatchObject({ by: "feishu:ou_admin", reason: "职责调整" });
    const again = await world.presses("ou_admin", card, "确认");
    expect(again.headline).toContain("此前已处理");
    expect(await history("routing")).toHaveLength(2);
  });

  it("needs a reason, and can be dropped", async () => {
    const card = await world.says("ou_admin", "R-C02-投资改由区财政局受理");
    expect((await world.says("ou_admin", "确认修改")).plainText).toContain("请写明修改的原因");
    await world.says("ou_admin", "取消修改");
    expect((await world.presses("ou_admin", card, "确认", { reason: "测试" })).headline).toContain("已取消");
    expect(ruleOf("R-C02-投资")?.departments[0]).toBe("science");
    await world.says("ou_admin", "R-C02-投资改由区财政局受理");
    await world.says("ou_admin", "确认修改，原因：测试");
    expect(ruleOf("R-C02-投资")?.departments[0]).toBe("finance");
    expect(ruleOf("R-C02")?.departments[0]).toBe("science");
  });

  it("gives a category without a rule one of its own", async () => {
    await world.says("ou_admin", "其他/超范围改由区财政局受理，原因：测试");
    await world.says("ou_admin", "确认修改");
    expect(ruleOf("R-C15")).toMatchObject({ categories: ["C15"], departments: ["finance"] });
  });

  it("is not carried out when the table moved on since it was shown", async () => {
    const card = await world.says("ou_admin", WORDS);
    await world.says("ou_admin2", "R-C03改由区财政局受理，原因：测试");
    await world.says("ou_admin2", "确认修改");
    const late = await world.presses("ou_admin", card, "确认");
    expect(late.kind).toBe("office-refused");
    expect(late.plainText).toContain("新的修改");
    expect(ruleOf("R-C02")?.departments).toEqual(["science"]);
  });

  it("survives a restart; of two cards the newer one counts; others cannot confirm", async () => {
    const older = await world.says("ou_admin", WORDS);
    const newer = await world.says("ou_admin", "R-C03改由区财政局受理，原因：测试");
    await world.restart();
    expect((await world.presses("ou_admin", older, "确认")).plainText).toContain("已失效");
    expect((await world.presses("ou_zhang", newer, "确认")).kind).toBe("office-refused");
    expect((await world.presses("ou_admin2", newer, "确认")).kind).toBe("office-refused");
    await world.presses("ou_admin", newer, "确认");
    expect(ruleOf("R-C03")?.departments).toEqual(["finance"]);
  });

  it("is done once when it was interrupted after it was saved", async () => {
    const card = await world.says("ou_admin", WORDS);
    world.failNextSave();
    expect((await world.presses("ou_admin", card, "确认")).kind).toBe("error");
    expect(await history("routing")).toHaveLength(2);
    const again = await world.presses("ou_admin", card, "确认");
    expect(again.plainText).toContain("区科委 → 区财政局");
    expect(await history("routing")).toHaveLength(2);
  });

  it("is for administrators", async () => {
    const refused = await world.says("ou_zhang", WORDS);
    expect(refused.kind).toBe("office-refused");
    expect(refused.plainText).toContain("维护分派表");
  });
});

describe("history", () => {
  it("tells what changed, and goes back after a look", async () => {
    await world.says("ou_admin", "R-C03改由区财政局受理，原因：职责调整");
    await world.says("ou_admin", "确认修改");
    const shown = await world.says("ou_admin", "设置历史 分派表");
    expect(shown.plainText).toContain("规则 R-C03的部门：区空缺局 → 区财政局");
    expect(shown.plainText).toContain("原因：职责调整");
    const card = await world.says("ou_admin", "退回设置 分派表 1");
    expect(card.plainText).toContain("区财政局 → 区空缺局");
    expect(ruleOf("R-C03")?.departments).toEqual(["finance"]);
    await world.presses("ou_admin", card, "确认", { reason: "改错了" });
    expect(ruleOf("R-C03")?.departments).toEqual(["empty"]);
    expect((await history("routing"))[0]?.reason).toBe("退回到第 1 版：改错了");
    expect((await world.says("ou_admin", "退回设置 分派表 9")).kind).toBe("office-refused");
    expect((await world.says("ou_admin", "设置历史 天气")).plainText).toContain("可用：");
    expect((await world.says("ou_zhang", "设置历史 分派表")).kind).toBe("office-refused");
  });
});

describe("suggestions", () => {
  beforeEach(async () => {
    const admin = await world.access.actorOf("feishu:ou_admin");
    for (const index of [1, 2, 3, 4]) {
      const opened = await world.desk.open(requestOf(`u${index}`, `想找基金${index}`));
      if (!("ticket" in opened)) throw new Error(opened.outcome);
      const { ticketId, tasks } = opened.ticket;
      const command = {
        ...({ do: "transfer", to: { department: "centre" } } as const),
        ...{ taskId: tasks[0]?.taskId ?? "", reason: "由中心承办" },
      };
      await world.desk.act(ticketId, command, admin, `move-${index}`);
    }
  });

  it("are listed with counts and reasons, and adopted after a look", async () => {
    const listed = await world.says("ou_admin", "分派建议");
    expect(listed.plainText).toContain("分给区科委的 4 件中有 4 件转到区科技发展促进中心");
    expect(listed.plainText).toContain("由中心承办");
    const card = await world.presses("ou_admin", listed, "采纳 1");
    expect(card.plainText).toContain("改为：R-C02：不限条件 → 区科技发展促进中心");
    expect(ruleOf("R-C02")?.departments).toEqual(["science"]);
    await world.presses("ou_admin", card, "确认", { reason: "符合实际" });
    expect(ruleOf("R-C02")?.departments).toEqual(["centre"]);
    expect((await world.presses("ou_admin", listed, "采纳 1")).plainText).toContain("可能已被采纳");
  });

  it("are adopted at once when the reason is typed", async () => {
    expect((await world.says("ou_zhang", "采纳建议 1 符合实际")).kind).toBe("office-refused");
    const done = await world.says("ou_admin", "采纳建议 1 符合实际");
    expect(done.headline).toContain("已生效");
    expect(ruleOf("R-C02")?.departments).toEqual(["centre"]);
    expect((await history("routing"))[0]?.reason).toBe("符合实际");
  });
});
