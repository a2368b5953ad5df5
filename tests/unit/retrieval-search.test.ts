import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { EmbeddingModel } from "../../src/models/index.ts";
import { sumParts } from "../../src/retrieval/ranking/rank-clauses.ts";
import type { DocumentId } from "../../src/shared/index.ts";
import type { NewClause } from "../../src/storage/index.ts";
import { createRetrievalWorld, type RetrievalWorld, searchTexts } from "../support/retrieval-world.ts";
import { makeVersion } from "../support/storage-samples.ts";

let world: RetrievalWorld;

beforeEach(async () => {
  world = await createRetrievalWorld();
});

afterEach(() => world.remove());

describe("search", () => {
  test("puts the clause that answers first, with what it takes to cite it", async () => {
    await world.publishSamples();
    const retriever = await world.openRetriever();
    const { hits, analysis } = await retriever.search("人才安居工程怎么实施", { top: 2 });
    const [first] = hits;
    expect(first?.clause).toMatchObject({
      documentId: "document-人才",
      title: "人才行动方案",
      section: "一（1）",
      heading: ["一、重点任务"],
      text: "加快实施“租购并举”的人才安居工程，增强人才安居政策穿透力。",
      ordinal: 0,
      start: 0,
      passageId: null,
    });
    expect(first?.rank).toBe(1);
    expect(first?.coverage).toBeGreaterThan(0.5);
    expect(analysis.words.map((word) => word.text)).toContain("实施");
    for (const hit of hits) expect(hit.score).toBeCloseTo(sumParts(hit.parts), 6);
    expect(hits.map((hit) => hit.score)).toEqual(hits.map((hit) => hit.score).toSorted((a, b) => b - a));
  });

  test("finds letters beside characters and traditional characters", async () => {
    await world.publishSamples();
    const retriever = await world.openRetriever();
    expect((await searchTexts(retriever, "ipo有支持吗"))[0]).toContain("境内IPO企业");
    expect((await searchTexts(retriever, "天使投資引導基金"))[0]).toContain("天使投资引导基金");
  });

  test.each([
    ["an empty index", false, "人才安居"],
    ["an empty question", true, ""],
    ["emoji only", true, "😀😀🎉"],
    ["control characters only", true, "\u0000\u0001\u0002\u001b[31m\u200b"],
    ["punctuation only", true, "？？！……"],
  ])("answers %s with no hits", async (_, filled, question) => {
    if (filled) await world.publishSamples();
    const retriever = await world.openRetriever();
    expect((await retriever.search(question, { top: 5 })).hits).toEqual([]);
    expect(retriever.size).toBe(filled ? 5 : 0);
  });

  test("takes 100 KB, mixed languages and lone surrogates", async () => {
    await world.publishSamples();
    const retriever = await world.openRetriever();
    const long = `天使投资引导基金${"今天天气很好，".repeat(15_000)}`;
    expect(long.length).toBeGreaterThan(100_000);
    expect((await searchTexts(retriever, long))[0]).toContain("天使投资引导基金");
    expect((await searchTexts(retriever, "angel fund 天使投资 \ud800 fünding"))[0]).toContain(
      "天使投资引导基金",
    );
  });

  test("counts earlier questions, but less than the question", async () => {
    await world.publishSamples();
    const retriever = await world.openRetriever();
    const context = ["天使投资引导基金怎么申请"];
    const alone = await retriever.search("上市", { top: 1 }, context);
    expect(alone.hits[0]?.clause.text).toContain("多渠道上市");
    const followUp = await retriever.search("杠杆呢", { top: 1 }, context);
    expect(followUp.hits[0]?.clause.text).toContain("天使投资引导基金");
  });

  test("keeps to one document, collection or set of versions", async () => {
    await world.publishSamples();
    const retriever = await world.openRetriever();
    const search = async (options: object) =>
      (await retriever.search("支持企业上市 人才 基金", { top: 10, ...options })).hits.map(
        (hit) => hit.clause.documentId,
      );
    expect(new Set(await search({ documentId: "document-基金" as DocumentId }))).toEqual(
      new Set(["document-基金"]),
    );
    expect(await search({ collection: "elsewhere" })).toEqual([]);
    expect(await search({ versionIds: new Set() })).toEqual([]);
  });
});

