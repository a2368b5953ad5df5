import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { requestOf } from "../support/desk-of-tickets.ts";
import { type OfficeChatWorld, openOfficeChat } from "../support/office-chat-world.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

let world: OfficeChatWorld;
beforeEach(async () => {
  world = await openOfficeChat();
});
afterEach(() => world.close());

const departmentOf = (id: string) => world.settings.current().departments.find((one) => one.id === id);
const namesOf = (id: string) => departmentOf(id)?.specialists.map(({ name }) => name);
const rolesOf = async (userId: string) => [...(await world.access.actorOf(`feishu:${userId}`)).roles];
/** The card that an administrator got of a registration. */
const cardOf = (userId: string) => {
  const card = world.sentTo(userId).findLast(({ kind }) => kind === "office-application");
  if (card) return card;
  throw new Error(`${userId} got no card`);
};

describe("a department's group", () => {
  it("is set where an administrator says so, and says what will happen", async () => {
    const reply = await world.saysIn("oc_finance", "ou_admin", "本群受理区财政局的工单");
    expect(departmentOf("finance")?.group).toBe("feishu:oc_finance");
    expect(reply.plainText).toContain("卡片发到本群");
    expect(reply.plainText).toContain("登记为区财政局专员 姓名");
    expect((await world.saysIn("oc_finance", "ou_admin", "本群受理区财政局的工单")).headline).toContain(
      "已在受理",
    );
  });

  it("replaces another group only after a look", async () => {
    const asked = await world.saysIn("oc_new", "ou_admin", "本群受理区科委的工单");
    expect(departmentOf("science")?.group).toBe("feishu:oc_science");
    const group = { chatId: "oc_new", chatKind: "group" } as const;
    expect((await world.presses("ou_li", asked, "确认改为本群", undefined, group)).kind).toBe(
      "office-refused",
    );
    await world.presses("ou_admin", asked, "确认改为本群", undefined, group);
    expect(departmentOf("science")?.group).toBe("feishu:oc_new");
    // Pressed again after somebody else moved it: shown anew.
    await world
      .saysIn("oc_third", "ou_admin2", "本群受理区科委的工单")
      .then((card) =>
        world.presses("ou_admin2", card, "确认改为本群", undefined, { ...group, chatId: "oc_third" }),
      );
    await world.presses("ou_admin", asked, "确认改为本群", undefined, group);
    expect(departmentOf("science")?.group).toBe("feishu:oc_third");
  });

  it("replaces another group by the typed word, too, and only what still stands as it was shown", async () => {
    const asked = await world.saysIn("oc_new", "ou_admin", "本群受理区科委的工单");
    expect(asked.plainText).toContain("确认修改");
    expect((await world.saysIn("oc_new", "ou_admin2", "确认修改")).kind).toBe("office-private");
    expect(departmentOf("science")?.group).toBe("feishu:oc_science");
    const done = await world.saysIn("oc_new", "ou_admin", "确认修改");
    expect(done.headline).toBe("已设定：本群受理区科委的工单。");
    expect(departmentOf("science")?.group).toBe("feishu:oc_new");
    await world.saysIn("oc_third", "ou_admin", "本群受理区科委的工单");
    await world.saysIn("oc_third", "ou_admin", "取消修改");
    await world.saysIn("oc_third", "ou_admin", "确认修改");
    expect(departmentOf("science")?.group).toBe("feishu:oc_new");
  });

  it("is given up, and not by others", async () => {
    const refused = await world.saysIn("oc_science", "ou_zhang", "本群不再受理工单");
    expect(refused.kind).toBe("office-refused");
    expect(departmentOf("science")?.group).toBe("feishu:oc_science");
    await world.saysIn("oc_science", "ou_admin", "本群不再受理工单");
    expect(departmentOf("science")?.group).toBeNull();
  });

  it("may be that of two departments; who registers there names theirs", async () => {
    await world.saysIn("oc_science", "ou_admin", "本群受理区财政局的工单");
    expect([departmentOf("science")?.group, departmentOf("finance")?.group]).toEqual([
      "feishu:oc_science",
      "feishu:oc_science",
    ]);
    const asked = await world.saysIn("oc_science", "ou_new", "登记为专员 钱七");
    expect(asked.plainText).toContain("请写明部门");
    const done = await world.saysIn("oc_science", "ou_admin", "本群不再受理工单");
    expect(done.headline).toBe("本群不再受理区科委、区财政局的工单。");
  });

  it("cannot be set from a direct chat", async () => {
    const reply = await world.says("ou_admin", "本群受理区财政局的工单");
    expect(reply.kind).toBe("office-refused");
    expect(reply.plainText).toContain("到该部门的群里");
  });
});

