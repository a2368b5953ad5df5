import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";

const ROOT = resolve(import.meta.dirname, "../..");
const EVALUATION = join(ROOT, "knowledge/evaluation");
const PLANS = join(ROOT, "knowledge/plans");
const LIBRARY = join(ROOT, "tests/fixtures/policy-library");
const PLAN = "张江高新区奉贤园改革创新发展行动方案（2024-2026年）.txt";

const KINDS_WITH_ANSWER = [
  "fact",
  "number",
  "list",
  "program",
  "contact",
  "comparison",
  "multi-section",
  "follow-up",
] as const;
const KINDS_WITHOUT_ANSWER = ["unanswerable", "out-of-scope", "injection"] as const;

const questionSchema = z.strictObject({
  id: z.string().min(1),
  split: z.enum(["dev", "tune", "test", "blind"]),
  kind: z.enum([...KINDS_WITH_ANSWER, ...KINDS_WITHOUT_ANSWER]),
  question: z.string().trim().min(1),
  context: z.array(z.string().min(1)),
  lang: z.string().min(1),
  sections: z.array(z.string().min(1)),
  evidence: z.array(z.string().min(1)),
  partial_evidence: z.boolean(),
  answer: z.string().nullable(),
  why_unanswerable: z.string().nullable(),
  route: z.string().nullable(),
  document: z.string().optional(),
});
type Question = z.infer<typeof questionSchema>;

function readItems(path: string): unknown[] {
  const lines = readFileSync(path, "utf8").split("\n");
  return lines.filter((line) => line.trim() !== "").map((line) => JSON.parse(line));
}

function readDocument(name: string): string {
  const path = [join(LIBRARY, name), join(PLANS, name)].find((candidate) => existsSync(candidate));
  if (path === undefined) throw new Error(`no document ${name}`);
  return readFileSync(path, "utf8");
}

/** What is wrong with the labels of one question; empty when nothing is. */
function findFaults(question: Question): string[] {
  const { kind, evidence, partial_evidence: partial, context, why_unanswerable: why } = question;
  const text = readDocument(question.document ?? PLAN);
  const faults = evidence.filter((quote) => !text.includes(quote)).map((quote) => `not verbatim: ${quote}`);
  const isWithoutAnswer = KINDS_WITHOUT_ANSWER.some((known) => known === kind);
  if (isWithoutAnswer && evidence.length > 0 && !partial) faults.push("evidence for what has no answer");
  if (!isWithoutAnswer && evidence.length === 0 && why === null) faults.push("no evidence");
  if (partial && evidence.length === 0) faults.push("partial without evidence");
  if (evidence.length > 0 && question.sections.length === 0) faults.push("evidence without a section");
  if (kind === "follow-up" && context.length === 0) faults.push("follow-up without context");
  return faults;
}

const setPaths = [
  ...readdirSync(EVALUATION)
    .filter((name) => name.endsWith(".jsonl"))
    .map((name) => join(EVALUATION, name)),
  join(LIBRARY, "questions.jsonl"),
];
const questionPaths = setPaths.filter((path) => /questions[^/]*\.jsonl$/.test(path));

describe("evaluation sets", () => {
  it("finds the sets that are shipped", () => {
    expect(questionPaths.length).toBeGreaterThanOrEqual(3);
    expect(setPaths.length).toBeGreaterThan(questionPaths.length);
  });

  it.each(setPaths)("%s is JSON Lines with unique ids", (path) => {
    const ids = readItems(path).map((item) => z.looseObject({ id: z.string() }).parse(item).id);
    expect(ids.length).toBeGreaterThan(0);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(questionPaths)("%s has sound labels", (path) => {
    const questions = z.array(questionSchema).parse(readItems(path));
    const faults = questions.flatMap((question) =>
      findFaults(question).map((fault) => `${question.id}: ${fault}`),
    );
    expect(faults).toEqual([]);
  });

  it("has a question for every document of the policy library", () => {
    const asked = new Set(
      z
        .array(questionSchema)
        .parse(readItems(join(LIBRARY, "questions.jsonl")))
        .map((question) => question.document),
    );
    const documents = readdirSync(LIBRARY).filter((name) => name.endsWith(".txt"));
    expect(documents).toHaveLength(12);
    expect(documents.filter((name) => !asked.has(name))).toEqual([]);
  });

  it("halves the house set by odd and even ids", () => {
    const house = z.array(questionSchema).parse(readItems(join(EVALUATION, "questions-house.jsonl")));
    const misplaced = house.filter(
      ({ id, split }) => split !== (Number(id.slice(1)) % 2 === 1 ? "tune" : "test"),
    );
    expect(misplaced).toEqual([]);
  });

  it("keeps blind questions in a set of their own", () => {
    const blindPath = join(EVALUATION, "questions-blind.jsonl");
    const misplaced = questionPaths.flatMap((path) =>
      z
        .array(questionSchema)
        .parse(readItems(path))
        .filter(({ split }) => (split === "blind") !== (path === blindPath))
        .map(({ id }) => id),
    );
    expect(questionPaths).toContain(blindPath);
    expect(misplaced).toEqual([]);
  });
});

describe("findFaults", () => {
  const sound: Question = {
    id: "T1",
    split: "test",
    kind: "fact",
    question: "谁发的",
    context: [],
    lang: "zh-Hans",
    sections: ["发文机关"],
    evidence: ["奉贤区人民政府"],
    partial_evidence: false,
    answer: "奉贤区人民政府。",
    why_unanswerable: null,
    route: null,
  };

  it.each<[string, Partial<Question>]>([
    ["a quote that is not in the document", { evidence: ["奉贤区人民政府办公室印发"] }],
    ["evidence for an unanswerable question", { kind: "unanswerable" }],
    ["an answerable question without evidence", { evidence: [] }],
    ["a follow-up without context", { kind: "follow-up" }],
  ])("reports %s", (_name, change) => {
    expect(findFaults(sound)).toEqual([]);
    expect(findFaults({ ...sound, ...change })).not.toEqual([]);
  });
});
