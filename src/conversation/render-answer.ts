import { type Answer, type Citation, describeSection, nameStatus } from "../answering/index.ts";
import type { Reply, ReplyAction, ReplyBlock } from "./types.ts";
import { writeButton } from "./write-button.ts";

/** The address of a place in a published version; channels make a relative one whole. */
export type CitationUrl = (citation: Pick<Citation, "documentId" | "versionId" | "start" | "end">) => string;

const WORDS = {
  zh: { notStated: "文件未载明", nextStep: "下一步：" },
  en: { notStated: "Not stated in the documents", nextStep: "Next step: " },
} as const;

/** What can be done with an answer, where skills stand behind it. */
export interface AnswerOffers {
  /** What was asked. */
  question: string;
  /** “找专员”: the skills know `ticket.start`. */
  handOver?: boolean;
  /** Of the message that is answered: the skills know `answer.…`. Absent: no judging, copying and asking on. */
  messageKey?: string;
}

/** An answer → a reply: conclusion, citations, what is not stated, notices, next step, what can be done now. */
export function renderAnswer(answer: Answer, citationUrl?: CitationUrl, offers?: AnswerOffers): Reply {
  const words = WORDS[answer.language];
  const blocks: ReplyBlock[] = answer.citations.map((citation, position) =>
    toCitationBlock(citation, position + 1, { citationUrl, language: answer.language }),
  );
  if (answer.notStated.length > 0) {
    blocks.push({ type: "list", title: words.notStated, items: [...answer.notStated], role: "not-stated" });
  }
  for (const text of answer.notices) blocks.push({ type: "notice", text });
  if (answer.nextStep.trim() !== "") {
    blocks.push({ type: "paragraph", text: `${words.nextStep}${answer.nextStep}`, role: "next-step" });
  }
  if (offers && OFFERED.has(answer.kind)) blocks.push(...writeOffers(answer, offers));
  return {
    kind: answer.kind,
    language: answer.language,
    headline: answer.conclusion,
    blocks,
    plainText: answer.answer,
    generatedByAi: answer.engine === "model",
  };
}

/** Kinds of answers that may be judged, and behind which somebody may want a person. */
export const OFFERED: ReadonlySet<string> = new Set<Answer["kind"]>([
  "answered",
  "partial",
  "not-in-documents",
]);
/** Buttons carry no more. */
const MAX_VALUE = 400;

function writeOffers(answer: Answer, { question, handOver, messageKey }: AnswerOffers): ReplyBlock[] {
  const { followUps = [], language } = answer;
  const actions = [
    ...(messageKey === undefined ? [] : offerFeedback(answer, messageKey)),
    ...(handOver ? [offerSpecialist(answer, question)] : []),
  ];
  const suggestions = messageKey === undefined ? [] : followUps.map((text) => suggest(text, language));
  return [suggestions, actions]
    .filter((each) => each.length > 0)
    .map((each) => ({ type: "actions", actions: each }));
}

function offerFeedback({ citations, language }: Answer, message: string): ReplyAction[] {
  const words = OFFERS[language];
  const button = (name: string, label: string) =>
    writeButton("answer", name, label, { values: { message }, command: label });
  return [
    button("helpful", words.helpful),
    button("unhelpful", words.unhelpful),
    ...(citations.length > 0 ? [button("quotes", words.quotes)] : []),
  ];
}

const OFFERS = {
  zh: { helpful: "有帮助", unhelpful: "没帮助", quotes: "复制原文" },
  en: { helpful: "Helpful", unhelpful: "Not helpful", quotes: "Copy the quotes" },
} as const;

/** A question that may come next; typed, it is asked like any other. */
function suggest(question: string, language: Answer["language"]): ReplyAction {
  return writeButton("answer", "ask", question, { values: { question, language }, command: question });
}

/** The first thing to press where the documents do not say it, and at hand everywhere else. */
function offerSpecialist({ kind, language }: Answer, question: string): ReplyAction {
  const label = language === "zh" ? "找专员" : "Find a specialist";
  const style = kind === "answered" ? "default" : "primary";
  const values = { question: question.slice(0, MAX_VALUE) };
  return { name: "ticket.start", label, style, values, command: label };
}

function toCitationBlock(
  citation: Citation,
  index: number,
  { citationUrl, language }: { citationUrl: CitationUrl | undefined; language: Answer["language"] },
): ReplyBlock {
  const { title, status, section, page, heading, quote } = citation;
  return {
    type: "citation",
    index,
    title,
    status: nameStatus(status, language),
    section:
      page === undefined
        ? describeSection(section)
        : `${describeSection(section)}${language === "zh" ? `（第${page}页）` : ` (p. ${page})`}`,
    heading: [...heading],
    quote,
    ...(citationUrl && !citation.restricted && { url: citationUrl(citation) }),
  };
}