describe("registration", () => {
  it("goes to every administrator; one agrees, the other is told who did", async () => {
    const asked = await world.saysIn("oc_science", "ou_new", "登记为专员 钱七");
    expect(asked.headline).toBe("已提交：钱七登记为区科委专员。");
    expect(namesOf("science")).not.toContain("钱七");
    expect(await rolesOf("ou_new")).toEqual(["staff"]);
    const done = await world.presses("ou_admin", cardOf("ou_admin"), "同意", { reason: "" });
    expect(done.headline).toContain("已同意");
    expect(namesOf("science")).toContain("钱七");
    expect(await rolesOf("ou_new")).toContain("specialist");
    expect(world.sentTo("ou_new").at(-1)?.headline).toBe("您已登记为区科委专员。");
    const second = await world.presses("ou_admin2", cardOf("ou_admin2"), "不同意", { reason: "晚了" });
    expect(second.headline).toContain("已由");
    expect(second.headline).toContain("同意钱七登记为区科委专员");
    expect(namesOf("science")).toContain("钱七");
  });

  it("is decided once when two administrators press together", async () => {
    await world.says("ou_new", "登记为区财政局专员 钱七");
    const replies = await Promise.all([
      world.presses("ou_admin", cardOf("ou_admin"), "同意"),
      world.presses("ou_admin2", cardOf("ou_admin2"), "同意"),
    ]);
    expect(replies.filter(({ headline }) => headline.startsWith("已同意"))).toHaveLength(1);
    expect(replies.filter(({ headline }) => headline.startsWith("已由"))).toHaveLength(1);
    expect(await world.storage.tickets.settingsHistory("departments")).toHaveLength(2);
  });

  it("is typed by the name or the bare id; another word is told who waits", async () => {
    await world.says("ou_new", "登记为区财政局专员 钱七");
    await world.says("ou_other", "登记为区财政局专员 孙八");
    const unknown = await world.says("ou_admin", "同意登记 周九");
    expect(unknown.plainText).toContain("钱七（feishu:ou_new）");
    expect((await world.says("ou_admin", "同意登记 ou_new")).headline).toContain("已同意：钱七");
    expect((await world.says("ou_admin", "不同意登记 ou_other 原因：请先由部门确认")).headline).toContain(
      "孙八",
    );
    expect(namesOf("finance")).toEqual(["钱七"]);
  });

  it("is refused with a reason, which the person reads", async () => {
    await world.says("ou_new", "登记为区财政局专员 钱七");
    const card = cardOf("ou_admin");
    const missing = await world.presses("ou_admin", card, "不同意", { reason: " " });
    expect(missing.plainText).toContain("请写明不同意的原因");
    await world.presses("ou_admin", card, "不同意", { reason: "请先由部门确认" });
    expect(world.sentTo("ou_new").at(-1)?.plainText).toContain("原因：请先由部门确认");
    expect(namesOf("finance")).toEqual([]);
    expect(await rolesOf("ou_new")).toEqual(["staff"]);
  });

  it("waits across a restart and is found without a card; after seven days it is over", async () => {
    await world.says("ou_new", "登记为区财政局专员 钱七");
    await world.says("ou_other", "登记为区财政局专员 孙八");
    await world.restart();
    expect((await world.says("ou_admin", "登记申请")).plainText).toContain("钱七");
    expect((await world.says("ou_admin", "同意登记 钱七")).headline).toContain("已同意");
    world.advance(7 * DAY_MS + 1);
    expect((await world.says("ou_admin", "登记申请")).plainText).toContain("没有等待处理");
    const late = await world.presses("ou_admin", cardOf("ou_admin"), "同意");
    expect(late.headline).toContain("已超过 7 日");
    expect(namesOf("finance")).toEqual(["钱七"]);
  });

  it("is not asked for twice, needs a name, and nobody but administrators decides", async () => {
    expect((await world.says("ou_new", "登记为区财政局专员")).plainText).toContain("请写明姓名");
    await world.says("ou_new", "登记为区财政局专员 钱七");
    expect((await world.says("ou_new", "登记为区财政局专员 钱七")).plainText).toContain("正等待管理员处理");
    expect(world.sentTo("ou_admin").filter(({ kind }) => kind === "office-application")).toHaveLength(1);
    for (const person of ["ou_new", "ou_zhang"]) {
      expect((await world.presses(person, cardOf("ou_admin"), "同意")).kind).toBe("office-refused");
    }
    expect(namesOf("finance")).toEqual([]);
  });

  it("is finished by pressing again when it was interrupted, and told once", async () => {
    await world.says("ou_new", "登记为区财政局专员 钱七");
    world.failNextSave();
    expect((await world.presses("ou_admin", cardOf("ou_admin"), "同意")).kind).toBe("error");
    expect(namesOf("finance")).toEqual(["钱七"]);
    expect((await world.presses("ou_admin2", cardOf("ou_admin2"), "同意")).headline).toContain("已同意");
    expect(namesOf("finance")).toEqual(["钱七"]);
    expect(world.sentTo("ou_new").filter(({ kind }) => kind === "office-registered")).toHaveLength(1);
  });

  it("of an administrator is done at once", async () => {
    await world.says("ou_admin", "登记为区财政局专员 周九");
    expect(namesOf("finance")).toEqual(["周九"]);
    expect(await rolesOf("ou_admin")).toEqual(expect.arrayContaining(["admin", "specialist"]));
  });

  it("shows what the platform calls the person", async () => {
    await world.says("ou_new", "登记为区财政局专员 钱七", { userName: "路人甲" });
    expect(cardOf("ou_admin").plainText).toContain("与平台显示名不同");
  });
});

