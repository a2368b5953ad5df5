import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Command } from "commander";
import type { Application } from "../app.ts";
import { type DocumentId, toShanghaiDay } from "../shared/index.ts";
import { openForReading } from "./open-for-reading.ts";
import {
  addSharedOptions,
  type CommandContext,
  EXIT,
  runCommand,
  type SharedOptions,
} from "./run-command.ts";

interface EvalOptions extends SharedOptions {
  sets?: string;
  failures?: boolean;
  split?: string;
  asOf?: string;
}

export function addEvalCommand(program: Command): void {
  addSharedOptions(program.command("eval"))
    .description("用评测集检验检索与作答，输出并保存成绩单")
    .option("--sets <dir>", "评测集目录（默认 knowledge/evaluation）")
    .option("--split <name>", "只用某一部分（dev、tune、test）")
    .option("--as-of <date>", "按这一天作答（默认今天）")
    .option("--failures", "逐条列出未达标的问题")
    .action(async (options: EvalOptions) => {
      process.exitCode = await runCommand(options, (context) => evaluate(options, context));
    });
}

async function evaluate(options: EvalOptions, context: CommandContext): Promise<number> {
  const {
    evaluateQuestions,
    listFailures,
    loadQuestionSets,
    writeMatchScorecard,
    writeRequestScorecard,
    writeScorecard,
    writeSentenceScorecard,
  } = await import("../evaluation/index.ts");
  const { config, clock, ids } = context;
  const directory = options.sets ? resolve(options.sets) : join(config.knowledgeDirectory, "evaluation");
  const sets = await loadQuestionSets(directory);
  const application = await openForReading(context);
  try {
    const asOf = options.asOf ?? toShanghaiDay(clock());
    const results = [];
    const failures: string[] = [];
    for (const set of splitSets(sets, options.split)) {
      const { judged, measures } = await evaluateQuestions(set.questions, {
        answerer: application.answerer,
        documentText: (documentId) => readPublishedText(application, documentId),
        milliseconds: () => performance.now(),
        asOf,
      });
      results.push({ name: set.name, measures });
      failures.push(...listFailures(judged));
    }
    const matching = await evaluateMatching(application, directory, asOf, options.split);
    failures.push(...matching.failures);
    const triage = await evaluateTriage(config.knowledgeDirectory, directory, asOf, options.split);
    failures.push(...triage.failures);
    const scorecard = {
      at: clock().toISOString(),
      asOf,
      retrieval: application.retriever.describe(),
      results,
      matching: matching.results,
      sentences: matching.sentences,
      triage: triage.results,
    };
    const path = join(config.dataDirectory, "scorecard.json");
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, `${JSON.stringify(scorecard, null, 2)}\n`);
    if (application.mode === "write") {
      await application.storage.evaluation.saveRun({ runId: ids(), at: scorecard.at, scorecard });
    }
    if (context.json) context.printJson(scorecard);
    else {
      const cards = [
        writeScorecard(results),
        writeMatchScorecard(matching.results),
        writeSentenceScorecard(matching.sentences),
        writeRequestScorecard(triage.results),
      ].filter((card) => card !== "");
      context.print(`${cards.join("\n\n")}\n\n成绩单已保存：${path}`);
    }
    if (options.failures) for (const line of failures) context.io.stderr.write(`${line}\n`);
    return EXIT.done;
  } finally {
    await application.close();
  }
}

