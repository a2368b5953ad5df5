import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Application, openApplication } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { asksFor, evaluateProfiles, loadProfileSets } from "../../src/evaluation/index.ts";
import { createCountingIds, createManualClock, silentLogger } from "../../src/shared/index.ts";

/** Floors under matching, without a model; they only rise. `knowledge/evaluation/README.md` says what each set is worth. */
const FLOORS = [
  { set: "profiles-dev", mustRecall: 0.93, mustNot: 0, askHit: 0.9 },
  { set: "profiles-blind", mustRecall: 0.88, mustNot: 2, askHit: 0.6 },
] as const;

const EVALUATION = resolve(import.meta.dirname, "../../knowledge/evaluation");

let data: string;
let app: Application;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "xiance-matching-floors-"));
  app = await openApplication(readConfig({}, { data }), {
    mode: "write",
    clock: createManualClock(new Date("2026-11-23T02:00:00Z")).now,
    ids: createCountingIds(),
    logger: silentLogger,
  });
});

afterAll(async () => {
  await app.close();
  await rm(data, { recursive: true });
});

describe.each(FLOORS)("$set", ({ set, mustRecall, mustNot, askHit }) => {
  it("stays above its floor", async () => {
    const found = (await loadProfileSets(EVALUATION)).find(({ name }) => name === set);
    const { measures } = await evaluateProfiles(found?.profiles ?? [], {
      matchRequest: app.matching.matchRequest,
      fieldWords: (field) => {
        const known = app.matching.lexicon.fields.get(field);
        return known ? [known.label, ...known.names].join(" ") : "";
      },
      milliseconds: () => 0,
      asOf: "2026-11-23",
    });
    expect(measures.profiles).toBeGreaterThan(10);
    expect(measures.mustRecall).toBeGreaterThanOrEqual(mustRecall);
    expect(measures.mustNot).toBeLessThanOrEqual(mustNot);
    expect(measures.askHit).toBeGreaterThanOrEqual(askHit);
  });
});

describe("the judge of questions", () => {
  it.each([
    ["本轮拟融资多少？ 本轮拟融资额 融资额", "本轮拟融资额", true],
    ["攻关或合作的课题是什么，有没有合作方？", "合作方", true],
    ["目前多少人？ 职工人数", "本轮拟融资额", false],
    ["注册在哪个区（是否在奉贤）？", "核心专利", false],
  ])("%s / %s", (question, fact, expected) => {
    expect(asksFor(question, fact)).toBe(expected);
  });
});
