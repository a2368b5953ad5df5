import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createEmbeddingModel, type EmbeddingModel } from "../../src/models/index.ts";
import { createVectorStage, openVectorIndex, type VectorSource } from "../../src/retrieval/vectors/index.ts";
import { createManualClock, silentLogger } from "../../src/shared/index.ts";
import { openStorage, type Storage } from "../../src/storage/index.ts";
import { hashVector, type OpenAiServer, startOpenAiServer } from "../support/openai-server.ts";

let server: OpenAiServer;
let directory: string;
let storage: Storage;
const clock = createManualClock(new Date("2026-11-22T00:00:00Z"));

beforeEach(async () => {
  server = await startOpenAiServer();
  directory = mkdtempSync(join(tmpdir(), "stage-"));
  storage = await openStorage({ dataDirectory: directory });
});
afterEach(async () => {
  await storage.close();
  await server.close();
  rmSync(directory, { recursive: true, force: true });
});

const connect = async (model = "m"): Promise<EmbeddingModel> => {
  const found = await createEmbeddingModel(
    { kind: "openai-compatible", model, baseUrl: server.baseUrl, apiKey: "sk-test" },
    { logger: silentLogger },
  );
  if (!found) throw new Error("no model");
  server.requests.length = 0;
  return found;
};
const openStage = async (model: EmbeddingModel, overrides: { exactUpTo?: number } = {}) => {
  const index = await openVectorIndex({
    directory: join(directory, "vectors"),
    modelName: model.name,
    dimensions: model.dimensions,
    logger: silentLogger,
    ...overrides,
  });
  const parts = { model, index, cache: storage.embeddings, clock: clock.now, logger: silentLogger };
  return { index, stage: createVectorStage({ ...parts, queryTimeoutMs: 200 }) };
};
const sourceOf = (revision: number, texts: Record<string, string>, batchSize = 2): VectorSource => ({
  revision,
  async eachBatch(onBatch) {
    const all = Object.entries(texts).map(([key, text]) => ({ key, text }));
    for (let start = 0; start < all.length; start += batchSize)
      await onBatch(all.slice(start, start + batchSize));
  },
});
const TEXTS = { a: "人才安居", b: "天使投资", c: "孵化器", d: "设备更新", e: "上市后备" };