describe("members", () => {
  it("leave by their own word; the role goes with the last department", async () => {
    const asked = await world.says("ou_zhang", "退出专员");
    expect(namesOf("science")).toContain("张三");
    const left = await world.presses("ou_zhang", asked, "确认退出");
    expect(left.headline).toBe("您已退出区科委专员。");
    expect(namesOf("science")).toEqual(["李四"]);
    expect(await rolesOf("ou_zhang")).toEqual(["staff"]);
    expect(world.sentTo("ou_admin").at(-1)?.headline).toContain("张三已退出");
    expect((await world.says("ou_zhang", "确认退出专员")).headline).toContain("您目前不是");
  });

  it("are removed by an administrator, and told; what they held is open again", async () => {
    const opened = await world.desk.open(requestOf("u1", "想找基金"));
    if (!("ticket" in opened)) throw new Error(opened.outcome);
    const { ticketId, tasks } = opened.ticket;
    const taskId = tasks[0]?.taskId ?? "";
    const zhang = await world.access.actorOf("feishu:ou_zhang");
    await world.desk.act(ticketId, { do: "claim", taskId }, zhang, "claim");
    expect((await world.says("ou_li", "移除专员 张三 区科委")).kind).toBe("office-refused");
    const done = await world.says("ou_admin", "移除专员 张三 区科委 原因：调岗");
    expect(done.headline).toBe("已移除：区科委 张三。");
    expect(done.plainText).toContain("1 张未办结");
    expect(done.plainText).toContain("R-C02-投资");
    expect(namesOf("science")).toEqual(["李四"]);
    expect(world.sentTo("ou_zhang").at(-1)?.plainText).toContain("原因：调岗");
    expect((await world.says("ou_admin", "移除专员 张三 区科委")).plainText).toContain("没有名为“张三”");
  });

  it("are not named in a group", async () => {
    const line = await world.saysIn("oc_science", "ou_admin", "移除专员 吴十 区科委");
    expect(line.kind).toBe("office-private");
    expect(line.plainText).not.toContain("李四");
    expect(world.sentTo("ou_admin").at(-1)?.plainText).toContain("李四");
  });

  it("lead or no longer", async () => {
    await world.says("ou_admin", "设为负责人 张三 区科委");
    expect(departmentOf("science")?.leads).toEqual(["feishu:ou_li", "feishu:ou_zhang"]);
    await world.says("ou_admin", "取消负责人 李四");
    expect(departmentOf("science")?.leads).toEqual(["feishu:ou_zhang"]);
    expect((await world.says("ou_admin", "设为负责人 王五 区科委")).kind).toBe("office-refused");
  });
});
