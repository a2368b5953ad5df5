import { existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openVectorIndex, type VectorIndex } from "../../src/retrieval/vectors/index.ts";
import { silentLogger } from "../../src/shared/index.ts";
import { listClusteredVectors, toUnit } from "../support/sample-vectors.ts";

const DIMENSIONS = 16;

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "vectors-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const open = (overrides: { modelName?: string; dimensions?: number; exactUpTo?: number } = {}) =>
  openVectorIndex({ directory, modelName: "m", dimensions: DIMENSIONS, logger: silentLogger, ...overrides });
const sample = (count: number, seed = 1) => [...listClusteredVectors(count, DIMENSIONS, { seed })];
const fill = (index: VectorIndex, count: number, seed = 1) => {
  const vectors = sample(count, seed);
  index.upsert(
    vectors.map((_, number) => `k${number}`),
    vectors,
  );
  return vectors;
};
const keysOf = (index: VectorIndex, vector: Float32Array, count: number) =>
  index.search(vector, count).map(({ key }) => key);
const plainSearch = (vectors: ReadonlyMap<string, Float32Array>, vector: Float32Array, count: number) =>
  [...vectors]
    .map(([key, one]) => ({ key, score: one.reduce((sum, value, at) => sum + value * (vector[at] ?? 0), 0) }))
    .sort((one, other) => other.score - one.score)
    .slice(0, count);

describe.each([
  ["exact", Number.POSITIVE_INFINITY],
  ["graph", 50],
] as const)("%s search", (strategy, exactUpTo) => {
  const openFilled = async (count = 400) => {
    const index = await open({ exactUpTo });
    const vectors = fill(index, count);
    await index.optimize();
    expect(index.describe().strategy).toBe(strategy);
    return { index, vectors };
  };

  test("finds the nearest, best first, with the cosine as score", async () => {
    const { index, vectors } = await openFilled();
    const hits = index.search(vectors[7] as Float32Array, 10);
    expect(hits[0]?.key).toBe("k7");
    expect(hits[0]?.score).toBeCloseTo(1, 5);
    expect(hits).toHaveLength(10);
    expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).sort((a, b) => b - a));
    const expected = plainSearch(
      new Map(vectors.map((one, at) => [`k${at}`, one])),
      vectors[7] as Float32Array,
      10,
    );
    expect(hits.map(({ key }) => key)).toEqual(expected.map(({ key }) => key));
  });

  test("a removed key is not found, and its place is used again", async () => {
    const { index, vectors } = await openFilled();
    const vector = vectors[7] as Float32Array;
    index.remove(["k7", "never there"]);
    expect(index.size).toBe(399);
    expect(index.has("k7")).toBe(false);
    expect(keysOf(index, vector, 400)).not.toContain("k7");
    index.upsert(["new"], [vector]);
    expect(keysOf(index, vector, 1)).toEqual(["new"]);
    await index.optimize();
    expect(keysOf(index, vector, 1)).toEqual(["new"]);
  });

  test("a replaced vector is found at its new place only", async () => {
    const { index, vectors } = await openFilled();
    index.upsert(["k7"], [(vectors[8] as Float32Array).map((value) => -value)]);
    await index.optimize();
    expect(keysOf(index, vectors[7] as Float32Array, 5)).not.toContain("k7");
    expect(
      keysOf(
        index,
        (vectors[8] as Float32Array).map((value) => -value),
        1,
      ),
    ).toEqual(["k7"]);
  });

  test("a filter leaves only what it accepts", async () => {
    const { index, vectors } = await openFilled();
    const hits = index.search(vectors[7] as Float32Array, 5, (key) => key.endsWith("3"));
    expect(hits).toHaveLength(5);
    expect(hits.every(({ key }) => key.endsWith("3"))).toBe(true);
  });

  test("asking for more than there is gives all, for nothing gives none", async () => {
    const { index, vectors } = await openFilled(60);
    expect(index.search(vectors[0] as Float32Array, 1000)).toHaveLength(60);
    expect(index.search(vectors[0] as Float32Array, 0)).toEqual([]);
  });

  test("is the same after save and load", async () => {
    const { index, vectors } = await openFilled();
    index.remove(["k3", "k5"]);
    const before = index.search(vectors[7] as Float32Array, 20);
    await index.save(42);
    index.close();
    const loaded = await open({ exactUpTo });
    expect(loaded.describe()).toMatchObject({ strategy, size: 398 });
    expect(loaded.savedRevision).toBe(42);
    expect(loaded.search(vectors[7] as Float32Array, 20)).toEqual(before);
    expect([...loaded.keys()].sort()).toEqual([...index.keys()].sort());
  });
});

test("an empty index", async () => {
  const index = await open();
  expect(index.search(new Float32Array(DIMENSIONS), 5)).toEqual([]);
  await index.optimize();
  await index.save(1);
  expect((await open()).size).toBe(0);
});

test("vectors of another length are refused", async () => {
  const index = await open();
  expect(() => index.upsert(["a"], [new Float32Array(3)])).toThrow(RangeError);
  expect(() => index.upsert(["a", "b"], [new Float32Array(DIMENSIONS)])).toThrow(RangeError);
  expect(() => index.search(new Float32Array(3), 1)).toThrow(RangeError);
});