describe("synchronising", () => {
  test("embeds what is new, removes what is gone, and finds the rest", async () => {
    const { stage, index } = await openStage(await connect());
    expect(await stage.search("孵化器", 3)).toBeUndefined();
    expect(await stage.sync(sourceOf(1, TEXTS))).toEqual({
      embedded: 5,
      fromCache: 0,
      removed: 0,
      missing: 0,
    });
    expect((await stage.search("孵化器", 2))?.[0]).toMatchObject({ key: "c", score: expect.closeTo(1, 5) });
    const { a: _, ...rest } = TEXTS;
    expect(await stage.sync(sourceOf(2, { ...rest, f: "数据中心" }))).toMatchObject({
      embedded: 1,
      removed: 1,
    });
    expect([...index.keys()].sort()).toEqual(["b", "c", "d", "e", "f"]);
  });

  test("an unchanged revision costs nothing, also after a restart", async () => {
    const model = await connect();
    await (await openStage(model)).stage.sync(sourceOf(1, TEXTS));
    server.requests.length = 0;
    const { stage } = await openStage(model);
    expect((await stage.search("孵化器", 1))?.[0]?.key).toBe("c");
    expect(await stage.sync(sourceOf(1, TEXTS))).toEqual({
      embedded: 0,
      fromCache: 0,
      removed: 0,
      missing: 0,
    });
    expect(server.requests).toHaveLength(1);
  });

  test("a lost file is rebuilt from the database without asking the model", async () => {
    const model = await connect();
    await (await openStage(model)).stage.sync(sourceOf(1, TEXTS));
    writeFileSync(join(directory, "vectors/vectors.bin"), "ruined");
    server.requests.length = 0;
    const { stage, index } = await openStage(model);
    expect(index.describe().rebuiltBecause).toBeTruthy();
    expect(await stage.sync(sourceOf(1, TEXTS))).toMatchObject({ embedded: 0, fromCache: 5 });
    expect(server.requests).toHaveLength(0);
    expect((await stage.search("孵化器", 1))?.[0]?.key).toBe("c");
  });

  test("the vectors of another model are not used", async () => {
    await (await openStage(await connect("one"))).stage.sync(sourceOf(1, TEXTS));
    const { stage } = await openStage(await connect("other"));
    expect(await stage.sync(sourceOf(1, TEXTS))).toMatchObject({ embedded: 5, fromCache: 0 });
  });

  test("a model that fails in the middle leaves the rest for the next time", async () => {
    const model = await connect();
    const { stage } = await openStage(model);
    const step = { kind: "status", status: 401 } as const;
    server.script(
      {
        kind: "raw",
        body: JSON.stringify({
          data: [hashVector("x"), hashVector("y")].map((embedding) => ({ embedding })),
        }),
      },
      step,
    );
    expect(await stage.sync(sourceOf(1, TEXTS))).toEqual({
      embedded: 2,
      fromCache: 0,
      removed: 0,
      missing: 3,
    });
    expect(await stage.search("孵化器", 1)).toBeUndefined();
    expect(stage.describe()).toContain("接口故障，尚缺 3 条");
    const again = await openStage(model);
    expect(await again.stage.sync(sourceOf(1, TEXTS))).toMatchObject({ embedded: 3, missing: 0 });
    expect(again.stage.describe()).toContain("已启用");
  });

  test("runs one after the other, and a close ends them", async () => {
    const { stage } = await openStage(await connect());
    const [first, second] = await Promise.all([
      stage.sync(sourceOf(1, TEXTS)),
      stage.sync(sourceOf(1, TEXTS)),
    ]);
    expect([first?.embedded, second?.embedded]).toEqual([5, 0]);
    server.script({ kind: "hang" });
    const running = stage.sync(sourceOf(2, { g: "新的" }));
    await stage.close();
    await expect(running).resolves.toMatchObject({ embedded: 0 });
  });

  test("texts or a cache that cannot be read are logged, not thrown, and tried again", async () => {
    const { stage } = await openStage(await connect());
    const broken = { revision: 1, eachBatch: () => Promise.reject(new Error("gone")) };
    await expect(stage.sync(broken)).resolves.toBeUndefined();
    await expect(stage.sync(sourceOf(1, TEXTS))).resolves.toMatchObject({ embedded: 5 });
  });

  test("a place that cannot be written to does no harm", async () => {
    const { stage } = await openStage(await connect());
    mkdirSync(join(directory, "vectors/vectors.bin.new"), { recursive: true });
    expect(await stage.sync(sourceOf(1, TEXTS))).toMatchObject({ embedded: 5 });
    expect((await stage.search("孵化器", 1))?.[0]?.key).toBe("c");
  });

  test("above the size of exact search the graph is built, saved and found again", async () => {
    const texts = Object.fromEntries(Array.from({ length: 120 }, (_, at) => [`k${at}`, `第${at}条`]));
    const model = await connect();
    const { stage } = await openStage(model, { exactUpTo: 100 });
    await stage.sync(sourceOf(1, texts, 50));
    expect(stage.describe()).toMatch(/图索引，实测召回率 (?:100|9\d)\.\d%/);
    const again = await openStage(model, { exactUpTo: 100 });
    expect(again.index.describe().strategy).toBe("graph");
    expect((await again.stage.search("第7条", 1))?.[0]?.key).toBe("k7");
  });
});

describe("a question while the model", () => {
  const ready = async () => {
    const { stage } = await openStage(await connect());
    await stage.sync(sourceOf(1, TEXTS));
    server.requests.length = 0;
    return stage;
  };

  test.each([
    ["is dead", { kind: "close" }],
    ["is slow", { kind: "hang" }],
    ["refuses", { kind: "status", status: 500 }],
    ["talks nonsense", { kind: "raw", body: "<html></html>" }],
    ["gives other dimensions", { kind: "raw", body: `{"data":[{"embedding":[1,2]}]}` }],
  ] as const)("%s is answered by words, and the model is left alone for a while", async (_, step) => {
    const stage = await ready();
    server.script(step);
    expect(await stage.search("租房", 3)).toBeUndefined();
    expect(await stage.search("贷款", 3)).toBeUndefined();
    expect(server.requests).toHaveLength(1);
    clock.advance(31_000);
    expect(await stage.search("贷款", 3)).toHaveLength(3);
  });

  test("a question asked again needs no model", async () => {
    const stage = await ready();
    await stage.search("租房", 3);
    await stage.search("租房", 3);
    expect(server.requests).toHaveLength(1);
  });

  test("a filter is heeded", async () => {
    const stage = await ready();
    expect(await stage.search("孵化器", 3, (key) => key === "a")).toMatchObject([{ key: "a" }]);
  });
});
