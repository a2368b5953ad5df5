import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { createWordPiece } from "../../src/models/embedding/local/word-piece.ts";
import { createEmbeddingModel } from "../../src/models/index.ts";
import { silentLogger } from "../../src/shared/index.ts";
import { toUnit } from "../support/sample-vectors.ts";
import { type TinyModel, writeTinyModel } from "../support/tiny-onnx.ts";

const open = async ({ directory }: TinyModel) => {
  const model = await createEmbeddingModel({ kind: "local", directory }, { logger: silentLogger });
  if (!model) throw new Error("no model");
  return model;
};
const expectClose = (found: Float32Array | undefined, expected: Float32Array) => {
  expect(found).toHaveLength(expected.length);
  for (const [index, value] of expected.entries()) expect(found?.[index]).toBeCloseTo(value, 5);
};
const mean = (rows: Float32Array[]) =>
  toUnit(
    (rows[0] as Float32Array).map(
      (_, at) => rows.reduce((sum, row) => sum + (row[at] ?? 0), 0) / rows.length,
    ),
  );

describe("word pieces", () => {
  const vocabulary = new Map(
    ["[CLS]", "[SEP]", "[UNK]", "政", "策", "fund", "##ing", "##s", "a", ",", "cafe"].map((token, id) => [
      token,
      id,
    ]),
  );
  const tokens = (text: string, options: { lowerCase?: boolean; maxTokens?: number } = {}) => {
    const names = [...vocabulary.keys()];
    const encoder = createWordPiece({ vocabulary, lowerCase: true, maxTokens: 16, ...options });
    return encoder.encode(text).map((id) => names[id]);
  };

  test.each([
    ["政策", ["政", "策"]],
    ["Funding,funds", ["fund", "##ing", ",", "fund", "##s"]],
    ["a政a", ["a", "政", "a"]],
    ["Café", ["cafe"]],
    ["奉 fundx", ["[UNK]", "[UNK]"]],
    ["政\u0000\u200b策\n", ["政", "策"]],
    ["", []],
  ])("%j → %j", (text, expected) => {
    expect(tokens(text)).toEqual(["[CLS]", ...expected, "[SEP]"]);
  });

  test("cuts at the model's length, keeping its end", () => {
    expect(tokens("政策".repeat(100), { maxTokens: 5 })).toEqual(["[CLS]", "政", "策", "政", "[SEP]"]);
  });

  test("keeps capitals where the model does", () => {
    expect(tokens("Fund", { lowerCase: false })).toEqual(["[CLS]", "[UNK]", "[SEP]"]);
  });
});

describe("pooling and prefixes", () => {
  test("the first token's vector by default", async () => {
    const tiny = writeTinyModel();
    const [vector] = await (await open(tiny)).embed(["政策"], "document");
    expectClose(vector, toUnit(tiny.rowOf("[CLS]")));
  });

  test("the mean of the real tokens, padding aside, where the model's own file says so", async () => {
    const tiny = writeTinyModel({ "1_Pooling/config.json": `{"pooling_mode_mean_tokens":true}` });
    const [long, short] = await (await open(tiny)).embed(["企业上市人才", "政策"], "document");
    expectClose(short, mean(["[CLS]", "政", "策", "[SEP]"].map(tiny.rowOf)));
    expectClose(long, mean(["[CLS]", ..."企业上市人才", "[SEP]"].map(tiny.rowOf)));
  });

  test("xiance.json comes before the model's own files", async () => {
    const tiny = writeTinyModel({
      "1_Pooling/config.json": `{"pooling_mode_cls_token":true}`,
      "xiance.json": `{"pooling":"mean","queryPrefix":"查：","revision":"r2"}`,
    });
    const model = await open(tiny);
    expect(model.name).toBe("local:tiny@r2");
    const [asked] = await model.embed(["政策"], "query");
    const [written] = await model.embed(["政策"], "document");
    expectClose(asked, mean(["[CLS]", "查", "：", "政", "策", "[SEP]"].map(tiny.rowOf)));
    expectClose(written, mean(["[CLS]", "政", "策", "[SEP]"].map(tiny.rowOf)));
  });

  test("a vocabulary in tokenizer.json serves as well as vocab.txt", async () => {
    const plain = writeTinyModel({ "xiance.json": `{"pooling":"mean"}` });
    const vocab = Object.fromEntries(plain.vocabulary.map((token, id) => [token, id]));
    const whole = writeTinyModel({
      "vocab.txt": null,
      "xiance.json": `{"pooling":"mean"}`,
      "tokenizer.json": JSON.stringify({ model: { type: "WordPiece", vocab } }),
    });
    const [one] = await (await open(plain)).embed(["人才上市"], "document");
    const [other] = await (await open(whole)).embed(["人才上市"], "document");
    expectClose(other, one as Float32Array);
  });

  test("other weights have another name, the same files the same", async () => {
    const name = (await open(writeTinyModel())).name;
    expect((await open(writeTinyModel())).name).toBe(name);
    expect((await open(writeTinyModel({}, { width: 4 }))).name).not.toBe(name);
  });
});

describe("a directory that cannot be used says what to do", () => {
  test.each([
    ["no model file", { "model.onnx": null }, "model.onnx"],
    ["no vocabulary", { "vocab.txt": null }, "vocab.txt"],
    ["a vocabulary without [CLS]", { "vocab.txt": "政\n策\n" }, "[CLS]"],
    ["a model that is none", { "model.onnx": "not a model" }, "已损坏"],
    ["an empty model", { "model.onnx": "" }, "已损坏"],
    [
      "a tokenizer of another kind",
      { "tokenizer.json": `{"model":{"type":"BPE","vocab":{"a":1}}}` },
      "WordPiece",
    ],
    ["broken settings", { "xiance.json": `{"pooling":"max"}` }, "xiance.json"],
    ["settings that are no JSON", { "config.json": "{" }, "config.json"],
  ])("%s", async (_, files, expected) => {
    await expect(open(writeTinyModel(files))).rejects.toMatchObject({
      code: "configuration",
      safeMessage: expect.stringContaining(expected),
    });
  });

  test("onnxruntime-web is not installed", () => {
    const alone = mkdtempSync(join(tmpdir(), "alone-"));
    const source = resolve(import.meta.dirname, "../../src/models/embedding/local/onnx-session.ts");
    cpSync(source, join(alone, "onnx-session.ts"));
    const script = `import("./onnx-session.ts").then((m) => m.openOnnxSession("x", "cls").catch((e) => console.log(e instanceof m.RuntimeMissing)))`;
    const output = execFileSync(process.execPath, ["--input-type=module", "-e", script], { cwd: alone });
    expect(output.toString().trim()).toBe("true");
    expect(readFileSync(source, "utf8")).toContain('import("onnxruntime-web")');
  });
});
