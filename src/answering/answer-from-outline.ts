import { type OutlineNode, statusOn } from "../knowledge/index.ts";
import type { VersionId } from "../shared/index.ts";
import { type AnswerableDocument, isPublic } from "./catalog/apply-relations.ts";
import { finish } from "./compose/compose-answer.ts";
import { nameDocument } from "./compose/words.ts";
import { writeNextStep } from "./compose/write-next-step.ts";
import { writeNotices } from "./compose/write-notices.ts";
import type { UnderstoodQuestion } from "./question/understand-question.ts";
import type { Answer, Citation } from "./types.ts";

/** What is needed to answer from headings. */
export interface OutlineSource {
  getOutline(versionId: VersionId): Promise<readonly OutlineNode[]>;
  documentText(versionId: VersionId): Promise<string | undefined>;
}

const ASKS_PARTS =
  /(哪些|哪几|几)(个|大|条|项)?(部分|章节?|方面|板块|块|行动|任务|措施|内容|重点|目标|原则|举措|保障)|(目录|大纲|框架|提纲|结构)|(部分|行动|任务|措施|原则|目标|保障|布局|要求)(一共|总共|都|分别|具体)?(有|是|分|包括|包含)(哪|几|什么|啥)/;
const ASKS_WHOLE =
  /(目录|大纲|框架|提纲|全文结构|(方案|文件|全文|通篇|整个).{0,6}(几|哪些|哪几)(个|大)?(部分|章|块|板块|方面))/;
/** 第三章讲了什么, 第二部分写的啥. */
const ORDINAL =
  /第([一二三四五六七八九十]|\d{1,2})(章|部分|大块|大部分)(?!第)[^，。]{0,4}(讲|说|写|是|有|包括|内容|主要|什么|啥)/;
const NUMERALS = "一二三四五六七八九十";
const FEWEST = 2;
const MOST = 12;

/** Whether a question asks for parts at all; only then is it worth choosing a document. */
export function asksForParts({ normalized }: UnderstoodQuestion): boolean {
  return ASKS_PARTS.test(normalized) || ORDINAL.test(normalized);
}

/**
 * Answers what a document or one of its chapters is made of by the headings below it. Undefined when that is not asked,
 * or when no heading of the document is named.
 */
export async function answerFromOutline(
  question: UnderstoodQuestion,
  document: AnswerableDocument | undefined,
  asOf: string,
  resolvedQuestion: string,
  source: OutlineSource,
): Promise<Answer | undefined> {
  if (!document) return undefined;
  const nodes = await source.getOutline(document.versionId);
  const parent = findOrdinalNode(question.normalized, nodes) ?? findNamedNode(question.normalized, nodes);
  const children = parent
    ? childrenOf(parent, nodes)
    : ASKS_WHOLE.test(question.normalized)
      ? nodes.filter(({ level }) => level === 1)
      : [];
  if (children.length < FEWEST || children.length > MOST) return undefined;
  const text = (await source.documentText(document.versionId)) ?? "";
  const status = statusOn(document.metadata, asOf);
  const citations = children.flatMap((node) => toHeadingCitation(node, parent, document, status, text));
  if (citations.length !== children.length) return undefined;
  const { language } = question;
  const name = nameDocument(document.metadata.title, status, language);
  const conclusion =
    language === "zh"
      ? `${name}${parent ? `“${parent.heading}”下` : ""}共分 ${children.length} 个部分，标题见下。`
      : `${name}${parent ? `, “${parent.heading}”,` : ""} has ${children.length} parts; their headings are quoted below.`;
  return finish({
    kind: "answered",
    language,
    conclusion,
    citations,
    notStated: [],
    nextStep: writeNextStep({
      kind: "answered",
      body: undefined,
      title: document.metadata.title,
      isDraft: status === "征求意见稿" || status === "送审稿",
      language,
    }),
    notices: writeNotices([], [{ metadata: document.metadata, status }], asOf, language),
    asOf,
    engine: "rules",
    resolvedQuestion,
    reasons: [`outline: ${parent?.heading ?? "the whole document"}`],
  });
}

function findOrdinalNode(normalized: string, nodes: readonly OutlineNode[]): OutlineNode | undefined {
  const ordinal = ORDINAL.exec(normalized)?.[1];
  if (!ordinal) return undefined;
  const number = NUMERALS.indexOf(ordinal) + 1 || Number(ordinal);
  return nodes.filter(({ level }) => level === 1)[number - 1];
}

/** The heading whose words, without its number, stand in the question; the longest such. */
function findNamedNode(normalized: string, nodes: readonly OutlineNode[]): OutlineNode | undefined {
  const named = nodes.filter((node) => {
    const words = wordsOf(node.heading);
    return node.level > 0 && words.length >= 4 && normalized.includes(words);
  });
  return named.sort((left, right) => wordsOf(right.heading).length - wordsOf(left.heading).length)[0];
}

function wordsOf(heading: string): string {
  return heading
    .replace(/^(第[一二三四五六七八九十百\d]+[章节条编]|[（(]?[一二三四五六七八九十\d]+[）)、.．]?)\s*/u, "")
    .replace(/[。：:]$/, "")
    .toLowerCase();
}

function childrenOf(parent: OutlineNode, nodes: readonly OutlineNode[]): OutlineNode[] {
  const inside = nodes.filter(
    ({ start, end, level }) => level > parent.level && start >= parent.start && end <= parent.end,
  );
  const next = Math.min(...inside.map(({ level }) => level));
  return inside.filter(({ level }) => level === next);
}

function toHeadingCitation(
  node: OutlineNode,
  parent: OutlineNode | undefined,
  document: AnswerableDocument,
  status: string,
  text: string,
): Citation[] {
  const start = text.indexOf(node.heading, node.start);
  const end = start + node.heading.length;
  if (start < 0 || end > node.end || node.heading === "") return [];
  return [
    {
      documentId: document.documentId,
      versionId: document.versionId,
      ...(node.page !== undefined && { page: node.page }),
      ...(!isPublic(document) && { restricted: true as const }),
      title: document.metadata.title,
      status,
      section: node.section,
      heading: parent ? [parent.heading] : [],
      quote: text.slice(start, end),
      start,
      end,
    },
  ];
}
