import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  createEmbeddingModel,
  type EmbeddingKind,
  type EmbeddingModel,
  embeddingModelKinds,
} from "../../src/models/index.ts";
import { AppError, silentLogger } from "../../src/shared/index.ts";
import { hashVector, type OpenAiServer, startOpenAiServer } from "../support/openai-server.ts";
import { writeTinyModel } from "../support/tiny-onnx.ts";

const embeddingFolder = join(import.meta.dirname, "../../src/models/embedding");

test("every folder of an embedding model is registered, and the other way round", () => {
  const folders = readdirSync(embeddingFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  expect(folders.length).toBeGreaterThan(1);
  expect(Object.keys(embeddingModelKinds).sort()).toEqual(folders.sort());
});

test("none is no model", async () => {
  await expect(createEmbeddingModel({ kind: "none" }, { logger: silentLogger })).resolves.toBeUndefined();
});

let server: OpenAiServer;
beforeEach(async () => {
  server = await startOpenAiServer();
  server.embedWith((text) => hashVector(text, 12));
});
afterEach(() => server.close());

const open: Record<Exclude<EmbeddingKind, "none">, () => Promise<EmbeddingModel | undefined>> = {
  "openai-compatible": () =>
    createEmbeddingModel(
      { kind: "openai-compatible", model: "test-embedding", baseUrl: server.baseUrl, apiKey: "sk-test" },
      { logger: silentLogger },
    ),
  local: () => {
    const { directory } = writeTinyModel({ "xiance.json": `{"pooling":"mean"}` });
    return createEmbeddingModel({ kind: "local", directory }, { logger: silentLogger });
  },
};

test("every kind but none is under contract", () => {
  expect(["none", ...Object.keys(open)].sort()).toEqual(Object.keys(embeddingModelKinds).sort());
});

describe.each(Object.entries(open))("embedding model %s", (kind, openModel) => {
  let model: EmbeddingModel;
  beforeEach(async () => {
    const opened = await openModel();
    if (!opened) throw new Error("no model");
    model = opened;
  });

  const lengthOf = (vector: Float32Array) => Math.hypot(...vector);

  test("names itself by kind and model, and says the length of its vectors", () => {
    expect(model.name.startsWith(`${kind}:`)).toBe(true);
    expect(model.dimensions).toBeGreaterThan(1);
  });

  test("gives a vector of unit length for each text, in order", async () => {
    const texts = ["人才", "企业上市", "人才"];
    const vectors = await model.embed(texts, "document");
    expect(vectors).toHaveLength(3);
    for (const vector of vectors) {
      expect(vector).toBeInstanceOf(Float32Array);
      expect(vector).toHaveLength(model.dimensions);
      expect(lengthOf(vector)).toBeCloseTo(1, 5);
    }
    expect(vectors[2]).toEqual(vectors[0]);
    expect(vectors[1]).not.toEqual(vectors[0]);
  });

  test("no text, no vector", async () => {
    await expect(model.embed([], "document")).resolves.toEqual([]);
  });

  test("many texts of many lengths keep their order, alone or together", async () => {
    const texts = Array.from({ length: 150 }, (_, number) =>
      "人才企业上市奉贤政策".slice(0, 1 + (number % 9)),
    );
    const together = await model.embed(texts, "document");
    expect(together).toHaveLength(150);
    for (const number of [0, 8, 75, 149]) {
      const [alone] = await model.embed([texts[number] ?? ""], "document");
      for (const [index, value] of (together[number] ?? []).entries())
        expect(value).toBeCloseTo(alone?.[index] ?? 0, 5);
    }
  });

  test.each([
    ["empty", ""],
    ["blank", " \n "],
    ["emoji", "🙂👩‍👩‍👧"],
    ["control characters", "\u0000\u0007政策\u001b"],
    ["a lone surrogate", "\ud800政策"],
    ["100 KB", "政策".repeat(50_000)],
    ["a long word", "x".repeat(5000)],
  ])("%s text has a vector too", async (_, text) => {
    const [vector] = await model.embed([text], "query");
    expect(vector).toHaveLength(model.dimensions);
    expect(lengthOf(vector ?? new Float32Array())).toBeCloseTo(1, 5);
  });

  test("a call that nobody waits for any more ends with an AppError", async () => {
    const failure = await model
      .embed(["人才"], "query", { signal: AbortSignal.abort() })
      .then(() => undefined)
      .catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(AppError);
    expect(failure).toMatchObject({ code: "model", safeMessage: expect.stringMatching(/。$/) });
    await expect(model.embed(["人才"], "query")).resolves.toHaveLength(1);
  });

  test("calls at the same time do not mix", async () => {
    const texts = ["人才", "政策", "企业", "孵化器", "上市"];
    const expected = await model.embed(texts, "document");
    const found = await Promise.all(texts.map(async (text) => (await model.embed([text], "document"))[0]));
    for (const [position, vector] of found.entries()) {
      for (const [index, value] of (vector ?? []).entries())
        expect(value).toBeCloseTo(expected[position]?.[index] ?? 0, 5);
    }
  });
});
