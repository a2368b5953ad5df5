import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Document, Packer, Paragraph } from "docx";
import PdfDocument from "pdfkit";
import { afterEach, describe, expect, it } from "vitest";
import {
  createDocumentReaderWith,
  type DocumentReaderOptions,
} from "../../src/readers/host/create-document-reader.ts";
import {
  cleanFileName,
  createDocumentReader,
  DEFAULT_READ_LIMITS,
  type DocumentReader,
  readFileWithin,
} from "../../src/readers/index.ts";
import { AppError } from "../../src/shared/index.ts";

const ENTRY = new URL("../fixtures/readers/misbehaving-process.ts", import.meta.url);
const PARENT = fileURLToPath(new URL("../fixtures/readers/reading-parent.ts", import.meta.url));
const MEGABYTE = 1024 * 1024;
const readers: DocumentReader[] = [];

function misbehaving(options: DocumentReaderOptions = {}): DocumentReader {
  const reader = createDocumentReaderWith(ENTRY, options);
  readers.push(reader);
  return reader;
}

const page = (action: string, fileName = "a.html") => ({
  bytes: new Uint8Array(Buffer.from(`<!DOCTYPE html><html><head><title>${action}</title></head></html>`)),
  fileName,
});

async function textOf(reader: DocumentReader, action: string, fileName?: string): Promise<string> {
  return (await reader.read(page(action, fileName))).blocks[0]?.text ?? "";
}

async function refusalOf(work: Promise<unknown>): Promise<AppError> {
  const thrown = await work.catch((error: unknown) => error);
  if (thrown instanceof AppError) return thrown;
  throw new Error(`no AppError: ${JSON.stringify(thrown)}`);
}

