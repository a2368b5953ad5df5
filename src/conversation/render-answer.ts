import { type Answer, type Citation, describeSection } from "../answering/index.ts";
import type { Reply, ReplyBlock } from "./types.ts";

/** The address of a place in a published version; channels make a relative one whole. */
export type CitationUrl = (citation: Pick<Citation, "documentId" | "versionId" | "start" | "end">) => string;

const WORDS = {
  zh: { notStated: "文件未载明", nextStep: "下一步：" },
  en: { notStated: "Not stated in the documents", nextStep: "Next step: " },
} as const;

/** An answer → a reply: conclusion, citations, what is not stated, notices, next step. */
export function renderAnswer(
  answer: Answer,
  citationUrl?: CitationUrl,
  handOver?: { question: string },
): Reply {
  const words = WORDS[answer.language];
  const blocks: ReplyBlock[] = answer.citations.map((citation, position) =>
    toCitationBlock(citation, position + 1, citationUrl),
  );
  if (answer.notStated.length > 0) {
    blocks.push({ type: "list", title: words.notStated, items: [...answer.notStated], role: "not-stated" });
  }
  for (const text of answer.notices) blocks.push({ type: "notice", text });
  if (answer.nextStep.trim() !== "") {
    blocks.push({ type: "paragraph", text: `${words.nextStep}${answer.nextStep}`, role: "next-step" });
  }
  if (handOver && OFFERED.has(answer.kind)) blocks.push(offerSpecialist(answer, handOver.question));
  return {
    kind: answer.kind,
    language: answer.language,
    headline: answer.conclusion,
    blocks,
    plainText: answer.answer,
    generatedByAi: answer.engine === "model",
  };
}

/** Kinds of answers behind which somebody may want a person. */
const OFFERED: ReadonlySet<Answer["kind"]> = new Set(["answered", "partial", "not-in-documents"]);
/** Buttons carry no more. */
const MAX_VALUE = 400;

/** The first thing to press where the documents do not say it, and at hand everywhere else. */
function offerSpecialist({ kind, language }: Answer, question: string): ReplyBlock {
  const label = language === "zh" ? "找专员" : "Find a specialist";
  const style = kind === "answered" ? "default" : "primary";
  const values = { question: question.slice(0, MAX_VALUE) };
  return { type: "actions", actions: [{ name: "ticket.start", label, style, values, command: label }] };
}

function toCitationBlock(
  citation: Citation,
  index: number,
  citationUrl: CitationUrl | undefined,
): ReplyBlock {
  const { title, status, section, page, heading, quote } = citation;
  return {
    type: "citation",
    index,
    title,
    status,
    section: page === undefined ? describeSection(section) : `${describeSection(section)}（第${page}页）`,
    heading: [...heading],
    quote,
    ...(citationUrl && !citation.restricted && { url: citationUrl(citation) }),
  };
}
