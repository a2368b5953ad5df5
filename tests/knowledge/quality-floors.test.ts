import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Application, openApplication } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { type AnswerMeasures, evaluateQuestions, loadQuestionSets } from "../../src/evaluation/index.ts";
import {
  createCountingIds,
  createManualClock,
  type DocumentId,
  silentLogger,
} from "../../src/shared/index.ts";

/**
 * Floors under the measured quality, without a model. They stand a little below the figures of the day they were set, and
 * only rise. `knowledge/evaluation/README.md` says what each set is worth.
 */
interface Floor {
  set: string;
  split: string;
  hitAt1: number;
  hitAt3: number;
  correctRefusals: number;
  /** The most that may be refused wrongly. */
  falseRefusals: number;
}

const ALONE: readonly Floor[] = [
  {
    set: "questions-dev",
    split: "dev",
    hitAt1: 0.85,
    hitAt3: 0.92,
    correctRefusals: 0.9,
    falseRefusals: 0.05,
  },
  {
    set: "questions-house",
    split: "tune",
    hitAt1: 0.84,
    hitAt3: 0.92,
    correctRefusals: 0.9,
    falseRefusals: 0.06,
  },
  {
    set: "questions-house",
    split: "test",
    hitAt1: 0.78,
    hitAt3: 0.86,
    correctRefusals: 0.75,
    falseRefusals: 0.12,
  },
];
const BESIDE_LIBRARY: readonly Floor[] = [
  {
    set: "questions-house",
    split: "test",
    hitAt1: 0.75,
    hitAt3: 0.85,
    correctRefusals: 0.75,
    falseRefusals: 0.12,
  },
];
const LIBRARY: readonly Floor[] = [
  { set: "questions", split: "test", hitAt1: 0.66, hitAt3: 0.87, correctRefusals: 0.6, falseRefusals: 0.1 },
];

const EVALUATION = resolve(import.meta.dirname, "../../knowledge/evaluation");
const POLICY_LIBRARY = resolve(import.meta.dirname, "../fixtures/policy-library");
const AS_OF = "2026-11-23";

let alone: Application;
let beside: Application;
const directories: string[] = [];

async function open(files: readonly string[]): Promise<Application> {
  const data = await mkdtemp(join(tmpdir(), "xiance-floors-"));
  directories.push(data);
  const application = await openApplication(readConfig({}, { data }), {
    mode: "write",
    clock: createManualClock(new Date(`${AS_OF}T04:00:00Z`)).now,
    ids: createCountingIds(),
    logger: silentLogger,
  });
  for (const file of files) await application.knowledge.ingestFile(file, { publish: true });
  await application.retriever.refresh();
  return application;
}

beforeAll(async () => {
  const library = (await readdir(POLICY_LIBRARY)).filter((name) => name.endsWith(".txt"));
  alone = await open([]);
  beside = await open(library.map((name) => join(POLICY_LIBRARY, name)));
});

afterAll(async () => {
  await Promise.all([alone.close(), beside.close()]);
  await Promise.all(directories.map((directory) => rm(directory, { recursive: true })));
});

async function measure(
  application: Application,
  sets: string,
  { set, split }: Floor,
): Promise<AnswerMeasures> {
  const questions = (await loadQuestionSets(sets)).find(({ name }) => name === set)?.questions ?? [];
  const chosen = questions.filter((question) => question.split === split);
  expect(chosen.length).toBeGreaterThan(0);
  const texts = new Map<DocumentId, string>();
  for (const { documentId, versionId } of await application.knowledge.listPublished()) {
    texts.set(documentId, await application.knowledge.documentText(versionId));
  }
  const { measures } = await evaluateQuestions(chosen, {
    answerer: application.answerer,
    documentText: async (documentId) => texts.get(documentId),
    milliseconds: () => 0,
    asOf: AS_OF,
  });
  return measures;
}

function expectAbove(measures: AnswerMeasures, floor: Floor): void {
  expect.soft(measures.hitAt1, "first citation").toBeGreaterThanOrEqual(floor.hitAt1);
  expect.soft(measures.hitAt3, "within three").toBeGreaterThanOrEqual(floor.hitAt3);
  expect.soft(measures.correctRefusals, "right refusals").toBeGreaterThanOrEqual(floor.correctRefusals);
  expect.soft(measures.falseRefusals, "false refusals").toBeLessThanOrEqual(floor.falseRefusals);
  expect(measures.quotesExact, "quotes exact").toBe(1);
}

describe("quality over the plan alone", () => {
  it.each(ALONE)("$set · $split", async (floor) =>
    expectAbove(await measure(alone, EVALUATION, floor), floor),
  );
});

describe("quality over the plan beside twelve invented documents", () => {
  it.each(BESIDE_LIBRARY)("$set · $split", async (floor) =>
    expectAbove(await measure(beside, EVALUATION, floor), floor),
  );
});

describe("quality over the invented documents", () => {
  it.each(LIBRARY)("$set · $split", async (floor) =>
    expectAbove(await measure(beside, POLICY_LIBRARY, floor), floor),
  );
});