describe("documents", () => {
  const rule = (place: string) => [`${place}对新认定的科技企业孵化器给予一次性奖励。`];

  test("of another place come after those of the home place and of no place", async () => {
    await world.publish("甲", ["对新认定的科技企业孵化器给予一次性奖励，奖励标准另定。"], {
      places: ["广东省", "广州市"],
    });
    await world.publish("乙", ["园区支持科技企业孵化器建设，给予奖励。"], { places: ["上海市", "奉贤区"] });
    await world.publish("丙", ["对科技企业孵化器给予奖励。"]);
    const retriever = await world.openRetriever(["上海市", "奉贤区"]);
    const ask = async (question: string) =>
      (await retriever.search(question, { top: 3 })).hits.map((hit) => hit.clause.documentId.slice(-1));
    expect((await ask("科技企业孵化器有什么奖励")).at(-1)).toBe("甲");
    const { hits } = await retriever.search("科技企业孵化器有什么奖励", { top: 3 });
    const placePart = (key: string) =>
      hits.find((hit) => hit.clause.documentId.endsWith(key))?.parts.place ?? Number.NaN;
    expect(placePart("甲")).toBeLessThan(0);
    expect(placePart("乙")).toBeGreaterThan(0);
    expect(placePart("丙")).toBe(0);
    expect((await ask("广州的科技企业孵化器有什么奖励"))[0]).toBe("甲");
    expect((await ask("奉贤的科技企业孵化器有什么奖励"))[0]).toBe("乙");
  });

  test("of a parent place are not put down", async () => {
    await world.publish("市", rule("本市"), { places: ["上海市"] });
    const home = await world.openRetriever(["上海市", "奉贤区"]);
    const [hit] = (await home.search("科技企业孵化器奖励", { top: 1 })).hits;
    expect(hit?.parts.place).toBe(0);
  });

  test.each([
    ["《孵化器认定管理办法》里怎么奖励"],
    ["沪科规2025 12号怎么奖励"],
    ["沪科规（2025）第12号 的奖励"],
    ["沪科规〔2025〕12号的奖励标准"],
  ])("named in the question come first: %s", async (question) => {
    await world.publish("甲", ["奖励标准为一次性奖励，奖励怎么发放见附件。", ...rule("本区")]);
    await world.publish("乙", ["对符合条件的给予奖励。"], {
      title: "孵化器认定管理办法（试行）",
      documentNumber: "沪科规〔2025〕12号",
    });
    const retriever = await world.openRetriever();
    const { hits } = await retriever.search(question, { top: 2 });
    expect(hits[0]?.clause.documentId).toBe("document-乙");
  });
});

describe("with vectors", () => {
  /** Knows two subjects, and nothing of wording. */
  const subjectModel: EmbeddingModel = {
    name: "subjects",
    dimensions: 3,
    embed: async (texts) =>
      texts.map((text) => {
        if (/住|租|安居/.test(text)) return Float32Array.of(1, 0, 0);
        return /钱|基金/.test(text) ? Float32Array.of(0, 1, 0) : Float32Array.of(0, 0, 1);
      }),
  };

  test("finds what is near in meaning and shares no word", async () => {
    await world.publishSamples();
    const retriever = await world.openRetriever([], subjectModel);
    await expect.poll(() => retriever.describe().join()).toContain("已启用");
    const { hits } = await retriever.search("住哪", { top: 5 });
    expect(hits[0]?.clause.text).toContain("人才安居工程");
    expect(hits[0]?.parts.vector).toBeGreaterThan(0);
    const kept = await retriever.search("住哪", { top: 5, documentId: "document-基金" as DocumentId });
    expect(new Set(kept.hits.map((hit) => hit.clause.documentId))).toEqual(new Set(["document-基金"]));
    await world.publish("公寓", ["新建长租住房两千套。"]);
    await retriever.refresh();
    await expect
      .poll(async () => (await retriever.search("住哪", { top: 9 })).hits.map((hit) => hit.clause.documentId))
      .toContain("document-公寓");
    await retriever.close();
  });

  test("answers by words while the model is dead", async () => {
    await world.publishSamples();
    const dead: EmbeddingModel = { ...subjectModel, embed: () => Promise.reject(new Error("no answer")) };
    const retriever = await world.openRetriever([], dead);
    expect((await searchTexts(retriever, "人才安居"))[0]).toContain("人才安居工程");
    expect(retriever.describe().join()).toContain("按词语检索");
    await retriever.close();
  });
});

test("passages carry their id and their own title", async () => {
  const passage = (ordinal: number, title: string, text: string): NewClause => ({
    ordinal,
    section: `${ordinal + 1}`,
    level: 0,
    heading: title === "" ? [] : [title],
    text,
    start: 0,
    end: text.length,
    page: null,
    passageId: `p${ordinal}`,
  });
  const clauses = [passage(0, "租房补贴通知", "每月发放一次。"), passage(1, "", "每月召开例会一次。")];
  await world.storage.knowledge.saveVersion(makeVersion("集", "1", { clauses, collection: "passages" }));
  const retriever = await world.openRetriever();
  const { hits } = await retriever.search("租房补贴每月发放吗", { top: 2 });
  expect(hits[0]?.clause).toMatchObject({ passageId: "p0", title: "租房补贴通知", heading: [] });
});

test("scores a sentence alone by the words of the question", async () => {
  await world.publishSamples();
  const retriever = await world.openRetriever();
  const analysis = retriever.analyze("天使投资引导基金的杠杆");
  const whole = retriever.scoreText(analysis, "设立天使投资引导基金，发挥杠杆放大效应");
  const part = retriever.scoreText(analysis, "发挥杠杆放大效应");
  const none = retriever.scoreText(analysis, "持续举办大赛");
  expect(whole.coverage).toBeGreaterThan(0.99);
  expect(part.coverage).toBeGreaterThan(0);
  expect(part.coverage).toBeLessThan(whole.coverage);
  expect(whole.score).toBeGreaterThan(part.score);
  expect(none).toEqual({ score: 0, coverage: 0 });
});
