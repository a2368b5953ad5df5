import { AlignmentType, LevelFormat, LevelSuffix } from "docx";
import type { SourceBlock } from "./source.ts";

/** What Word writes by itself when numbering is automatic: the number as printed, and what is typed after it. */
interface Numbered {
  reference: "chapters" | "articles" | "outline" | "items" | "decimals";
  level: number;
  rest: string;
}

const PREFIXES: readonly [pattern: RegExp, reference: Numbered["reference"], level: number][] = [
  [/^第[一二三四五六七八九十]+章\s*/, "chapters", 0],
  [/^第[一二三四五六七八九十]+条\s*/, "articles", 0],
  [/^[一二三四五六七八九十]+、/, "outline", 0],
  [/^（[一二三四五六七八九十]+）/, "outline", 1],
  [/^\d+\.(?!\d)/, "outline", 2],
  [/^（\d+）/, "outline", 3],
  [/^[①②③④⑤⑥]/, "outline", 4],
];

const level = (index: number, format: (typeof LevelFormat)[keyof typeof LevelFormat], text: string) => ({
  level: index,
  format,
  text,
  alignment: AlignmentType.LEFT,
  suffix: LevelSuffix.NOTHING,
});

const CHINESE = LevelFormat.CHINESE_COUNTING_THOUSAND;
const OUTLINE_LEVELS = [
  level(0, CHINESE, "%1、"),
  level(1, CHINESE, "（%2）"),
  level(2, LevelFormat.DECIMAL, "%3."),
  level(3, LevelFormat.DECIMAL, "（%4）"),
  level(4, LevelFormat.DECIMAL_ENCLOSED_CIRCLE, "%5"),
];

export const NUMBERING = {
  config: [
    { reference: "chapters", levels: [{ ...level(0, CHINESE, "第%1章"), suffix: LevelSuffix.SPACE }] },
    { reference: "articles", levels: [{ ...level(0, CHINESE, "第%1条"), suffix: LevelSuffix.SPACE }] },
    { reference: "outline", levels: OUTLINE_LEVELS },
    { reference: "items", levels: OUTLINE_LEVELS },
    {
      reference: "decimals",
      levels: ["%1", "%1.%2", "%1.%2.%3"].map((text, index) => ({
        ...level(index, LevelFormat.DECIMAL, text),
        suffix: LevelSuffix.SPACE,
      })),
    },
  ],
};

/**
 * One list for the whole outline where it begins with 一、 (Word starts the lower levels again by itself); under articles a list
 * of its own for every run of items, as 重新开始编号 makes them.
 */
export function createNumberer(blocks: readonly SourceBlock[]) {
  const instances = new Map<string, number>();
  const hasOutline = blocks.some(({ text, style }) => style !== "F" && /^一、/.test(text));
  return ({ section, text }: SourceBlock): (Numbered & { instance: number }) | undefined => {
    const decimal = /^(\d+(?:\.\d+)*) /.exec(text);
    if (decimal?.[1] === section) {
      const depth = section.split(".").length - 1;
      return { reference: "decimals", level: depth, rest: text.slice(decimal[0].length), instance: 0 };
    }
    for (const [pattern, reference, index] of PREFIXES) {
      const found = pattern.exec(text);
      if (!found) continue;
      const part = /^附件\d*/.exec(section)?.[0] ?? "";
      const isOwn = reference === "outline" && !hasOutline;
      const list = isOwn
        ? `items ${section.slice(0, section.length - found[0].trim().length)}`
        : `${reference} ${part}`;
      if (!instances.has(list)) instances.set(list, instances.size);
      const rest = text.slice(found[0].length);
      return {
        reference: isOwn ? "items" : reference,
        level: index,
        rest,
        instance: instances.get(list) ?? 0,
      };
    }
    return undefined;
  };
}
