import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createKnowledgeService, type KnowledgeService, makeDocumentId } from "../../src/knowledge/index.ts";
import {
  createCountingIds,
  createManualClock,
  type ManualClock,
  silentLogger,
} from "../../src/shared/index.ts";
import { openStorage, type Storage } from "../../src/storage/index.ts";

const FIRST = "云川市甲办法\n第一条 为了规范，制定本办法。\n第二条 本办法自2025年1月1日起施行。\n";
const SECOND = "云川市乙方案\n一、目标\n到2027年达到100亿元。\n";

let root: string;
let documents: string;
let storage: Storage;
let clock: ManualClock;
let knowledge: KnowledgeService;

const put = (name: string, text: string | Uint8Array) => writeFileSync(join(documents, name), text);
const titles = async (asOf?: Date) =>
  (await knowledge.listPublished(asOf)).map(({ metadata }) => metadata.title).sort();

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "knowledge-"));
  documents = mkdtempSync(join(root, "documents-"));
  storage = await openStorage({ dataDirectory: join(root, "data") });
  clock = createManualClock(new Date("2026-11-22T02:00:00Z"));
  knowledge = createKnowledgeService({
    store: storage.knowledge,
    clock: clock.now,
    ids: createCountingIds("version"),
    logger: silentLogger,
  });
});

afterEach(async () => {
  await storage.close();
  rmSync(root, { recursive: true, force: true });
});

describe("syncDirectory", () => {
  it("adds, leaves alone, changes and removes", async () => {
    put("甲.txt", FIRST);
    put("乙.txt", SECOND);
    put("README.md", "不是文件");
    const first = await knowledge.syncDirectory(documents, "plans");
    expect(first.added).toHaveLength(2);
    const revision = await storage.knowledge.revision();

    const again = await knowledge.syncDirectory(documents, "plans");
    expect(again).toMatchObject({ added: [], changed: [], removed: [], failed: [] });
    expect(again.unchanged).toHaveLength(2);
    expect(await storage.knowledge.revision()).toBe(revision);

    clock.advance(60_000);
    put("甲.txt", FIRST.replace("为了规范", "为了加强规范"));
    rmSync(join(documents, "乙.txt"));
    const changed = await knowledge.syncDirectory(documents, "plans");
    expect(changed.changed).toEqual([makeDocumentId("plans", "甲.txt")]);
    expect(changed.removed).toEqual([makeDocumentId("plans", "乙.txt")]);
    expect(await titles()).toEqual(["云川市甲办法"]);
    expect(await titles(new Date("2026-11-22T02:00:30Z"))).toEqual(["云川市乙方案", "云川市甲办法"]);
  });

  it("reads a document again when its metadata file changes", async () => {
    put("甲.txt", FIRST);
    await knowledge.syncDirectory(documents, "plans");
    put("甲.yaml", "status: 已废止\n");
    const report = await knowledge.syncDirectory(documents, "plans");
    expect(report.changed).toHaveLength(1);
    expect((await knowledge.listPublished())[0]?.metadata.status).toBe("已废止");
  });

  it("keeps the old version when a file breaks, and goes on with the others", async () => {
    put("甲.txt", FIRST);
    await knowledge.syncDirectory(documents, "plans");
    put("甲.txt", new Uint8Array([0x50, 0x4b, 3, 4, 0]));
    put("乙.txt", SECOND);
    const report = await knowledge.syncDirectory(documents, "plans");
    expect(report.failed.map(({ file, error }) => [file, error.code])).toEqual([
      ["甲.txt", "unusable-input"],
    ]);
    expect(report.added).toHaveLength(1);
    expect(report.removed).toEqual([]);
    expect(await titles()).toEqual(["云川市乙方案", "云川市甲办法"]);
  });

  it("leaves a rollback by an operator alone while the file is unchanged", async () => {
    put("甲.txt", FIRST);
    await knowledge.syncDirectory(documents, "plans");
    put("甲.txt", FIRST.replace("2025年", "2026年"));
    await knowledge.syncDirectory(documents, "plans");
    const id = makeDocumentId("plans", "甲.txt");
    const before = await storage.knowledge.rollbackDocument(id, clock.now());
    await knowledge.syncDirectory(documents, "plans");
    expect((await storage.knowledge.getDocument(id))?.publishedVersionId).toBe(before);
  });

  it("tells how far it is, and says when the directory is missing", async () => {
    put("甲.txt", FIRST);
    const steps: [number, number][] = [];
    await knowledge.syncDirectory(documents, "plans", {
      onProgress: ({ done, total }) => steps.push([done, total]),
    });
    expect(steps).toEqual([
      [0, 1],
      [1, 1],
    ]);
    await expect(knowledge.syncDirectory(join(root, "nowhere"), "plans")).rejects.toMatchObject({
      code: "unusable-input",
    });
  });
});

