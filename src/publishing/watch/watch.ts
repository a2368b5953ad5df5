import { describeAccount } from "../../access/index.ts";
import type { LabelledQuestion } from "../../evaluation/index.ts";
import { fromShanghaiDay, toShanghaiDay } from "../../shared/index.ts";
import { createQuoteFinder } from "../faq/published-quotes.ts";
import { readFaqContent } from "../faq/read-content.ts";
import { describeProposalKind } from "../proposals/describe-proposal.ts";
import type { PublishingParts } from "../publishing-parts.ts";
import type { WatchFinding } from "../types.ts";
import { daysBetween, findDates } from "./find-dates.ts";

const PROPOSAL_DAYS = 3;

/** What stands before its end, overdue or without a source, on a day. */
export async function watch(parts: PublishingParts, day?: string): Promise<WatchFinding[]> {
  const today = day ?? toShanghaiDay(parts.clock());
  const documents = await parts.knowledge.listPublished();
  const relations = await parts.relate(today);
  return [
    ...findDates(documents, relations, today, parts.settings),
    ...(await findVanishedFaq(parts, today)),
    ...(await findVanishedGolden(parts)),
    ...(await findOpenProposals(parts, today)),
  ];
}

async function findVanishedFaq({ storage }: PublishingParts, today: string): Promise<WatchFinding[]> {
  const findQuote = createQuoteFinder(storage.knowledge);
  const findings: WatchFinding[] = [];
  for (const { faqId, content } of await storage.faq.published()) {
    const { questions, sources, validUntil } = readFaqContent(content);
    const finding = { subject: `faq:${faqId}`, title: questions[0] ?? faqId };
    if (validUntil !== null && validUntil < today) {
      const text = `常见问答的有效期已于 ${validUntil} 届满，不再作答，请续期或撤下。`;
      findings.push({ ...finding, kind: "expired", text, day: validUntil });
    }
    for (const source of sources) {
      if (await findQuote(source)) continue;
      const text = `常见问答的出处 ${source.section} 已不在发布的文件中，该问答不再作答，请修订或撤下。`;
      findings.push({ ...finding, kind: "quote-vanished", text });
      break;
    }
  }
  return findings;
}

/** One line for all: a replaced document takes dozens along. */
async function findVanishedGolden({ goldenQuestions, knowledge }: PublishingParts): Promise<WatchFinding[]> {
  const questions = (await goldenQuestions()).filter(({ evidence }) => evidence.length > 0);
  if (questions.length === 0) return [];
  const waiting = new Map(questions.flatMap(({ evidence }) => evidence.map((quote) => [quote, true])));
  for (const { versionId } of await knowledge.listPublished()) {
    if (waiting.size === 0) break;
    const text = await knowledge.documentText(versionId);
    for (const quote of waiting.keys()) if (text.includes(quote)) waiting.delete(quote);
  }
  const lost = questions.filter(({ evidence }) => evidence.some((quote) => waiting.has(quote)));
  if (lost.length === 0) return [];
  const text = `${lost.length} 道标准问题引用的原文已不在发布的文件中（${nameSome(lost)}），请更新这些问题。`;
  return [{ kind: "quote-vanished", subject: "golden", title: "标准问题", text }];
}

function nameSome(questions: readonly LabelledQuestion[]): string {
  const ids = questions.slice(0, 5).map(({ id }) => id);
  return questions.length > ids.length ? `${ids.join("、")} 等` : ids.join("、");
}

async function findOpenProposals({ storage }: PublishingParts, today: string): Promise<WatchFinding[]> {
  const open = await storage.workflow.listProposals({ state: "open" });
  const findings: WatchFinding[] = [];
  for (const { proposalId, kind, documentId, proposedAt, proposedBy } of open) {
    const since = toShanghaiDay(new Date(proposedAt));
    if (new Date(proposedAt) >= fromShanghaiDay(today)) continue;
    const days = daysBetween(since, today);
    if (days <= PROPOSAL_DAYS) continue;
    const document = documentId && (await storage.knowledge.getDocument(documentId));
    findings.push({
      kind: "open-proposal",
      subject: `proposal:${proposalId}`,
      title: document ? document.title : describeProposalKind(kind),
      text: `${describeAccount(proposedBy)} 提出的“${describeProposalKind(kind)}”申请已等待复核 ${days} 天，请办理。`,
      day: since,
    });
  }
  return findings;
}
