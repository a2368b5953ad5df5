import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const FIXTURES = join(ROOT, "tests/fixtures/documents");
const work = mkdtempSync(join(tmpdir(), "command-line-"));
const data = join(work, "data");

afterAll(() => rmSync(work, { recursive: true, force: true }));

function run(...words: string[]) {
  const outcome = spawnSync(process.execPath, [join(ROOT, "src/main.ts"), ...words, "--data", data], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"] ?? "" },
  });
  const json = outcome.stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line));
  return { code: outcome.status, out: outcome.stdout, err: outcome.stderr, json };
}

describe("outline", () => {
  const file = join(FIXTURES, "chapters-and-articles.txt");

  it("prints structure and metadata without a database", () => {
    const { code, out } = run("outline", file);
    expect(code).toBe(0);
    expect(out).toContain("云科规〔2024〕6号");
    expect(out).toContain("第二章第一节第四条¶2（一）");
  });

  it("prints the text that offsets refer to", () => {
    const { out } = run("outline", file, "--text");
    const { json } = run("outline", file, "--json");
    const [{ text, nodes, metadata }] = json;
    expect(out).toBe(text);
    expect(metadata.title).toBe("云川市中试平台管理办法");
    for (const node of nodes) expect(text.slice(node.start, node.end).trim()).not.toBe("");
  });

  it("ends with 3 and one line for unusable input", () => {
    const { code, err } = run("outline", join(work, "没有.txt"));
    expect(code).toBe(3);
    expect(err.trim().split("\n")).toHaveLength(1);
    expect(err).toContain("不存在");
  });
});

describe("ingest, documents, publish, unpublish, rollback", () => {
  const copy = join(work, "措施.txt");
  let documentId = "";

  it("ingests with --json one line a file, goes on after a bad one and ends with 3", () => {
    writeFileSync(copy, readFileSync(join(FIXTURES, "measures-with-bureaus.txt")));
    writeFileSync(join(work, "坏.txt"), new Uint8Array([0, 1, 2]));
    const { code, json } = run("ingest", join(work, "坏.txt"), copy, "--publish", "--json");
    expect(code).toBe(3);
    expect(json).toHaveLength(2);
    expect(json[0]).toMatchObject({ error: { code: "unusable-input" } });
    expect(json[1]).toMatchObject({
      title: "临湖区支持科技型企业融资的若干措施",
      issuers: ["临湖区人民政府办公室"],
      documentNumber: "临府办规〔2025〕4号",
      kind: "规范性文件",
      status: "正式",
      signedOn: "2025-05-08",
      effectiveFrom: "2025-05-08",
      expiresOn: "2028-05-07",
      warnings: [],
    });
    documentId = json[1].documentId;
  });

  it("publishes a corrected version and rolls it back", () => {
    writeFileSync(copy, readFileSync(copy, "utf8").replace("5000万元", "6000万元"));
    expect(run("ingest", copy, "--json").json[0]).toMatchObject({
      documentId,
      outcome: "changed",
      published: false,
    });
    expect(run("publish", documentId).code).toBe(0);
    expect(run("documents", "--json").json[0].versions).toMatchObject([
      { number: 1, state: "superseded" },
      { number: 2, state: "published" },
    ]);
    expect(run("rollback", documentId).code).toBe(0);
    expect(run("unpublish", documentId).code).toBe(0);
    const { out } = run("documents");
    expect(out).toContain(documentId);
    expect(out).toContain("已撤下");
  });

  it("says what to do with an unknown document and with no file", () => {
    expect(run("publish", "ingest-unknown")).toMatchObject({
      code: 1,
      err: expect.stringContaining("documents"),
    });
    expect(run("ingest")).toMatchObject({ code: 2 });
  });

  it("ingests passages", () => {
    writeFileSync(join(work, "集.jsonl"), `${JSON.stringify({ id: "p1", text: "甲。" })}\n坏行\n`);
    const { code, json } = run("ingest", "--passages", join(work, "集.jsonl"), "--json");
    expect(code).toBe(0);
    expect(json[0]).toMatchObject({ clauses: 1, skipped: 1, badLines: [{ line: 2 }] });
  });
});