/** As a Buffer, as files come from disk. */
function writePdf(text: string): Promise<Buffer> {
  const pdf = new PdfDocument();
  const bytes = buffer(pdf);
  pdf.text(text);
  pdf.end();
  return bytes;
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

async function untilGone(pid: number): Promise<boolean> {
  for (let round = 0; round < 100 && isAlive(pid); round += 1)
    await new Promise((resolve) => setTimeout(resolve, 30));
  return !isAlive(pid);
}

afterEach(async () => {
  await Promise.all(readers.splice(0).map((reader) => reader.close()));
});

describe("the reading process", () => {
  it("reads one document after another in the same process, in the order they came", async () => {
    const reader = misbehaving();
    const texts = await Promise.all(["a.html", "b.html", "c.html"].map((name) => textOf(reader, "ok", name)));
    const pid = texts[0]?.split(" ")[0];
    expect(texts).toEqual([`${pid} 1 a.html`, `${pid} 2 b.html`, `${pid} 3 c.html`]);
    expect(pid).not.toBe(String(process.pid));
  });

  it("reads several at a time when it may", async () => {
    const reader = misbehaving({ concurrency: 2 });
    const pids = await Promise.all(["a.html", "b.html"].map((name) => textOf(reader, "ok", name)));
    expect(new Set(pids.map((text) => text.split(" ")[0])).size).toBe(2);
  });

  it("reports progress", async () => {
    const seen: object[] = [];
    await misbehaving().read({ ...page("progress"), onProgress: (progress) => seen.push(progress) });
    expect(seen).toEqual([{ page: 1, pages: 2 }]);
  });

  it.each([
    ["computes without end", "hang", { maxMilliseconds: 400 }, /超过 1 秒.*拆分/],
    ["waits without end", "wait", { maxMilliseconds: 400 }, /超过 1 秒/],
    ["comes to no further page", "wait", { maxStallMilliseconds: 400 }, /超过 1 秒/],
    ["fills memory outside the heap", "eat buffers", { maxMemoryBytes: 200 * MEGABYTE }, /内存超过 200 MB/],
    ["fills the heap", "eat heap", { maxMemoryBytes: 200 * MEGABYTE }, /内存超过 200 MB/],
    ["crashes", "crash", {}, /意外退出.*服务不受影响/],
    ["aborts", "abort", {}, /意外退出/],
    ["exits", "exit", {}, /意外退出/],
    ["fails where nobody catches it", "throw later", {}, /意外退出/],
    ["fails", "throw", {}, /读不出来/],
    ["finds nothing", "nothing", {}, /没有读到文字.*清晰/],
  ])(
    "is ended or refused when the reader %s, and the next document is read",
    async (_, action, limits, expected) => {
      const reader = misbehaving({ limits });
      const error = await refusalOf(reader.read(page(action)));
      expect(error.code).toBe("unusable-input");
      expect(error.safeMessage).toMatch(expected);
      expect(await textOf(reader, "ok")).toMatch(/ a\.html$/);
    },
  );

  it("takes the limits of one request", async () => {
    const reader = misbehaving();
    const error = await refusalOf(reader.read({ ...page("hang"), limits: { maxMilliseconds: 300 } }));
    expect(error.safeMessage).toMatch(/超过 1 秒/);
  });

  it("gets no secrets, writes no files and starts no programs", async () => {
    const reader = misbehaving();
    process.env["OPENAI_API_KEY"] = "sk-secret";
    try {
      const names = Object.keys(JSON.parse(await textOf(reader, "environment")));
      expect(names).toContain("PATH");
      expect(names.filter((name) => /KEY|SECRET|TOKEN|DATABASE|XIANCE|NODE_OPTIONS/.test(name))).toEqual([]);
    } finally {
      delete process.env["OPENAI_API_KEY"];
    }
    expect(await textOf(reader, "write")).toBe("ERR_ACCESS_DENIED");
    expect(await textOf(reader, "spawn")).toBe("ERR_ACCESS_DENIED");
  });

  it("ends its process when nothing comes, and starts another one then", async () => {
    const reader = misbehaving({ idleMilliseconds: 20 });
    const first = Number((await textOf(reader, "ok")).split(" ")[0]);
    expect(await untilGone(first)).toBe(true);
    expect(await textOf(reader, "ok")).not.toMatch(new RegExp(`^${first} `));
  });

  it("close ends what works and refuses what waits", async () => {
    const reader = misbehaving();
    const pid = Number((await textOf(reader, "ok")).split(" ")[0]);
    const working = refusalOf(reader.read(page("wait")));
    const waiting = refusalOf(reader.read(page("ok")));
    await new Promise((resolve) => setTimeout(resolve, 50));
    await reader.close();
    expect(isAlive(pid)).toBe(false);
    expect((await waiting).safeMessage).toMatch(/正在停止/);
    expect((await working).safeMessage).toMatch(/正在停止/);
    expect((await refusalOf(reader.read(page("ok")))).code).toBe("internal");
  });

  it("does not keep a command from ending", async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [PARENT, "once"], { timeout: 10_000 });
    expect(await untilGone(Number(stdout.split(" ")[0]))).toBe(true);
  });

  it("leaves no orphan when its parent is killed, even while it computes", async () => {
    const parent = spawn(process.execPath, [PARENT, "hang"], { stdio: ["ignore", "pipe", "ignore"] });
    const [chunk] = (await once(parent.stdout, "data")) as [Buffer];
    const pid = Number(chunk.toString().split(" ")[0]);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(isAlive(pid)).toBe(true);
    parent.kill("SIGKILL");
    expect(await untilGone(pid)).toBe(true);
  });
});