describe("ingestFile", () => {
  it("waits as a draft until it is published", async () => {
    put("甲.txt", FIRST);
    const saved = await knowledge.ingestFile(join(documents, "甲.txt"));
    expect(saved).toMatchObject({ outcome: "added", clauses: 3, metadata: { effectiveFrom: "2025-01-01" } });
    expect(await titles()).toEqual([]);
    await storage.knowledge.publishVersion(saved.versionId, clock.now());
    expect(await titles()).toEqual(["云川市甲办法"]);
  });

  it("gives the same id in a new database, and clauses that are slices of the text", async () => {
    put("甲.txt", FIRST);
    const { documentId, versionId } = await knowledge.ingestFile(join(documents, "甲.txt"), {
      publish: true,
    });
    expect(documentId).toBe(makeDocumentId("ingest", "甲.txt"));
    const text = await knowledge.documentText(versionId);
    expect(await knowledge.documentText(documentId)).toBe(text);
    for (const clause of await knowledge.getClauses(versionId)) {
      expect(text.slice(clause.start, clause.end)).toBe(clause.text);
    }
  });

  it.each([
    ["a missing file", "没有.txt", /不存在/],
    ["a directory", ".", /是文件夹/],
  ])("refuses %s", async (_, name, message) => {
    await expect(knowledge.ingestFile(join(documents, name))).rejects.toMatchObject({
      code: "unusable-input",
      safeMessage: expect.stringMatching(message),
    });
  });

  it("refuses a bad metadata file and names it", async () => {
    put("甲.txt", FIRST);
    put("甲.yaml", "tittle: 甲\n");
    await expect(knowledge.ingestFile(join(documents, "甲.txt"))).rejects.toMatchObject({
      safeMessage: expect.stringContaining("甲.yaml"),
    });
  });
});

describe("ingestPassages", () => {
  const passages = (...lines: unknown[]) =>
    lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n");

  it("makes one document of a file, a clause of each passage", async () => {
    put(
      "集.jsonl",
      passages({ id: "p1", title: "甲", text: "第一段。\n第二行。" }, { id: 7, text: "  另一段。" }),
    );
    const report = await knowledge.ingestPassages(join(documents, "集.jsonl"));
    expect(report).toMatchObject({ passages: 2, skipped: 0 });
    const [document] = await knowledge.listPublished();
    const versionId = document?.versionId ?? ("" as never);
    const stored = await storage.knowledge.clausesOf(versionId);
    expect(stored).toMatchObject([
      { passageId: "p1", section: "p1", heading: ["甲"], text: "第一段。\n第二行。" },
      { passageId: "7", section: "7", heading: [], text: "另一段。" },
    ]);
    const text = await knowledge.documentText(versionId);
    for (const clause of stored) expect(text.slice(clause.start, clause.end)).toBe(clause.text);
  });

  it("counts bad lines and goes on", async () => {
    put(
      "集.jsonl",
      passages(
        "{",
        { id: "a", text: "甲" },
        { id: "a", text: "乙" },
        { text: "无编号" },
        "",
        { id: "b", text: " " },
        [1],
      ),
    );
    const report = await knowledge.ingestPassages(join(documents, "集.jsonl"));
    expect(report).toMatchObject({ passages: 1, skipped: 5 });
    expect(report.badLines.map(({ line }) => line)).toEqual([1, 3, 4, 6, 7]);
  });

  it("replaces what was read from the file before", async () => {
    put("集.jsonl", passages({ id: "a", text: "甲" }));
    await knowledge.ingestPassages(join(documents, "集.jsonl"));
    put("集.jsonl", passages({ id: "b", text: "乙" }));
    const second = await knowledge.ingestPassages(join(documents, "集.jsonl"));
    expect(second.documents[0]?.outcome).toBe("changed");
    expect(await knowledge.listPublished()).toHaveLength(1);
    const again = await knowledge.ingestPassages(join(documents, "集.jsonl"));
    expect(again.documents[0]?.outcome).toBe("unchanged");
  });

  it("refuses a file without any passage", async () => {
    put("集.jsonl", "不是 JSON\n");
    await expect(knowledge.ingestPassages(join(documents, "集.jsonl"))).rejects.toMatchObject({
      code: "unusable-input",
    });
    await expect(knowledge.ingestPassages(join(documents, "无.jsonl"))).rejects.toMatchObject({
      code: "unusable-input",
    });
  });
});
