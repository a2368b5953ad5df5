import type { Amendment } from "../types.ts";

/** 由×××负责解释; the last such sentence counts. */
export function readInterpreter(paragraphs: readonly string[]): string | null {
  for (const paragraph of [...paragraphs].reverse()) {
    if (!paragraph.includes("解释")) continue;
    const match =
      /由([^，。；：由]{2,40}?)(?:会同[^，。；：]{2,40}?)?(?:依照?各自职责|按照?(?:各自)?职责分工?|按职责|共同)?(?:分别|共同|具体|会商)?(?:承担|负责)?(?:具体|相关|有关|本[一-龥]{2,6}的?|的)?(?:进行)?解释/.exec(
        paragraph,
      ) ?? /解释权(?:归|属于?)(?:于)?([^，。；：]{2,40}?)(?:所有)?(?:[。；，]|$)/.exec(paragraph);
    const name = match?.[1]?.replace(/(?:负责|承担|进行)$/, "");
    if (name) return name;
  }
  return null;
}

/** 《办法》: what another text is called for short says not which it is. */
export const SHORT_NAME =
  /^《?(?:办法|细则|规定|意见|措施|若干措施|方案|通知|条例|政策|实施细则|实施办法|管理办法|暂行办法|暂行规定|指南)》?$/;

/** Texts that this document repeals, as printed: 《…》（文号）. */
export function readRepeals(paragraphs: readonly string[]): string[] {
  const repeals: string[] = [];
  for (const paragraph of paragraphs) {
    if (!/废止|停止执行|不再执行|失效/.test(paragraph)) continue;
    for (const sentence of paragraph.split(/[。；]/)) {
      if (!/(?:同时|同步|即行|予以|自行|起|自动|相应)?废止|停止执行|不再执行/.test(sentence)) continue;
      repeals.push(...textsBefore(sentence));
    }
  }
  return [...new Set(repeals)].filter((printed) => !SHORT_NAME.test(printed));
}

/** Those of the amendments that no sentence names before its verb: items of a list, names in an attachment. */
export function withListed(repeals: readonly string[], amendments: readonly Amendment[]): string[] {
  const known = new Set(repeals.map((printed) => keyOf(/《(.+)》/.exec(printed)?.[1] ?? printed)));
  const listed = amendments.flatMap(({ effect, title, documentNumber }) => {
    if ((effect !== "repeals" && effect !== "supersedes") || title === null || known.has(keyOf(title)))
      return [];
    return [`《${title}》${documentNumber === null ? "" : `（${documentNumber}）`}`];
  });
  return [...repeals, ...listed];
}

function keyOf(title: string): string {
  return title.replace(/[^\p{L}\p{N}]/gu, "");
}

const NAMED =
  /《[^《》]{2,80}(?:〈[^〈〉]*〉[^《》]{0,40})?(?:《[^《》]*》[^《》]{0,40})?》(?:[（(][^（()）]{2,40}(?:[（(][^（()）]*[)）])?[^（()）]{0,20}[)）])?/g;

function textsBefore(sentence: string): string[] {
  const end = sentence.search(/废止|停止执行|不再执行/);
  if (end === -1) return [];
  const before = sentence.slice(0, end);
  const from = Math.max(before.lastIndexOf("根据"), before.lastIndexOf("按照"), before.lastIndexOf("依据"));
  return (from === -1 ? before : before.slice(from + 2)).match(NAMED) ?? [];
}
