import exceljs from "exceljs";
import { afterEach, describe, expect, it } from "vitest";
import { type Actor, type Audience, publicAudience } from "../../src/access/index.ts";
import { findListWish, type Lists } from "../../src/matching/index.ts";
import {
  ADMIN,
  AT,
  type CatalogueWorld,
  createCatalogueWorld,
  lexicon,
  planText,
  STAFF,
} from "../support/catalogue-world.ts";

const DAY = "2026-11-23";
const EVERYBODY: Audience = publicAudience;

const worlds: CatalogueWorld[] = [];
afterEach(async () => {
  await Promise.all(worlds.splice(0).map(({ storage }) => storage.remove()));
});

async function createWorld(): Promise<CatalogueWorld> {
  const world = await createCatalogueWorld();
  worlds.push(world);
  await world.publish(planText);
  await world.sync();
  return world;
}

describe("a question for a list", () => {
  it.each([
    ["有哪些做生物医药的载体？", { list: "space", industries: ["biomedicine"] }],
    ["生物医药产业的载体有哪些", { list: "space", industries: ["biomedicine"] }],
    ["有没有做电子化学品的园区？", { list: "space", industries: ["electronic-chemicals"] }],
    ["载体清单发我", { list: "space" }],
    ["麻烦导出一份空间载体清单", { list: "space" }],
    ["奉贤有哪些孵化器", { list: "space", text: "孵化器" }],
    ["列一下西渡的载体清单", { list: "space", text: "西渡" }],
    ["最近有什么比赛", { list: "events", text: "赛事" }],
    ["近期有哪些活动可以参加", { list: "events" }],
    ["有什么论坛吗", { list: "events" }],
    ["研发项目清单", { list: "projects" }],
    ["化妆品的扶持政策列表", { list: "policies", industries: ["cosmetics"] }],
    ["沟通联络清单给我一份", { list: "contacts" }],
  ])("is “%s”", (text, wish) => {
    expect(findListWish(text, lexicon)).toEqual(wish);
  });

  it.each([
    "孵化器有哪些要求",
    "有哪些政策支持孵化器",
    "四清单是什么",
    "空间载体清单由谁更新",
    "园区有哪些企业",
    "我们做生物医药的，有哪些载体适合？",
    "想入驻孵化器",
    "天使投资引导基金投什么阶段",
    "区科委负责什么",
    "如何参加全球创新创业大赛",
    "举办活动有补贴吗",
    "到2026年要建成几家高质量孵化器",
    "",
  ])("is not “%s”", (text) => {
    expect(findListWish(text, lexicon)).toBeUndefined();
  });
});

