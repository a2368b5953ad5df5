import { chmod, mkdir, mkdtemp, readdir, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Ended,
  expectNoInternals,
  expectOneClearLine,
  readError,
  runCommandLine,
} from "../support/run-command-line.ts";

const QUESTION = "天使轮项目有什么基金可以对接？";
const FUND = "天使投资引导基金";

let directory: string;
/** Knows the shipped plan; tests ask it, and do not change it. */
let data: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "xiance-bad-"));
  data = join(directory, "data");
  await mkdir(data);
  const warmed = await runCommandLine(["ask", "--data", data, QUESTION]);
  expect(warmed.stdout).toContain(FUND);
});

afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

async function write(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, content);
  return path;
}

function readLines({ stdout }: Ended): Record<string, unknown>[] {
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe("questions", () => {
  it.each([[""], ["  \t"]])("says how to ask when nothing is asked: %j", async (question) => {
    const ended = await runCommandLine(["ask", "--json", "--data", data, question]);
    expectOneClearLine(ended, 2, /请写出问题，例如：ask/);
    expect(readError(ended)).toMatchObject({ code: "usage", message: expect.stringContaining("请写出问题") });
  });

  it("answers a batch line by line, in order, whatever stands in it", async () => {
    const lines = [
      JSON.stringify({ id: "good", question: QUESTION }),
      "{not json",
      "[1]",
      JSON.stringify({ id: "none" }),
      JSON.stringify({ id: "number", question: 5 }),
      JSON.stringify({ id: "empty", question: "" }),
      JSON.stringify({ id: "emoji", question: "😀🎉🚀👩‍🔬" }),
      JSON.stringify({
        id: "control",
        question: "\u0000\u0007\u001b[31m天使轮有什么\u0008基金\u007f\u202e？",
      }),
      JSON.stringify({ id: "long", question: "人才基金政策".repeat(17_000) }),
      JSON.stringify({
        id: "mixed",
        question: "Angel round 的 startup 有什么 fund／基金 可以對接？ какой фонд",
      }),
      `{"id":"separator","question":"天使轮项目有什么基金\u2028可以对接？"}\r`,
      JSON.stringify({ id: "day", question: QUESTION, asOf: "2026-02-30" }),
      JSON.stringify({ id: "absent", question: QUESTION, document: "no-such-document" }),
      JSON.stringify({ id: 14, question: "👋" }),
      JSON.stringify({ id: "last", question: "化妆品备案找谁？" }),
    ];
    const ended = await runCommandLine(["ask", "--batch", "-", "--data", data], { stdin: lines.join("\n") });
    expect(ended.code).toBe(1);
    expectNoInternals(ended);
    const told = readLines(ended);
    expect(told.map(({ id, line }) => id ?? line)).toEqual([
      ...["good", 2, 3, 4, 5, "empty", "emoji", "control", "long", "mixed", "separator"],
      ...[12, 13, 14, "last"],
    ]);
    const of = (id: unknown) => told.find((one) => one["id"] === id);
    for (const id of ["good", "control", "mixed", "separator"]) {
      expect(of(id), String(id)).toMatchObject({ kind: "answered" });
      expect(JSON.stringify(of(id)?.["citations"]), String(id)).toContain("基金");
    }
    for (const id of ["empty", "emoji", "long"]) {
      expect(of(id)).toMatchObject({
        kind: "needs-clarification",
        citations: [],
        nextStep: expect.stringContaining("请"),
      });
    }
    const errorAt = (line: number) => told.find((one) => one["line"] === line)?.["error"];
    expect(errorAt(2)).toMatchObject({
      code: "unusable-input",
      message: expect.stringMatching(/不是合法的 JSON/),
    });
    expect(errorAt(4)).toMatchObject({ message: expect.stringMatching(/question 缺失/) });
    expect(errorAt(5)).toMatchObject({ message: expect.stringMatching(/question 应为文字/) });
    expect(errorAt(12)).toMatchObject({
      code: "usage",
      message: expect.stringMatching(/YYYY-MM-DD.*2026-02-30/),
    });
    expect(errorAt(13)).toMatchObject({
      code: "not-found",
      message: expect.stringMatching(/no-such-document.*documents/),
    });
  });

  it("answers people shortly, and never repeats control characters to the terminal", async () => {
    const [long, emoji, control] = await Promise.all(
      ["人才基金政策".repeat(6_000), "🤖🤖", "\u001b]0;x\u0007你好\u001b[2J"].map((question) =>
        runCommandLine(["ask", "--data", data, question]),
      ),
    );
    for (const ended of [long, emoji, control]) {
      expect(ended?.code).toBe(0);
      expect(ended?.stderr).toBe("");
      expect(ended?.stdout.length).toBeLessThan(600);
      expect(ended?.stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
    }
    expect(long?.stdout).toContain("2000 字以内");
  });
});

describe("usage", () => {
  it.each([
    [["nosuch"], /没有“nosuch”这个命令.*--help/],
    [["star"], /是否想用 start？/],
    [["ask", "--nosuch", "问题"], /没有“--nosuch”这个选项.*--help/],
    [["search", "--top", "0", "基金"], /1 到 1000 的整数/],
    [["search", "基金", "--top"], /--top <k> 缺少取值/],
    [["outline"], /缺少参数 <file>/],
    [["ask", "--as-of", "2026-02-30", "基金"], /YYYY-MM-DD/],
    [["ask", "--batch", "-", "基金"], /只能给出一个/],
    [["ingest"], /ingest 文件\.txt --publish/],
  ])("%j ends with 2 and one line that says what to do", async (words, says) => {
    const [plain, json] = await Promise.all([
      runCommandLine(words, { environment: { XIANCE_DATA_DIR: data } }),
      runCommandLine([words[0] ?? "", "--json", ...words.slice(1)], {
        environment: { XIANCE_DATA_DIR: data },
      }),
    ]);
    expectOneClearLine(plain, 2, says);
    expect(plain.stdout).toBe("");
    expectOneClearLine(json, 2, says);
    expect(readError(json).code).toBe("usage");
  });

  it("ends with 3 when the batch cannot be read", async () => {
    const ended = await runCommandLine(["ask", "--batch", join(directory, "none.jsonl"), "--data", data]);
    expectOneClearLine(ended, 3, /无法读取批量文件.*标准输入/);
  });
});

describe("files", () => {
  it("says of each unusable file what is wrong, reads in the others, and changes nothing else", async () => {
    const base = await mkdtemp(join(directory, "files-"));
    const huge = await write("超大.txt", "第一条");
    await truncate(huge, 51 * 1024 * 1024);
    const bad: [string, RegExp][] = [
      [await write("空.txt", ""), /空的/],
      [await write("空白.txt", " \n\t\n　\n"), /只有空白/],
      [
        await write("图片.txt", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 0xff, 0xfe, 0, 0])),
        /图片已损坏/,
      ],
      [
        await write(
          "乱码.txt",
          Uint8Array.from({ length: 4000 }, (_, index) => (index * 89) % 256),
        ),
        /UTF-8/,
      ],
      [await write("扫描件.pdf", "%PDF-1.7\n%âãÏÓ\n"), /PDF/],
      [huge, /超过 50 MB/],
      [directory.replace(/[^/]+$/, "no-such-file.txt"), /不存在/],
    ];
    const good = await write(
      "无编号.txt",
      "园区创业咖啡馆使用说明\n创业者可以免费使用会议室。\n使用前请登记。\n",
    );
    for (const [path, says] of bad.slice(0, 5)) {
      expectOneClearLine(await runCommandLine(["outline", path]), 3, says);
    }
    const ended = await runCommandLine([
      ...["ingest", "--json", "--publish", "--data", base],
      ...[...bad.map(([path]) => path), good],
    ]);
    expect(ended.code).toBe(3);
    expectNoInternals(ended);
    const told = readLines(ended);
    expect(told.map(({ file }) => file)).toEqual([...bad.map(([path]) => path), good]);
    for (const [index, [path, says]] of bad.entries()) {
      expect(told[index], path).toMatchObject({
        error: { code: "unusable-input", message: expect.stringMatching(says) },
      });
    }
    expect(told.at(-1)).toMatchObject({ clauses: expect.any(Number) });
    const asked = await runCommandLine([
      "search",
      "--json",
      "--top",
      "1",
      "--data",
      base,
      "创业咖啡馆会议室",
    ]);
    expect(JSON.parse(asked.stdout)).toMatchObject({
      hits: [{ section: "¶1", text: "创业者可以免费使用会议室。" }],
    });
  });

  it("says so when a directory holds nothing to read", async () => {
    const empty = await mkdtemp(join(directory, "nothing-"));
    const ended = await runCommandLine(["ingest", "--json", "--data", join(directory, "other"), empty]);
    expectOneClearLine(ended, 3, /没有可读的文件.*重试/);
    expect(readError(ended).code).toBe("unusable-input");
  });

  it("reads a plan without any numbering by its paragraphs, and says so", async () => {
    const path = await write("设想.txt", "云川市科技园工作设想\n先把楼修好。\n再请企业来。\n");
    const outline = await runCommandLine(["outline", path]);
    expect(outline.code).toBe(0);
    expect(outline.stdout).toContain("没有识别到编号层级，已按自然段编号");
  });
});