describe("createDocumentReader", () => {
  it("reads plain text in this process, whole", async () => {
    const reader = createDocumentReader();
    readers.push(reader);
    const text = "关于开展申报的通知\r\n\r\n　　一、申报条件。\n";
    const document = await reader.read({ bytes: Buffer.from(text), fileName: "通知.txt" });
    expect(document).toMatchObject({ format: "txt", text, paragraphs: "lines", pages: null, warnings: [] });
    expect(document.blocks.map((block) => block.text)).toEqual(["关于开展申报的通知", "一、申报条件。"]);
  });

  it("reads formats in the process with the readers they have", async () => {
    const reader = createDocumentReader();
    readers.push(reader);
    const html = "<!DOCTYPE html><p>第一条 为了促进科技创新，根据有关法律，结合本市实际，制定本办法。</p>";
    const fromHtml = await reader.read({ bytes: Buffer.from(html), fileName: "a.html" });
    expect(fromHtml).toMatchObject({ format: "html", blocks: [{ kind: "paragraph" }] });
    const children = [new Paragraph("关于开展申报的通知"), new Paragraph("第一条 略。")];
    const docx = await Packer.toBuffer(new Document({ sections: [{ children }] }));
    const fromDocx = await reader.read({ bytes: docx, fileName: "a.docx" });
    expect(fromDocx.blocks.map((block) => block.text)).toEqual(["关于开展申报的通知", "第一条 略。"]);
    const fromPdf = await reader.read({ bytes: await writePdf("Clause 1. Support."), fileName: "a.pdf" });
    expect(fromPdf.blocks.map((block) => block.text)).toEqual(["Clause 1. Support."]);
  });

  it("refuses a file beyond the limit before looking into it", async () => {
    const reader = misbehaving({ limits: { maxBytes: 10 } });
    const error = await refusalOf(reader.read(page("ok")));
    expect(error.safeMessage).toMatch(/超过 1 MB 上限.*拆分/);
  });

  it("hands on that the ending is wrong, and the cleaned name", async () => {
    const document = await misbehaving().read(page("ok", "../../x/通知\u202e.docx"));
    expect(document.warnings.join()).toMatch(/以 \.docx 结尾，内容是网页/);
    expect(document.blocks[0]?.text).toMatch(/ 通知\.docx$/);
  });
});

describe("readFileWithin", () => {
  it("refuses 500 MB by the size in the directory", async () => {
    const directory = await mkdtemp(join(tmpdir(), "xiance-readers-"));
    try {
      const large = join(directory, "大.docx");
      const file = await open(large, "w");
      await file.truncate(500 * MEGABYTE);
      await file.close();
      const error = await refusalOf(readFileWithin(large, DEFAULT_READ_LIMITS));
      expect(error.safeMessage).toMatch(/500 MB，超过 50 MB 上限/);
      await writeFile(join(directory, "小.txt"), "x");
      expect(await readFileWithin(join(directory, "小.txt"), DEFAULT_READ_LIMITS)).toHaveLength(1);
      expect((await refusalOf(readFileWithin(directory, DEFAULT_READ_LIMITS))).safeMessage).toMatch(
        /不是文件/,
      );
      const missing = readFileWithin(join(directory, "无.txt"), DEFAULT_READ_LIMITS);
      expect((await refusalOf(missing)).safeMessage).toMatch(/不存在/);
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});

describe("cleanFileName", () => {
  it.each([
    ["通知.docx", "通知.docx"],
    ["../../etc/passwd", "passwd"],
    ["C:\\Users\\某\\通知.pdf", "通知.pdf"],
    ["通知\u0000.docx", "通知.docx"],
    ["通知\u202excod.exe", "通知xcod.exe"],
    ["a\u200b\ufeffb\n c.txt", "ab c.txt"],
    ["关于“两新”<政策>:问答?.pdf", "关于“两新”_政策__问答_.pdf"],
    ["..", "未命名"],
    ["", "未命名"],
    [" . .hidden. ", "hidden"],
    ["con.txt", "_con.txt"],
    ["NUL", "_NUL"],
    ["目录/", "目录"],
    ["/etc/..", "etc"],
    ["café.txt", "café.txt"],
    ["坏\ud800字.txt", "坏字.txt"],
  ])("%j → %j", (name, cleaned) => {
    expect(cleanFileName(name)).toBe(cleaned);
  });

  it("shortens a long name and keeps its ending", () => {
    const cleaned = cleanFileName(`${"很长的名字".repeat(100)}.docx`);
    expect(Buffer.byteLength(cleaned)).toBeLessThanOrEqual(180);
    expect(cleaned).toMatch(/^很长的名字.*…\.docx$/);
  });
});
