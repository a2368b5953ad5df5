import { rmSync } from "node:fs";
import { mkdir, open, readdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readSnapshot, writeSnapshot } from "../../src/retrieval/index/snapshot-file.ts";
import type { Retriever } from "../../src/retrieval/index.ts";
import type { DocumentId, VersionId } from "../../src/shared/index.ts";
import { createRetrievalWorld, type RetrievalWorld, searchTexts } from "../support/retrieval-world.ts";
import { makeVersion } from "../support/storage-samples.ts";

let world: RetrievalWorld;

beforeEach(async () => {
  world = await createRetrievalWorld();
});

afterEach(() => world.remove());

describe("the index", () => {
  test("is loaded from its snapshot, and follows what is published", async () => {
    await world.publishSamples();
    const first = await world.openRetriever();
    expect(first.describe().join()).toContain("重新建立");
    await first.close();
    const second = await world.openRetriever();
    expect(second.describe().join()).toContain("由快照载入");
    expect(await searchTexts(second, "天使投资引导基金")).toEqual(
      await searchTexts(first, "天使投资引导基金"),
    );
    await world.publish("基金", ["撤销天使投资引导基金，改设产业基金。"], {}, "2");
    await world.storage.knowledge.unpublishDocument("document-人才" as DocumentId, new Date());
    await second.refresh();
    expect(second.size).toBe(1);
    expect(await searchTexts(second, "天使投资 人才安居 上市")).toEqual([
      "撤销天使投资引导基金，改设产业基金。",
    ]);
  });

  test("scores after updates as one that was built anew", async () => {
    await world.publishSamples();
    const updated = await world.openRetriever();
    await world.publish(
      "基金",
      ["设立产业投资基金，引导社会资本聚力科技成果转化。", "支持企业多渠道上市。"],
      {},
      "2",
    );
    await world.publish("空间", ["进一步盘活存量工业用地，提升空间承载能力。"]);
    await updated.refresh();
    rmSync(world.dataDirectory, { recursive: true, force: true });
    const rebuilt = await world.openRetriever();
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
    await world.publishSamples();
    await (await world.openRetriever()).close();
    await world.publish("空间", ["进一步盘活存量工业用地，提升空间承载能力。"]);
    const retriever = await world.openRetriever();
    expect(retriever.describe().join()).toContain("更新");
    expect((await searchTexts(retriever, "存量工业用地"))[0]).toContain("盘活存量工业用地");
  });

  test("is updated when storage holds other texts under the same ids", async () => {
    await world.publishSamples();
    await (await world.openRetriever()).close();
    const changed = { metadata: { title: "基金行动方案" }, clauses: [] };
    await world.replaceStorage();
    await world.storage.knowledge.saveVersion(makeVersion("基金", "1", { ...changed, contentHash: "other" }));
    const retriever = await world.openRetriever();
    expect(retriever.size).toBe(0);
  });

  test("saves what was published while it was open before it closes", async () => {
    await world.publishSamples();
    const retriever = await world.openRetriever();
    const before = await readFile(world.snapshotPath);
    await world.publish("空间", ["进一步盘活存量工业用地，提升空间承载能力。"]);
    await retriever.refresh();
    expect(await readFile(world.snapshotPath)).toEqual(before);
    await retriever.close();
    expect(await readFile(world.snapshotPath)).not.toEqual(before);
    const reopened = await world.openRetriever();
    expect(reopened.describe().join()).toContain("由快照载入。");
    expect((await searchTexts(reopened, "存量工业用地"))[0]).toContain("盘活存量工业用地");
  });

  test("a snapshot that has to give way is not left half-written", async () => {
    const path = join(world.dataDirectory, "given-up", "clauses.snapshot");
    const snapshot = { header: { fingerprint: "f", revision: 1, contents: [] }, segments: [] };
    const signal = AbortSignal.abort();
    await expect(writeSnapshot(path, snapshot, signal)).rejects.toBe(signal.reason);
    expect(await readdir(join(world.dataDirectory, "given-up"))).toEqual([]);
    await writeSnapshot(path, snapshot);
    expect(await readSnapshot(path, "f")).toMatchObject({ outcome: "read" });
  });

  test("does not trust a snapshot of another database with the same revision", async () => {
    await world.publishSamples();
    await (await world.openRetriever()).close();
    await world.replaceStorage();
    await world.publish("人才", ["设立人才服务专员。"], {}, "7");
    await world.publish("基金", ["设立科创基金。"], {}, "7");
    const retriever = await world.openRetriever();
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
    await world.publishSamples();
    await (await world.openRetriever()).close();
    await damage(world.snapshotPath);
    const retriever = await world.openRetriever();
    expect(retriever.describe().join()).toContain("快照不可用");
    expect(retriever.size).toBe(5);
    expect((await searchTexts(retriever, "人才安居"))[0]).toContain("人才安居工程");
  });

  test("leaves no half-written snapshot behind", async () => {
    await world.publishSamples();
    await (await world.openRetriever()).close();
    await writeFile(`${world.snapshotPath}.999999.tmp`, "left by a killed process");
    await world.publish("空间", ["进一步盘活存量工业用地。"]);
    await (await world.openRetriever()).close();
    expect(await readdir(join(world.dataDirectory, "index"))).toEqual(["clauses.snapshot"]);
  });

  test("answers as of a day from versions that are no longer published", async () => {
    const old = await world.publish("基金", ["设立天使投资引导基金。"]);
    await world.publish("基金", ["设立产业投资基金。"], {}, "2");
    const retriever = await world.openRetriever();
    const versionIds = new Set([old.versionId]);
    const { hits } = await retriever.search("有什么基金", { top: 5, versionIds });
    expect(hits.map((hit) => hit.clause.text)).toEqual(["设立天使投资引导基金。"]);
    expect(await searchTexts(retriever, "有什么基金")).toEqual(["设立产业投资基金。"]);
    const unknown = await retriever.search("基金", { top: 5, versionIds: new Set(["no-such" as VersionId]) });
    expect(unknown.hits).toEqual([]);
  });
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