describe("environment", () => {
  const FEISHU = { FEISHU_APP_ID: "cli_0123456789abcdef", FEISHU_APP_SECRET: "topsecret" };
  const cases: [Record<string, string>, RegExp][] = [
    [{ FEISHU_APP_ID: FEISHU.FEISHU_APP_ID }, /缺少 FEISHU_APP_SECRET.*关闭飞书/],
    [{ FEISHU_APP_SECRET: "topsecret" }, /缺少 FEISHU_APP_ID.*关闭飞书/],
    [{ FEISHU_ENCRYPT_KEY: "topsecret" }, /已设置 FEISHU_ENCRYPT_KEY.*请补齐/],
    [{ FEISHU_TRANSPORT: "webhook" }, /已设置 FEISHU_TRANSPORT.*请补齐/],
    [{ ...FEISHU, FEISHU_APP_ID: "cli_x" }, /FEISHU_APP_ID 格式不对.*复制/],
    [{ ...FEISHU, FEISHU_TRANSPORT: "http" }, /FEISHU_TRANSPORT 只能是 ws、webhook/],
    [{ ...FEISHU, FEISHU_TRANSPORT: "webhook" }, /须设置 FEISHU_ENCRYPT_KEY/],
    [{ ...FEISHU, FEISHU_DOMAIN: "wechat" }, /FEISHU_DOMAIN 应为 feishu、lark/],
    [{ OPENAI_BASE_URL: "http://127.0.0.1:9/v1" }, /缺少 OPENAI_API_KEY.*请补上/],
    [{ OPENAI_MODEL: "m" }, /缺少 OPENAI_API_KEY.*请补上/],
    [{ OPENAI_API_KEY: "topsecret", OPENAI_BASE_URL: "127.0.0.1:9" }, /OPENAI_BASE_URL 应为以 http/],
    [{ OPENAI_API_KEY: "你的密钥topsecret" }, /OPENAI_API_KEY 含有.*重新复制/],
    [{ EMBEDDING_API_KEY: "topsecret" }, /缺少 EMBEDDING_MODEL.*请补上/],
    [{ EMBEDDING_BASE_URL: "http://127.0.0.1:9/v1" }, /缺少 EMBEDDING_MODEL.*请补上/],
    [{ EMBEDDING_MODEL: "m" }, /缺少 EMBEDDING_API_KEY.*请补上/],
    [{ EMBEDDING_MODEL: "m", EMBEDDING_MODEL_PATH: "m" }, /只能设置一个，请删去/],
    [{ EMBEDDING_MODEL_PATH: "m", EMBEDDING_API_KEY: "topsecret" }, /是本地模型.*请删去/],
    [{ EMBEDDING_MODEL: "m", EMBEDDING_API_KEY: "topsecret", EMBEDDING_BASE_URL: "ftp://x" }, /http:\/\//],
    [{ XIANCE_HTTP_PORT: "abc" }, /XIANCE_HTTP_PORT 应为 0 到 65535 的整数/],
    [{ XIANCE_HTTP_PORT: "70000" }, /0 到 65535.*“70000”/],
    [{ XIANCE_PUBLIC_URL: "park.example.cn" }, /XIANCE_PUBLIC_URL 应为以 http/],
    [{ DATABASE_URL: "mysql://u:topsecret@host/x" }, /DATABASE_URL 应为以 postgres:/],
    [{ LOG_LEVEL: "loud" }, /LOG_LEVEL 只能是 fatal.*“loud”/],
  ];

  it("stops the start with one line for each wrong or half-set value, before anything is begun", async () => {
    const parts = [cases.filter((_, index) => index % 2 === 0), cases.filter((_, index) => index % 2 === 1)];
    const absent = join(directory, "not-begun");
    const tryAll = async (part: typeof cases) => {
      for (const [environment, says] of part) {
        const ended = await runCommandLine(["start", "--data", absent], { environment });
        expectOneClearLine(ended, 1, says);
        expect(ended.stdout).toBe("");
      }
    };
    await Promise.all(parts.map(tryAll));
    expect(await readdir(directory)).not.toContain("not-begun");
  });

  it("tells programs the same under --json", async () => {
    const environment = { FEISHU_APP_SECRET: "topsecret" };
    const ended = await runCommandLine(["ask", "--json", "--data", data, "基金"], { environment });
    expectOneClearLine(ended, 1, /FEISHU_APP_ID/);
    expect(readError(ended)).toMatchObject({
      code: "configuration",
      id: expect.stringMatching(/^[0-9a-f]{8}$/),
    });
  });

  it("names what cannot be had: a local model, a database server, a host", async () => {
    const begin = (environment: Record<string, string>) =>
      runCommandLine(["start", "--data", data], { environment: { LOG_LEVEL: "error", ...environment } });
    expectOneClearLine(
      await begin({ EMBEDDING_MODEL_PATH: "/no/model" }),
      1,
      /\/no\/model.*EMBEDDING_MODEL_PATH/,
    );
    const databaseUrl = "postgres://u:topsecret@127.0.0.1:1/x";
    expectOneClearLine(await begin({ DATABASE_URL: databaseUrl }), 1, /127\.0\.0\.1:1.*DATABASE_URL/);
    expectOneClearLine(await begin({ XIANCE_HTTP_HOST: "256.1.1.1" }), 1, /256\.1\.1\.1.*XIANCE_HTTP_HOST/);
  });
});

describe("a data directory that cannot be used", () => {
  it("says so when it cannot be written, or is a file", async () => {
    const locked = join(directory, "locked");
    await mkdir(locked);
    await chmod(directory, 0o755);
    await chmod(locked, 0o555);
    for (const command of ["start", "ask"]) {
      const words = [command, "--data", locked, ...(command === "ask" ? ["基金"] : [])];
      expectOneClearLine(await runCommandLine(words, { heedModes: true }), 1, /无法写入.*读写权限.*--data/);
    }
    const file = await write("file", "");
    expectOneClearLine(await runCommandLine(["start", "--data", file]), 1, /无法写入/);
  });

  it("keeps what it holds when the disk is full, names what was read in, and goes on afterwards", async () => {
    const full = await mkdtemp(join(directory, "full-"));
    const first = await write("甲.txt", "云川市房租补贴办法\n第一条　企业可以申请房租补贴。\n");
    await runCommandLine(["ingest", "--publish", "--data", full, first]);
    const large = `云川市大文件\n${Array.from({ length: 9000 }, (_, number) => `企业可以在第${number}号窗口办理。`).join("\n")}\n`;
    const files = [
      await write("乙.txt", "云川市用电补贴办法\n第一条　企业可以申请用电补贴。\n"),
      await write("丙.txt", large),
    ];
    const ended = await runCommandLine(["ingest", "--publish", "--data", full, ...files], {
      maxFileBlocks: 1000,
    });
    expectOneClearLine(ended, 1, /磁盘/);
    expect(ended.stdout).toContain("云川市用电补贴办法");
    const documents = await runCommandLine(["documents", "--data", full]);
    expect(documents.stdout).toContain("房租补贴");
    expect(documents.stdout).toContain("用电补贴");
    expect(documents.stdout).not.toContain("大文件");
  });
});