describe("the maintained lists", () => {
  it("lists carriers of an industry with the clause that names them, the closest first", async () => {
    const { lists } = await createWorld();
    const found = await lists.search({ list: "space", industries: ["biomedicine"] }, EVERYBODY, DAY);
    expect(found.title).toBe("空间载体清单（生物医药）");
    const names = found.entries.map(({ name }) => name);
    expect(names.slice(0, 2)).toEqual(["生命信使生物医药产业基地", "衫谷·东久生物医药产业园"]);
    expect(names).toContain("东方美谷美丽健康产业园");
    expect(names).not.toContain("杭州湾化工新材料特色园区");
    for (const { source } of found.entries) {
      expect(source).toMatchObject({ status: "征求意见稿" });
      expect(planText).toContain(source?.quote);
    }
    expect(found.notes.join("")).toContain("凤创谷");
  });

  it("finds by place and by words, and says when nothing has them", async () => {
    const { lists } = await createWorld();
    const xidu = await lists.search({ list: "space", place: "西渡" }, EVERYBODY, DAY);
    expect(xidu.entries.map(({ name }) => name)).toEqual(["西渡版块"]);
    const incubators = await lists.search({ list: "space", text: "孵化器" }, EVERYBODY, DAY);
    expect(incubators.entries.map(({ name }) => name)).toEqual(["凤创谷", "汇智天地", "东方美谷（孵化器）"]);
    const quantum = await lists.search({ list: "space", text: "量子计算" }, EVERYBODY, DAY);
    expect(quantum.entries).toHaveLength(24);
    expect(quantum.notes[0]).toContain("没有写明与“量子计算”有关");
    const pets = await lists.search({ list: "space", industries: ["pet-care"] }, EVERYBODY, DAY);
    expect(pets.entries).toEqual([]);
    expect(pets.notes.join("")).toContain("没有写明面向该产业");
  });

  it("derives the policies from the programs that stand", async () => {
    const { lists, storage } = await createWorld();
    const all = await lists.search({ list: "policies" }, EVERYBODY, DAY);
    expect(all.entries).toHaveLength(48);
    await storage.programs.withdraw("P02", AT, { actor: "feishu:ou_admin" });
    const left = await lists.search({ list: "policies" }, EVERYBODY, DAY);
    expect(left.entries.map(({ entryId }) => entryId)).not.toContain("program:P02");
    const membrane = await lists.search({ list: "policies", industries: ["membrane"] }, EVERYBODY, DAY);
    const ids = membrane.entries.map(({ entryId }) => entryId);
    expect(ids[0]).toBe("program:P46");
    expect(ids).toContain("program:P35");
    expect(ids).not.toContain("program:P33");
  });

  it("says that the document names no contact, instead of inventing one", async () => {
    const { lists } = await createWorld();
    const contacts = await lists.search({ list: "contacts" }, EVERYBODY, DAY);
    expect(contacts.entries).toEqual([]);
    expect(contacts.notes.join("")).toContain("管理员录入");
  });

  it("says of events that the document has no dates, until an administrator enters them", async () => {
    const { lists } = await createWorld();
    const before = await lists.search({ list: "events", text: "赛事" }, EVERYBODY, DAY);
    expect(before.entries.map(({ name }) => name)).toEqual([
      "全球创新创业大赛",
      "“BIGBANG”美妆科技创造营挑战赛",
    ]);
    expect(before.notes.join("")).toContain("没有写活动的日期");
    const dated = { startsOn: "2027-03-10", endsOn: "2027-03-12" };
    await lists.save({ entryId: "events-global-contest", list: "events", content: dated }, ADMIN, AT);
    const after = await lists.search({ list: "events", text: "全球" }, EVERYBODY, DAY);
    const [contest] = after.entries;
    expect(contest?.details).toContainEqual({ label: "日期", value: "2027-03-10 至 2027-03-11" });
    expect(contest?.details.at(-1)?.value).toBe("管理员 feishu:ou_admin 于 2026-11-23 录入");
    expect(contest?.source?.section).toBe("三（四）¶2");
  });

  it("keeps what an administrator entered over the next start, and removes it when told", async () => {
    const { lists, sync } = await createWorld();
    const content = { name: "青岚产业服务站", details: [{ label: "电话", value: "021-00000000" }] };
    const saved = await lists.save({ list: "contacts", content }, ADMIN, AT);
    expect(saved.entryId).toBe("contacts-desk-entry-1");
    await sync();
    const contacts = await lists.search({ list: "contacts" }, EVERYBODY, DAY);
    expect(contacts.entries).toMatchObject([{ name: "青岚产业服务站", source: null }]);
    expect(await lists.remove(saved.entryId, ADMIN, AT)).toBe(true);
    expect((await lists.search({ list: "contacts" }, EVERYBODY, DAY)).entries).toEqual([]);
  });

  it.each<[string, Omit<Parameters<Lists["save"]>[0], "list">, Actor, string, string]>([
    ["nobody but an admin", { content: { name: "青岚" } }, STAFF, "forbidden", "项目目录"],
    ["no empty name", { content: { name: " " } }, ADMIN, "unusable-input", "名称"],
    [
      "no industry that is unknown",
      { content: { name: "青岚", industries: ["gold"] } },
      ADMIN,
      "unusable-input",
      "gold",
    ],
    [
      "no day that does not exist",
      { content: { name: "青岚", startsOn: "2027-02-30" } },
      ADMIN,
      "unusable-input",
      "开始日期",
    ],
    [
      "no end before the start",
      { content: { name: "青岚", startsOn: "2027-03-02", endsOn: "2027-03-02" } },
      ADMIN,
      "unusable-input",
      "颠倒",
    ],
    [
      "no private number",
      { content: { name: "青岚", details: [{ label: "电话", value: "13800000000" }] } },
      ADMIN,
      "unusable-input",
      "手机号",
    ],
    [
      "no quote that the document does not have",
      {
        content: {
          name: "青岚",
          source: {
            document: "张江高新区奉贤园改革创新发展行动方案（2024-2026年）",
            section: "三（六）¶2",
            quote: "青岚园区",
          },
        },
      },
      ADMIN,
      "unusable-input",
      "出处",
    ],
    [
      "no entry that is not there",
      { entryId: "contacts-none", content: { name: "青岚" } },
      ADMIN,
      "not-found",
      "contacts-none",
    ],
  ])("takes %s", async (_what, entry, by, code, word) => {
    const { lists } = await createWorld();
    const thrown = await lists.save({ list: "contacts", ...entry }, by, AT).catch((error) => error);
    expect(thrown).toMatchObject({ code });
    expect(thrown.safeMessage).toContain(word);
    expect((await lists.search({ list: "contacts" }, EVERYBODY, DAY)).entries).toEqual([]);
  });

  it("leaves out what lost its clause, and names it to the admins", async () => {
    const { lists, publish } = await createWorld();
    await publish(planText.replaceAll("凤创谷", "凤鸣谷"));
    const space = await lists.search({ list: "space", text: "孵化器" }, EVERYBODY, DAY);
    expect(space.entries.map(({ name }) => name)).not.toContain("凤创谷");
    const lost = (await lists.listProblems(DAY)).map(({ name }) => name);
    expect(lost.toSorted()).toEqual(["东方美谷（孵化器）", "凤创谷", "汇智天地"]);
  });

  it("hides what rests on a document that the audience may not see", async () => {
    const { lists, storage, catalogue } = await createWorld();
    const documentId = (await catalogue.entries(DAY))[0]?.documentId;
    if (!documentId) throw new Error("not published");
    await storage.knowledge.setVisibility(documentId, { kind: "internal" }, AT, { actor: "feishu:ou_admin" });
    expect((await lists.search({ list: "space" }, EVERYBODY, DAY)).entries).toEqual([]);
    expect((await lists.search({ list: "policies" }, EVERYBODY, DAY)).entries).toEqual([]);
    const insider: Audience = {
      account: "feishu:ou_admin",
      roles: new Set(["admin"]),
      chatKind: "direct",
      chat: null,
    };
    expect((await lists.search({ list: "space" }, insider, DAY)).entries).toHaveLength(24);
  });

  it("writes a workbook with a sheet for each of the four lists", async () => {
    const { lists } = await createWorld();
    const bytes = await lists.toXlsx(await lists.all(EVERYBODY, DAY));
    const book = new exceljs.Workbook();
    await book.xlsx.load(bytes.buffer as ArrayBuffer);
    expect(book.worksheets.map(({ name }) => name)).toEqual([
      "空间载体清单",
      "研发项目清单",
      "扶持政策清单",
      "沟通联络清单",
    ]);
    const space = book.getWorksheet("空间载体清单");
    expect(space?.getRow(1).values).toEqual(expect.arrayContaining(["名称", "产业", "方向", "章节", "原文"]));
    expect(space?.getColumn(2).values).toContain("生命信使生物医药产业基地");
    expect(JSON.stringify(book.getWorksheet("沟通联络清单")?.getSheetValues())).toContain("须由管理员录入");
    const one = await lists.toXlsx(
      await lists.search({ list: "space", industries: ["biomedicine"] }, EVERYBODY, DAY),
    );
    await book.xlsx.load(one.buffer as ArrayBuffer);
    expect(book.worksheets.map(({ name }) => name)).toContain("空间载体清单（生物医药）");
  });
});
