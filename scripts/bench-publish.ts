/**
 * How soon a decision answers, and what surrounds it:
 *   node scripts/bench-publish.ts [--documents 1000] [--data <folder>] [--publications 20] [--turns 1000] [--uploads 200]
 *     [--parts bare,preview,corrections,uploads]
 * `--data`: a folder of `bench-ingest --keep`, which is changed (give another --seed each time); otherwise documents are generated and read in first.
 * Publications and rollbacks run while somebody asks over and over; target: answered from the new state within a second.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Application } from "../src/app.ts";
import { randomIds, systemClock } from "../src/shared/index.ts";
import type { ProposalKind } from "../src/storage/index.ts";
import { p, writeDocx } from "../tests/support/write-docx.ts";
import { generateDocuments, generateQuestions } from "./bench-ingest/generate-documents.ts";
import { describeCost, describeLoad, describeSpread, measure, residentMb } from "./bench-ingest/meter.ts";
import { ADMIN, openBench, SECOND } from "./bench-ingest/open-bench.ts";
import { type PreparedVersion, prepareVersion } from "./bench-publish/prepare-version.ts";
import { storeTurns } from "./bench-publish/store-turns.ts";
import { type Change, timeChange } from "./bench-publish/until-answered.ts";

const { values } = parseArgs({
  options: {
    documents: { type: "string", default: "1000" },
    seed: { type: "string", default: "7" },
    data: { type: "string" },
    publications: { type: "string", default: "20" },
    turns: { type: "string", default: "1000" },
    uploads: { type: "string", default: "200" },
    parts: { type: "string", default: "bare,preview,corrections,uploads" },
  },
});
const publications = Number(values.publications);
const seed = Number(values.seed);
const parts = new Set(values.parts.split(","));
const directory = values.data ? resolve(values.data) : await mkdtemp(join(tmpdir(), "xiance-bench-publish-"));

async function ingestGenerated({ knowledge, retriever }: Application): Promise<void> {
  for (const { fileName, text } of generateDocuments(Number(values.documents), seed)) {
    const path = join(directory, fileName);
    await writeFile(path, text);
    await knowledge.ingestFile(path, { publish: true });
  }
  await retriever.refresh();
}

function report(name: string, changes: readonly Change[]): void {
  const returned = changes.map((change) => ({ wall: change.returned, processor: 0 }));
  const longest = Math.max(...changes.map((change) => change.longestQuestion));
  console.log(`${name}（${changes.length} 次，${describeLoad()}）`);
  console.log(`  到新状态作答：${describeSpread(changes.map((change) => change.answered))}`);
  console.log(
    `  到操作返回：${describeSpread(returned).replace(/（.*/, "")}；其间提问最久 ${(longest * 1000).toFixed(0)} 毫秒`,
  );
}

/** What approving does, without the preview that a proposal is made and approved with. */
async function decideWithoutPreview(
  { storage, retriever }: Application,
  kind: ProposalKind,
  { documentId, versionId }: PreparedVersion,
): Promise<() => Promise<void>> {
  const proposalId = randomIds();
  const target = kind === "rollback" ? await storage.knowledge.rollbackTarget(documentId) : versionId;
  const subject = { kind, documentId, versionId: target ?? null, faqId: null, faqRevision: null };
  await storage.workflow.openProposal(
    { ...subject, proposalId, proposedBy: ADMIN.account, reason: null, impact: null },
    systemClock(),
    { actor: ADMIN.account },
  );
  return async () => {
    const decision = { state: "approved" as const, by: SECOND.account };
    await storage.workflow.decideProposal(proposalId, decision, systemClock(), { actor: SECOND.account });
    await retriever.refresh();
  };
}

async function publishBare(application: Application, versions: readonly PreparedVersion[]): Promise<void> {
  const kinds = [
    ["发布，不含影响预览", "publish", true],
    ["回退，不含影响预览", "rollback", false],
  ] as const;
  for (const [name, kind, isCited] of kinds) {
    const changes: Change[] = [];
    for (const version of versions) {
      const decide = await decideWithoutPreview(application, kind, version);
      changes.push(await timeChange(application, version, isCited, decide));
    }
    report(name, changes);
  }
}

async function publishWithPreview(
  application: Application,
  versions: readonly PreparedVersion[],
): Promise<void> {
  const { review } = application.publishing;
  const proposing = [];
  const changes: Change[] = [];
  for (const version of versions) {
    const proposed = await measure(() => review.submit(version.versionId, ADMIN));
    proposing.push(proposed.cost);
    if (proposed.outcome.outcome !== "waiting") throw new Error(`proposal ${proposed.outcome.outcome}`);
    const { proposalId } = proposed.outcome.proposal;
    const options = { override: true, reason: "测试" };
    const decide = () => review.approve(proposalId, SECOND, options);
    changes.push(await timeChange(application, version, true, decide));
  }
  console.log(`提交复核（含影响预览）：${describeSpread(proposing)}`);
  report("发布，含影响预览", changes);
}

async function previewTwice(application: Application, version: PreparedVersion): Promise<void> {
  const { review } = application.publishing;
  for (const name of ["影响预览（现行答复未存）", "影响预览（现行答复已存）"]) {
    const { outcome, cost } = await measure(() => review.assessImpact(version.versionId, ADMIN));
    console.log(`${name}：${describeCost(cost, 2)}，检验题 ${outcome.golden.asked} 道，${describeLoad()}`);
  }
}

async function correct(application: Application, versions: readonly PreparedVersion[]): Promise<void> {
  const { publishing } = application;
  await publishing.runCorrections(async () => true);
  const questions = generateQuestions(100, seed + 1);
  for (const [run, turns] of values.turns.split(",").map(Number).entries()) {
    await storeTurns(application, questions, turns, `turns-${run}-${randomIds()}`);
    const version = versions[run];
    if (!version) return;
    await (await decideWithoutPreview(application, "publish", version))();
    const { outcome, cost } = await measure(() => publishing.runCorrections(async () => true));
    console.log(
      `更正，又存 ${turns} 个问答：${describeCost(cost, 2)}，通知 ${outcome} 人次，${describeLoad()}`,
    );
  }
}

async function upload({ publishing }: Application): Promise<void> {
  const uploads = Number(values.uploads);
  if (uploads === 0) return;
  const costs = [];
  const memory = [`开始 ${residentMb().toFixed(0)}`];
  let index = 0;
  for (const { text } of generateDocuments(uploads, seed + 100)) {
    const lines = text.replace("生成〔2026〕", "上传〔2026〕").trim().split("\n");
    const bytes = writeDocx({ body: lines.map((line) => p(line)).join("") });
    const file = { bytes, fileName: `上传${index}.docx`, source: "upload" };
    const { outcome, cost } = await measure(() => publishing.review.receiveFile(file, ADMIN));
    if (!outcome.review) throw new Error(outcome.submission.failure ?? "not read");
    costs.push(cost);
    index += 1;
    if (index % Math.ceil(uploads / 5) === 0) memory.push(`${index} 份 ${residentMb().toFixed(0)}`);
  }
  console.log(`上传 docx ${uploads} 份：每份 ${describeSpread(costs)}，${describeLoad()}`);
  console.log(`  服务进程常驻内存（MB）：${memory.join("，")}`);
}

const application = await openBench(directory);
try {
  if (!values.data) await ingestGenerated(application);
  const documents = await application.storage.knowledge.listDocuments({ collection: "ingest" });
  console.log(
    `${documents.length} 份文件，${application.retriever.size} 段，常驻内存 ${residentMb().toFixed(0)} MB，${describeLoad()}`,
  );
  const step = Math.floor(documents.length / (2 * publications + 4));
  const chosen = Array.from({ length: 2 * publications + 4 }, (_, index) => documents[index * step]);
  const prepared: PreparedVersion[] = [];
  for (const [index, document] of chosen.entries()) {
    if (document) prepared.push(await prepareVersion(application, document.documentId, index, seed));
  }
  await application.answerer.answerQuestion({ question: prepared[0]?.question ?? "" });
  if (parts.has("bare")) await publishBare(application, prepared.slice(0, publications));
  const spare = prepared.slice(2 * publications);
  const last = spare.at(-1);
  if (last && parts.has("preview")) {
    await previewTwice(application, last);
    await publishWithPreview(application, prepared.slice(publications, 2 * publications));
  }
  if (parts.has("corrections")) await correct(application, spare);
  if (parts.has("uploads")) await upload(application);
} finally {
  await application.close();
  if (!values.data) await rm(directory, { recursive: true, force: true });
}
