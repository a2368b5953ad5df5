import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createKnowledgeService, type KnowledgeService, makeDocumentId } from "../../src/knowledge/index.ts";
import type { DocumentReader, ReadBlock } from "../../src/readers/index.ts";
import { createCountingIds, createManualClock, silentLogger } from "../../src/shared/index.ts";
import { openStorage, type Storage } from "../../src/storage/index.ts";

const FIRST = `云川市创新券管理办法
云科规〔2025〕3号
第一条 为了规范创新券的使用和管理，支持企业开展科技创新活动，制定本办法。
第二条 每家企业每年最高支持十万元，由市科技局负责受理和兑付。
第三条 本办法自2025年1月1日起施行，有效期至2027年12月31日。
`;
const CHANGED = FIRST.replace("十万元", "二十万元");
const OTHER = "云川市数据方案\n一、目标\n到2027年建成三个数据交易平台，培育五十家数据企业。\n";

/** Every line of the file is a paragraph, whatever the format; the first page has them all. */
const reader: DocumentReader = {
  read: async ({ bytes, fileName }) => ({
    format: fileName.endsWith(".pdf") ? "pdf" : "docx",
    blocks: new TextDecoder()
      .decode(bytes)
      .split("\n")
      .filter((text) => text !== "")
      .map((text): ReadBlock => {
        if (!text.includes(" | ")) return { kind: "paragraph", text, page: 1 };
        const table = { id: 1, row: text.startsWith("项目") ? 0 : 1, isHeader: text.startsWith("项目") };
        return { kind: "row", text, page: 1, table: { ...table, header: "项目 | 标准" } };
      }),
    paragraphs: "whole",
    pages: 1,
    fields: {},
    attachments: [],
    warnings: ["按修订后的文字读取。"],
    ocr: null,
  }),
  close: async () => {},
};

let root: string;
let documents: string;
let storage: Storage;
let knowledge: KnowledgeService;
const clock = createManualClock(new Date("2026-11-22T02:00:00Z"));
const put = (name: string, text: string) => writeFileSync(join(documents, name), text);
const ingest = (name: string, publish = true) => knowledge.ingestFile(join(documents, name), { publish });

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "knowledge-ingest-"));
  documents = mkdtempSync(join(root, "documents-"));
  storage = await openStorage({ dataDirectory: join(root, "data") });
  knowledge = createKnowledgeService({
    store: storage.knowledge,
    reader,
    clock: clock.now,
    ids: createCountingIds("version"),
    logger: silentLogger,
  });
});

afterEach(async () => {
  await storage.close();
  rmSync(root, { recursive: true, force: true });
});

describe("files of every format", () => {
  it("are read without being stored", async () => {
    const sidecar = { places: ["云川市"] };
    const bytes = new TextEncoder().encode(FIRST);
    const parsed = await knowledge.readFile({ bytes, fileName: "甲.docx", sidecar });
    expect(parsed).toMatchObject({
      metadata: { documentNumber: "云科规〔2025〕3号", places: ["云川市"], isNormative: true },
      reading: { format: "docx", pages: 1, fileName: "甲.docx" },
    });
    expect(parsed.warnings[0]).toBe("按修订后的文字读取。");
    expect(await storage.knowledge.listDocuments()).toEqual([]);
  });

  it("are brought in from a directory, with pages and tables", async () => {
    put("甲.docx", `${FIRST}第四条 支持标准如下。\n项目 | 标准\n设备 | 按投入的20%\n`);
    put("乙.pdf", OTHER);
    put("~$甲.docx", "锁");
    put("说明.zip", "无关");
    expect((await knowledge.syncDirectory(documents, "plans")).added).toHaveLength(2);
    expect((await knowledge.syncDirectory(documents, "plans")).unchanged).toHaveLength(2);
    const published = await knowledge.listPublished();
    const first = published.find(({ metadata }) => metadata.title === "云川市创新券管理办法");
    expect(first).toMatchObject({ visibility: { kind: "public" }, metadata: { amendments: [] } });
    expect(Object.keys(first?.metadata ?? {})).not.toContain("reading");
    const clauses = await knowledge.getClauses(first?.versionId ?? ("" as never));
    expect(clauses.at(-1)).toMatchObject({
      section: "第四条表1第1行",
      text: "设备 | 按投入的20%",
      tableHeader: "项目 | 标准",
      page: 1,
    });
    const version = await storage.knowledge.getVersion(first?.versionId ?? ("" as never));
    expect(version?.metadata).toMatchObject({ reading: { format: "docx", fileName: "甲.docx" } });
  });
});

