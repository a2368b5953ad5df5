import { mkdtempSync, rmSync } from "node:fs";
import { mkdir, open, readdir, readFile, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { EmbeddingModel } from "../../src/models/index.ts";
import { createRetriever, type Retriever } from "../../src/retrieval/index.ts";
import { sumParts } from "../../src/retrieval/ranking/rank-clauses.ts";
import { createManualClock, type DocumentId, silentLogger, type VersionId } from "../../src/shared/index.ts";
import type { NewClause } from "../../src/storage/index.ts";
import { makeVersion, second } from "../support/storage-samples.ts";
import { openTemporaryStorage } from "../support/temporary-storage.ts";

const lexiconDirectory = resolve(import.meta.dirname, "../../knowledge/lexicon");
const clock = createManualClock(new Date("2026-11-22T00:00:00Z")).now;

let storage: Awaited<ReturnType<typeof openTemporaryStorage>>;
let dataDirectory: string;

beforeEach(async () => {
  storage = await openTemporaryStorage();
  dataDirectory = mkdtempSync(join(tmpdir(), "xiance-index-"));
});

afterEach(async () => {
  await storage.remove();
  rmSync(dataDirectory, { recursive: true, force: true });
});

const openRetriever = (homePlaces: readonly string[] = [], embedding?: EmbeddingModel): Promise<Retriever> =>
  createRetriever({
    ...(embedding && { embedding }),
    knowledgeStore: storage.knowledge,
    embeddingStore: storage.embeddings,
    ...{ dataDirectory, lexiconDirectory, homePlaces, clock, logger: silentLogger },
  });

interface Metadata {
  title?: string;
  places?: string[];
  documentNumber?: string;
}

async function publish(key: string, texts: string[], metadata: Metadata = {}, content = "1") {
  const clauses = texts.map(
    (text, ordinal): NewClause => ({
      ordinal,
      section: `一（${ordinal + 1}）`,
      level: 2,
      heading: ["一、重点任务"],
      text,
      start: ordinal * 200,
      end: ordinal * 200 + text.length,
      page: null,
      passageId: null,
    }),
  );
  const title = metadata.title ?? `${key}行动方案`;
  return storage.knowledge.saveVersion(
    makeVersion(key, content, {
      title,
      clauses,
      metadata: { ...metadata, title },
      at: second(Number(content)),
    }),
  );
}

async function publishSamples() {
  await publish("人才", [
    "加快实施“租购并举”的人才安居工程，增强人才安居政策穿透力。",
    "持续举办全球创新创业大赛，吸引海内外参赛项目签约落地。",
    "支持企业多渠道上市，包括境内IPO企业。",
  ]);
  await publish("基金", [
    "面向前沿新兴领域，设立天使投资引导基金，发挥财政资金的杠杆放大效应。",
    "到2026年，园区产业规模达千亿级以上。",
  ]);
}

const snapshotPath = () => join(dataDirectory, "index", "clauses.snapshot");

async function searchTexts(retriever: Retriever, question: string, top = 3): Promise<string[]> {
  const { hits } = await retriever.search(question, { top });
  return hits.map((hit) => hit.clause.text);
}

describe("search", () => {
  test("puts the clause that answers first, with what it takes to cite it", async () => {
    await publishSamples();
    const retriever = await openRetriever();
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
    await publishSamples();
    const retriever = await openRetriever();
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
    if (filled) await publishSamples();
    const retriever = await openRetriever();
    expect((await retriever.search(question, { top: 5 })).hits).toEqual([]);
    expect(retriever.size).toBe(filled ? 5 : 0);
  });

  test("takes 100 KB, mixed languages and lone surrogates", async () => {
    await publishSamples();
    const retriever = await openRetriever();
    const long = `天使投资引导基金${"今天天气很好，".repeat(15_000)}`;
    expect(long.length).toBeGreaterThan(100_000);
    expect((await searchTexts(retriever, long))[0]).toContain("天使投资引导基金");
    expect((await searchTexts(retriever, "angel fund 天使投资 \ud800 fünding"))[0]).toContain(
      "天使投资引导基金",
    );
  });

  test("counts earlier questions, but less than the question", async () => {
    await publishSamples();
    const retriever = await openRetriever();
    const context = ["天使投资引导基金怎么申请"];
    const alone = await retriever.search("上市", { top: 1 }, context);
    expect(alone.hits[0]?.clause.text).toContain("多渠道上市");
    const followUp = await retriever.search("杠杆呢", { top: 1 }, context);
    expect(followUp.hits[0]?.clause.text).toContain("天使投资引导基金");
  });

  test("keeps to one document, collection or set of versions", async () => {
    await publishSamples();
    const retriever = await openRetriever();
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
    await publish("甲", ["对新认定的科技企业孵化器给予一次性奖励，奖励标准另定。"], {
      places: ["广东省", "广州市"],
    });
    await publish("乙", ["园区支持科技企业孵化器建设，给予奖励。"], { places: ["上海市", "奉贤区"] });
    await publish("丙", ["对科技企业孵化器给予奖励。"]);
    const retriever = await openRetriever(["上海市", "奉贤区"]);
    const ask = async (question: string) =>
      (await retriever.search(question, { top: 3 })).hits.map((hit) => hit.clause.documentId.slice(-1));
    expect((await ask("科技企业孵化器有什么奖励")).at(-1)).toBe("甲");
    expect((await ask("广州的科技企业孵化器有什么奖励"))[0]).toBe("甲");
    expect((await ask("奉贤的科技企业孵化器有什么奖励"))[0]).toBe("乙");
  });

  test("of a parent place are not put down", async () => {
    await publish("市", rule("本市"), { places: ["上海市"] });
    const home = await openRetriever(["上海市", "奉贤区"]);
    const [hit] = (await home.search("科技企业孵化器奖励", { top: 1 })).hits;
    expect(hit?.parts.place).toBe(0);
  });

  test.each([
    ["《孵化器认定管理办法》里怎么奖励"],
    ["沪科规2025 12号怎么奖励"],
    ["沪科规（2025）第12号 的奖励"],
    ["沪科规〔2025〕12号的奖励标准"],
  ])("named in the question come first: %s", async (question) => {
    await publish("甲", ["奖励标准为一次性奖励，奖励怎么发放见附件。", ...rule("本区")]);
    await publish("乙", ["对符合条件的给予奖励。"], {
      title: "孵化器认定管理办法（试行）",
      documentNumber: "沪科规〔2025〕12号",
    });
    const retriever = await openRetriever();
    const { hits } = await retriever.search(question, { top: 2 });
    expect(hits[0]?.clause.documentId).toBe("document-乙");
  });
});

describe("the index", () => {
  test("is loaded from its snapshot, and follows what is published", async () => {
    await publishSamples();
    const first = await openRetriever();
    expect(first.describe().join()).toContain("重新建立");
    await first.close();
    const second = await openRetriever();
    expect(second.describe().join()).toContain("由快照载入");
    expect(await searchTexts(second, "天使投资引导基金")).toEqual(
      await searchTexts(first, "天使投资引导基金"),
    );
    await publish("基金", ["撤销天使投资引导基金，改设产业基金。"], {}, "2");
    await storage.knowledge.unpublishDocument("document-人才" as DocumentId, new Date());
    await second.refresh();
    expect(second.size).toBe(1);
    expect(await searchTexts(second, "天使投资 人才安居 上市")).toEqual([
      "撤销天使投资引导基金，改设产业基金。",
    ]);
  });

  test("scores after updates as one that was built anew", async () => {
    await publishSamples();
    const updated = await openRetriever();
    await publish(
      "基金",
      ["设立产业投资基金，引导社会资本聚力科技成果转化。", "支持企业多渠道上市。"],
      {},
      "2",
    );
    await publish("空间", ["进一步盘活存量工业用地，提升空间承载能力。"]);
    await updated.refresh();
    rmSync(dataDirectory, { recursive: true, force: true });
    const rebuilt = await openRetriever();
    for (const question of ["产业基金", "企业上市支持", "存量工业用地在哪里", "人才"]) {
      const view = async (retriever: Retriever) =>
        (await retriever.search(question, { top: 10 })).hits.map((hit) => [
          hit.clause.text,
          hit.score.toFixed(4),
        ]);
      expect(await view(updated)).toEqual(await view(rebuilt));
    }
    expect(updated.idf("基金")).toBeCloseTo(rebuilt.idf("基金"), 9);
  });

  test("is updated when the snapshot is older than storage", async () => {
    await publishSamples();
    await (await openRetriever()).close();
    await publish("空间", ["进一步盘活存量工业用地，提升空间承载能力。"]);
    const retriever = await openRetriever();
    expect(retriever.describe().join()).toContain("更新");
    expect((await searchTexts(retriever, "存量工业用地"))[0]).toContain("盘活存量工业用地");
  });

  test("does not trust a snapshot of another database with the same revision", async () => {
    await publishSamples();
    await (await openRetriever()).close();
    await storage.remove();
    storage = await openTemporaryStorage();
    await publish("人才", ["设立人才服务专员。"], {}, "7");
    await publish("基金", ["设立科创基金。"], {}, "7");
    const retriever = await openRetriever();
    expect(retriever.size).toBe(2);
    expect(await searchTexts(retriever, "天使投资引导基金 科创基金")).toEqual(["设立科创基金。"]);
  });

  test.each([
    ["cut off", async (path: string) => truncate(path, Math.floor((await readFile(path)).length / 2))],
    ["empty", async (path: string) => truncate(path, 0)],
    ["with a flipped bit in its arrays", (path: string) => flipBit(path, 0.9)],
    ["with a flipped bit in its header", (path: string) => flipBit(path, 0.02)],
    ["something else", async (path: string) => writeFile(path, "{}")],
    ["a directory", async (path: string) => replaceByDirectory(path)],
  ])("is built anew when the snapshot is %s", async (_, damage) => {
    await publishSamples();
    await (await openRetriever()).close();
    await damage(snapshotPath());
    const retriever = await openRetriever();
    expect(retriever.describe().join()).toContain("快照不可用");
    expect(retriever.size).toBe(5);
    expect((await searchTexts(retriever, "人才安居"))[0]).toContain("人才安居工程");
  });

  test("leaves no half-written snapshot behind", async () => {
    await publishSamples();
    await (await openRetriever()).close();
    await writeFile(`${snapshotPath()}.999999.tmp`, "left by a killed process");
    await publish("空间", ["进一步盘活存量工业用地。"]);
    await (await openRetriever()).close();
    expect(await readdir(join(dataDirectory, "index"))).toEqual(["clauses.snapshot"]);
  });

  test("answers as of a day from versions that are no longer published", async () => {
    const old = await publish("基金", ["设立天使投资引导基金。"]);
    await publish("基金", ["设立产业投资基金。"], {}, "2");
    const retriever = await openRetriever();
    const versionIds = new Set([old.versionId]);
    const { hits } = await retriever.search("有什么基金", { top: 5, versionIds });
    expect(hits.map((hit) => hit.clause.text)).toEqual(["设立天使投资引导基金。"]);
    expect(await searchTexts(retriever, "有什么基金")).toEqual(["设立产业投资基金。"]);
    const unknown = await retriever.search("基金", { top: 5, versionIds: new Set(["no-such" as VersionId]) });
    expect(unknown.hits).toEqual([]);
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
    await publishSamples();
    const retriever = await openRetriever([], subjectModel);
    await expect.poll(() => retriever.describe().join()).toContain("已启用");
    const { hits } = await retriever.search("住哪", { top: 5 });
    expect(hits[0]?.clause.text).toContain("人才安居工程");
    expect(hits[0]?.parts.vector).toBeGreaterThan(0);
    const kept = await retriever.search("住哪", { top: 5, documentId: "document-基金" as DocumentId });
    expect(new Set(kept.hits.map((hit) => hit.clause.documentId))).toEqual(new Set(["document-基金"]));
    await publish("公寓", ["新建长租住房两千套。"]);
    await retriever.refresh();
    await expect
      .poll(async () => (await retriever.search("住哪", { top: 9 })).hits.map((hit) => hit.clause.documentId))
      .toContain("document-公寓");
    await retriever.close();
  });

  test("answers by words while the model is dead", async () => {
    await publishSamples();
    const dead: EmbeddingModel = { ...subjectModel, embed: () => Promise.reject(new Error("no answer")) };
    const retriever = await openRetriever([], dead);
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
  await storage.knowledge.saveVersion(makeVersion("集", "1", { clauses, collection: "passages" }));
  const retriever = await openRetriever();
  const { hits } = await retriever.search("租房补贴每月发放吗", { top: 2 });
  expect(hits[0]?.clause).toMatchObject({ passageId: "p0", title: "租房补贴通知", heading: [] });
});

test("scores a sentence alone by the words of the question", async () => {
  await publishSamples();
  const retriever = await openRetriever();
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

async function flipBit(path: string, share: number): Promise<void> {
  const file = await open(path, "r+");
  const { size } = await file.stat();
  const position = Math.floor(size * share);
  const byte = Buffer.alloc(1);
  await file.read(byte, 0, 1, position);
  byte.writeUInt8(byte.readUInt8(0) ^ 4);
  await file.write(byte, 0, 1, position);
  await file.close();
}

async function replaceByDirectory(path: string): Promise<void> {
  rmSync(path);
  await mkdir(path);
}
