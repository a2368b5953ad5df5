import { checkStatement, type GroundedClause } from "../../answering/index.ts";
import { AppError, toShanghaiDay } from "../../shared/index.ts";
import type { ProposalRecord } from "../../storage/index.ts";
import { findFaq } from "../find-records.ts";
import type { PublishingParts } from "../publishing-parts.ts";
import type { FaqContent, FaqProblem } from "../types.ts";
import { createQuoteFinder } from "./published-quotes.ts";
import { readFaqContent } from "./read-content.ts";

const SENTENCE = /[^。！？；\n]+[。！？；]?/g;

/** What stands against publishing an entry; empty: nothing. */
export async function checkFaq(
  { storage, clock }: Pick<PublishingParts, "storage" | "clock">,
  content: FaqContent,
): Promise<FaqProblem[]> {
  const problems: FaqProblem[] = [];
  const add = (where: FaqProblem["where"], message: string) => problems.push({ where, message });
  if (content.questions.length === 0) add("questions", "至少写一种问法。");
  if (content.answer === "") add("answer", "请填写答复。");
  if (content.sources.length === 0) add("sources", "至少给出一处已发布文件的原文作为出处。");
  if (content.validUntil !== null && content.validUntil < toShanghaiDay(clock())) {
    add("validUntil", `有效期至 ${content.validUntil} 已经过去，请改为今天或以后的日期，或留空。`);
  }
  const findQuote = createQuoteFinder(storage.knowledge);
  const grounds: GroundedClause[] = [];
  for (const source of content.sources) {
    const document = await storage.knowledge.getDocument(source.documentId);
    const title = document?.publishedVersionId ? document.title : undefined;
    const clause = await findQuote(source);
    const name = title === undefined ? `文件 ${source.documentId}` : `《${title}》`;
    if (title === undefined)
      add("sources", `${name}没有已发布的版本，不能作为出处。请先发布该文件或更换出处。`);
    else if (!clause)
      add(
        "sources",
        `${name}${source.section}中找不到这句原文：“${shorten(source.quote)}”。请逐字复制已发布的条文。`,
      );
    else if (clause.section !== source.section)
      add("sources", `这句原文不在${name}${source.section}，而在${clause.section}。请更正条款。`);
    else grounds.push({ text: source.quote, title, heading: clause.heading });
  }
  if (grounds.length > 0) problems.push(...checkAnswer(content, grounds));
  return problems;
}

function checkAnswer({ answer, questions }: FaqContent, grounds: readonly GroundedClause[]): FaqProblem[] {
  const sentences = answer.match(SENTENCE)?.map((sentence) => sentence.trim()) ?? [];
  return sentences.flatMap((sentence): FaqProblem[] => {
    if (sentence === "") return [];
    const verdict = checkStatement(sentence, grounds, questions[0] ?? "");
    if (verdict.ok) return [];
    const words = [...new Set(verdict.problems.map(({ text }) => text).filter((text) => text !== ""))];
    const which = words.length > 0 ? `（“${shorten(words.slice(0, 3).join("”“"))}”）` : "";
    return [
      {
        where: "answer",
        message: `这句话没有出处支持：“${shorten(sentence)}”${which}。请按出处原文改写，或补充出处。`,
      },
    ];
  });
}

/** At the moment of publishing: texts may have changed since the entry was written. Throws AppError `conflict`. */
export async function requireSoundFaq(
  parts: PublishingParts,
  { faqId, faqRevision }: Pick<ProposalRecord, "faqId" | "faqRevision">,
): Promise<void> {
  const record = await findFaq(parts, faqId ?? "", faqRevision ?? undefined);
  const [problem] = await checkFaq(parts, readFaqContent(record.content));
  if (!problem) return;
  throw new AppError({
    code: "conflict",
    message: `FAQ ${faqId} does not hold: ${problem.where}`,
    safeMessage: `这条常见问答现在不能发布：${problem.message}`,
  });
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