describe("a file of another name", () => {
  it("with changed words is a version of the document that is there, and says so", async () => {
    put("甲.docx", FIRST);
    put("甲（修改后）.docx", CHANGED);
    const first = await ingest("甲.docx");
    const second = await ingest("甲（修改后）.docx");
    expect(second).toMatchObject({
      documentId: first.documentId,
      outcome: "changed",
      match: { kind: "new-version", because: "number" },
    });
    expect(second.warnings.at(-1)).toMatch(/《云川市创新券管理办法》的新版本（文号相同/);
    expect(await knowledge.listPublished()).toHaveLength(1);
    expect(await knowledge.documentText(first.documentId)).toContain("二十万元");
    expect(await ingest("甲（修改后）.docx")).toMatchObject({ outcome: "unchanged" });
    expect(await storage.knowledge.listVersions(first.documentId)).toHaveLength(2);
  });

  it("with the same words is not saved again", async () => {
    put("甲.docx", FIRST);
    put("甲.pdf", FIRST.replaceAll("\n", "\n\n"));
    const first = await ingest("甲.docx", false);
    const again = await ingest("甲.pdf", false);
    expect(again).toMatchObject({
      outcome: "unchanged",
      versionId: first.versionId,
      match: { kind: "same" },
    });
    expect(await knowledge.listPublished()).toEqual([]);
    expect(await ingest("甲.pdf")).toMatchObject({ outcome: "changed", versionId: first.versionId });
    expect(await knowledge.listPublished()).toHaveLength(1);
  });

  it("does not bring back what was withdrawn, and says so", async () => {
    put("甲.docx", FIRST);
    put("乙.docx", FIRST);
    const { documentId } = await ingest("甲.docx");
    await storage.knowledge.unpublishDocument(documentId, clock.now());
    const again = await ingest("乙.docx");
    expect(again.outcome).toBe("unchanged");
    expect(again.warnings.at(-1)).toMatch(/已撤下/);
    expect(await knowledge.listPublished()).toEqual([]);
  });

  it("of another year is another document, with a warning", async () => {
    put(
      "甲.docx",
      "关于申报2025年度创新券的通知\n各有关单位：\n现组织申报2025年度创新券，请于截止日前报送材料。\n",
    );
    put(
      "乙.docx",
      "关于申报2026年度创新券的通知\n各有关单位：\n现组织申报2026年度创新券，请于截止日前报送材料。\n",
    );
    const first = await ingest("甲.docx");
    const second = await ingest("乙.docx");
    expect(second.documentId).not.toBe(first.documentId);
    expect(second).toMatchObject({ outcome: "added", match: { kind: "alike" } });
    expect(second.warnings.at(-1)).toMatch(/另一份文件.*请核对/);
  });

  it("does not fight with a directory that holds the document", async () => {
    put("甲.docx", FIRST);
    await knowledge.syncDirectory(documents, "plans");
    const elsewhere = mkdtempSync(join(root, "elsewhere-"));
    writeFileSync(join(elsewhere, "新稿.docx"), CHANGED);
    const saved = await knowledge.ingestFile(join(elsewhere, "新稿.docx"), { publish: true });
    expect(saved.documentId).toBe(makeDocumentId("plans", "甲.docx"));
    await knowledge.syncDirectory(documents, "plans");
    expect(await knowledge.documentText(saved.documentId)).toContain("二十万元");
    put("甲.docx", FIRST.replace("十万元", "三十万元"));
    await knowledge.syncDirectory(documents, "plans");
    expect(await knowledge.documentText(saved.documentId)).toContain("三十万元");
  });

  it("that nothing is like is a document of its own", async () => {
    put("甲.docx", FIRST);
    put("乙.docx", OTHER);
    await ingest("甲.docx");
    const second = await ingest("乙.docx");
    expect(second.outcome).toBe("added");
    expect(second.match).toBeUndefined();
  });
});