/** Profiles → programs and questions; sentences → facts. */
async function evaluateMatching(
  { matching }: Application,
  directory: string,
  asOf: string,
  split: string | undefined,
) {
  const evaluation = await import("../evaluation/index.ts");
  const results: import("../evaluation/index.ts").MatchSetResult[] = [];
  const failures: string[] = [];
  const halves = (await evaluation.loadProfileSets(directory)).flatMap(({ name, profiles }) => {
    const splits = [...new Set(profiles.map((profile) => profile.split))];
    return splits
      .filter((one) => split === undefined || one === split)
      .map((one) => ({
        name: splits.length > 1 ? `${name} · ${one}` : name,
        chosen: profiles.filter((profile) => profile.split === one),
      }));
  });
  for (const { name, chosen } of halves) {
    const { judged, measures } = await evaluation.evaluateProfiles(chosen, {
      matchRequest: matching.matchRequest,
      fieldWords: (field) => {
        const known = matching.lexicon.fields.get(field);
        return known ? [known.label, ...known.names].join(" ") : "";
      },
      milliseconds: () => performance.now(),
      asOf,
    });
    results.push({ name, measures });
    failures.push(...evaluation.listMatchFailures(judged));
  }
  return { results, failures, sentences: await evaluateReading(matching, directory, asOf, split) };
}

/** Sentences → facts, half by half. */
async function evaluateReading(
  { reader, lexicon }: Application["matching"],
  directory: string,
  asOf: string,
  split: string | undefined,
) {
  const { evaluateSentences, loadSentences } = await import("../evaluation/index.ts");
  const all = await loadSentences(directory);
  const splits = [...new Set(all.map((sentence) => sentence.split))];
  const results = [];
  for (const name of splits.filter((one) => split === undefined || one === split)) {
    const chosen = all.filter((sentence) => sentence.split === name);
    const parentOf = (industry: string) => lexicon.industries.get(industry)?.parent ?? null;
    const { measures } = await evaluateSentences(chosen, reader, asOf, parentOf);
    results.push({ name: `sentences · ${name}`, measures });
  }
  return results;
}

/** Requests → category, urgency, leading departments by the routing table as it stands in the files. */
async function evaluateTriage(
  knowledgeDirectory: string,
  directory: string,
  asOf: string,
  split: string | undefined,
) {
  const { evaluateRequests, listRequestFailures, loadRequestSets, toRequestSetResult } = await import(
    "../evaluation/index.ts"
  );
  const { loadClassifier, loadDeskSettings, route } = await import("../triage/index.ts");
  const sets = await loadRequestSets(directory);
  if (sets.length === 0) return { results: [], failures: [] };
  const classifier = await loadClassifier(knowledgeDirectory);
  const settings = await loadDeskSettings(knowledgeDirectory);
  const now = new Date(`${asOf}T02:00:00Z`);
  const results: import("../evaluation/index.ts").RequestSetResult[] = [];
  const failures: string[] = [];
  for (const { name, requests } of sets) {
    const splits = [...new Set(requests.map((request) => request.split))];
    for (const half of splits.filter((one) => split === undefined || one === split)) {
      const { judged, measures } = evaluateRequests(
        requests.filter((request) => request.split === half),
        {
          classifier,
          route: (found, text) => route(found, text, {}, settings, [], now).lead.map((lead) => lead.name),
          milliseconds: () => performance.now(),
          asOf,
        },
      );
      results.push(toRequestSetResult(splits.length > 1 ? `${name} · ${half}` : name, judged, measures));
      if (half !== "test") failures.push(...listRequestFailures(judged));
    }
  }
  return { results, failures };
}

async function readPublishedText(
  { knowledge }: Application,
  documentId: DocumentId,
): Promise<string | undefined> {
  const document = (await knowledge.listPublished()).find((published) => published.documentId === documentId);
  return document && knowledge.documentText(document.versionId);
}

type Sets = Awaited<ReturnType<typeof import("../evaluation/index.ts").loadQuestionSets>>;

/** A set with halves is reported half by half. */
function splitSets(sets: Sets, only: string | undefined): Sets {
  return sets.flatMap(({ name, questions }) => {
    const splits = [...new Set(questions.map(({ split }) => split))];
    return splits
      .filter((split) => only === undefined || split === only)
      .map((split) => ({
        name: splits.length > 1 ? `${name} · ${split}` : name,
        questions: questions.filter((question) => question.split === split),
      }));
  });
}