test("behaves as a plain list would, whatever is added and removed", async () => {
  const pool = sample(30, 9);
  const change = fc.record({ remove: fc.boolean(), key: fc.integer({ min: 0, max: 11 }), at: fc.nat(29) });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 40 }), async (changes) => {
      const index = await open();
      const plain = new Map<string, Float32Array>();
      for (const { remove, key, at } of changes) {
        if (remove) {
          index.remove([`k${key}`]);
          plain.delete(`k${key}`);
        } else {
          index.upsert([`k${key}`], [pool[at] as Float32Array]);
          plain.set(`k${key}`, pool[at] as Float32Array);
        }
      }
      const question = toUnit(Float32Array.from({ length: DIMENSIONS }, (_, index) => Math.sin(index + 1)));
      const scores = index.search(question, 5).map(({ score }) => score);
      const expected = plainSearch(plain, question, 5).map(({ score }) => score);
      expect(index.size).toBe(plain.size);
      expect(scores).toHaveLength(expected.length);
      for (const [position, score] of scores.entries()) expect(score).toBeCloseTo(expected[position] ?? 0, 5);
    }),
    { numRuns: 40 },
  );
});

test("the graph's recall is measured, and additions are found before they are linked", async () => {
  const index = await open({ exactUpTo: 500 });
  fill(index, 2000);
  expect(index.describe().strategy).toBe("exact");
  await index.optimize();
  expect(index.describe().recall).toBeGreaterThanOrEqual(0.96);
  expect(index.describe().breadth).toBeGreaterThanOrEqual(256);
  const [added] = sample(1, 77) as [Float32Array];
  index.upsert(["added"], [added]);
  expect(index.describe().strategy).toBe("graph");
  expect(keysOf(index, added, 1)).toEqual(["added"]);
});

test("much replacing builds the graph anew", async () => {
  const index = await open({ exactUpTo: 50 });
  fill(index, 300);
  await index.optimize();
  fill(index, 300, 5);
  await index.optimize();
  const vectors = sample(300, 5);
  expect(keysOf(index, vectors[11] as Float32Array, 1)).toEqual(["k11"]);
  expect(index.describe().strategy).toBe("graph");
});

describe("files that are of no use", () => {
  const file = () => join(directory, "vectors.bin");
  const graph = () => join(directory, "graph.bin");
  const saveSample = async () => {
    const index = await open({ exactUpTo: 50 });
    const vectors = fill(index, 200);
    await index.optimize();
    await index.save(5);
    index.close();
    return vectors;
  };

  test.each([
    ["cut off", () => truncateSync(file(), statSync(file()).size - 100)],
    ["empty", () => writeFileSync(file(), "")],
    ["of another form", () => writeFileSync(file(), "something else entirely")],
    [
      "with one bit changed",
      () => {
        const bytes = readFileSync(file());
        bytes[bytes.length - 200] = (bytes[bytes.length - 200] ?? 0) ^ 1;
        writeFileSync(file(), bytes);
      },
    ],
    [
      "with an absurd header length",
      () => {
        const bytes = readFileSync(file());
        bytes.writeUInt32LE(0xffffffff, 6);
        writeFileSync(file(), bytes);
      },
    ],
    ["missing", () => rmSync(file())],
  ])("%s: starts empty and says why", async (_, damage) => {
    await saveSample();
    damage();
    const index = await open({ exactUpTo: 50 });
    expect(index.size).toBe(0);
    expect(index.savedRevision).toBeUndefined();
    expect(index.describe().rebuiltBecause).toBeTruthy();
  });

  test("of another model or other dimensions", async () => {
    await saveSample();
    expect((await open({ modelName: "other" })).describe().rebuiltBecause).toMatch(/another model/);
    expect((await open({ dimensions: 8 })).size).toBe(0);
  });

  test.each([
    ["a damaged graph", () => writeFileSync(graph(), "garbage")],
    ["a missing graph", () => rmSync(graph())],
    ["a damaged note", () => writeFileSync(`${graph()}.json`, "{")],
    ["a missing note", () => rmSync(`${graph()}.json`)],
  ])("%s: the vectors are kept and searched exactly until it is built again", async (_, damage) => {
    const vectors = await saveSample();
    expect(existsSync(graph())).toBe(true);
    damage();
    const index = await open({ exactUpTo: 50 });
    expect(index.describe()).toMatchObject({ strategy: "exact", size: 200 });
    expect(keysOf(index, vectors[3] as Float32Array, 1)).toEqual(["k3"]);
    await index.optimize();
    expect(index.describe().strategy).toBe("graph");
  });

  test("a graph of earlier vectors is not used", async () => {
    await saveSample();
    const kept = readFileSync(graph());
    const note = readFileSync(`${graph()}.json`);
    const index = await open({ exactUpTo: 50 });
    fill(index, 200, 3);
    await index.save(6);
    writeFileSync(graph(), kept);
    writeFileSync(`${graph()}.json`, note);
    expect((await open({ exactUpTo: 50 })).describe().strategy).toBe("exact");
  });

  test("a failed save leaves the old file", async () => {
    const vectors = await saveSample();
    rmSync(graph());
    const index = await open();
    writeFileSync(`${file()}.new`, "left over from a crash");
    await index.save(7);
    expect((await open()).savedRevision).toBe(7);
    expect(keysOf(await open(), vectors[3] as Float32Array, 1)).toEqual(["k3"]);
  });
});
