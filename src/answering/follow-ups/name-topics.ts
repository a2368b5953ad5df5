import type { Clause, OutlineNode } from "../../knowledge/index.ts";

/** What a stretch of a document is about, in its own words. */
export interface Topic {
  name: string;
  kind: "heading" | "paragraph";
  /** UTF-16 offsets in the document's text. */
  start: number;
  end: number;
  /** Where the heading begins that it stands under; -1: the document itself. */
  parent: number;
  /** How its text itself would be asked for, where it says so: 申请人应当具备哪些条件？ Chinese. */
  asks?: string;
  /** Headings directly below it. */
  parts: number;
}

const SHORTEST = 4;
const LONGEST = 22;
/** Headings that every document has say nothing of what stands below them. */
const EMPTY_NAME =
  /^(总则|附则|附件|附表|附录|其他(事项)?|目录|正文|说明|前言|引言|背景|总体要求|有关要求)\d*$/u;
/** How a paragraph opens that names a measure before it goes into detail: 布局建设新型研发机构，围绕…. */
export const MEASURE =
  /^(?:进一步|着力|持续|积极|主动|全面|大力|加快|加速|统筹|逐步|稳步|深入)?(?:支持|鼓励|引导|推进|推动|促进|加强|加大|加快|强化|提升|提高|优化|深化|完善|健全|建立|构建|打造|建设|设立|布局|培育|引进|引育|吸引|集聚|发展|壮大|实施|开展|落实|扩大|拓展|拓宽|规范|简化|降低|减免|保障|盘活|搭建|组建|探索|试点|对接|创建|做强|做优|奖励|资助|补贴|补助|扶持)/u;

/** Headings without their numbers, and paragraphs that open with the name of a measure; in reading order. */
export function nameTopics(nodes: readonly OutlineNode[], clauses: readonly Clause[]): Topic[] {
  const inner = nodes.filter(({ level }) => level > 0);
  const headings = inner.flatMap((node) => {
    const name = trimName(node.heading);
    if (!isName(name)) return [];
    const parent = deepestAround(inner, node.start, node.end, node)?.start ?? -1;
    const parts = inner.filter((each) => deepestAround(inner, each.start, each.end, each) === node).length;
    return [{ name, kind: "heading" as const, start: node.start, end: node.end, parent, parts }];
  });
  const paragraphs = clauses.flatMap((clause) => {
    const around = deepestAround(inner, clause.start, clause.end);
    // A paragraph that is the whole of its heading has the heading's name.
    const isNamed = around !== undefined && isName(trimName(around.heading));
    if (!around || (isNamed && isAlone(around, clauses))) return [];
    const topic = nameParagraph(clause, around);
    if (!topic) return [];
    // Who asks for an article's items asks for the article.
    const above = topic.asks ? deepestAround(inner, around.start, around.end, around) : around;
    return [{ ...topic, kind: "paragraph" as const, parent: above?.start ?? -1, parts: 0 }];
  });
  return [...headings, ...paragraphs].sort((left, right) => left.start - right.start || right.end - left.end);
}

/** 申请人应当具备下列条件: what follows is in the items, which stand in the same article. */
const LEAD_IN =
  /^(?<who>[^，。；：:\n]{2,24}?(?:符合|具备|满足|提交|提供|具有|履行|承担|享有|包括))(?:以下|下列|如下)(?<what>[\u4e00-\u9fa5]{0,6}?(?:条件|材料|情形|程序|内容|职责|义务|权利|要求|标准|资料|方式|事项))(?:之一)?(?:[：:]|$)/u;
/** An article is no longer than this. */
const LONGEST_ARTICLE = 3_000;

function nameParagraph(
  { text, start, end }: Clause,
  article: OutlineNode,
): Pick<Topic, "name" | "start" | "end" | "asks"> | undefined {
  const groups = LEAD_IN.exec(trimName(text))?.groups;
  if (groups && article.end - article.start <= LONGEST_ARTICLE) {
    const { who = "", what = "" } = groups;
    const name = `${who}${what}`;
    return { name, start: article.start, end: article.end, asks: `${who}哪些${what}？` };
  }
  const name = readOpening(text);
  return name === undefined ? undefined : { name, start, end };
}

/** The smallest of these stretches that holds another one. */
export function deepestAround<Stretch extends { start: number; end: number }>(
  stretches: readonly Stretch[],
  start: number,
  end: number,
  except?: Stretch,
): Stretch | undefined {
  return stretches
    .filter((each) => each !== except && each.start <= start && each.end >= end)
    .sort((left, right) => left.end - left.start - (right.end - right.start))[0];
}

function isAlone(node: OutlineNode, clauses: readonly Clause[]): boolean {
  return clauses.filter(({ start, end }) => start >= node.start && end <= node.end).length < 2;
}

function readOpening(text: string): string | undefined {
  const opening = /^[^，。；：:\n]+(?=[，。；])/u.exec(text.trimStart())?.[0].trim() ?? "";
  const name = trimName(opening);
  return MEASURE.test(name) && isName(name) ? name : undefined;
}

function isName(name: string): boolean {
  return name.length >= SHORTEST && name.length <= LONGEST && !EMPTY_NAME.test(name) && hasPairs(name);
}

/** What was cut in the middle of a quotation or of brackets reads badly. */
function hasPairs(name: string): boolean {
  const count = (mark: string) => name.split(mark).length;
  return (
    [
      ["“", "”"],
      ["（", "）"],
      ["《", "》"],
    ] as const
  ).every(([open, close]) => count(open) === count(close));
}

function trimName(heading: string): string {
  return heading
    .trim()
    .replace(
      /^(?:第[一二三四五六七八九十百零\d]+[章节条编款部分]+|[（(]?[一二三四五六七八九十\d]+[）)、.．])\s*/u,
      "",
    )
    .replace(/[。：:；，]+$/u, "")
    .trim();
}
