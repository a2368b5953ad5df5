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
  return [...new Set(repeals)];
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
