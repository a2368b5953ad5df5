/**
 * How far a verb binds: 设立、建设 (will be done) > 推进、布局 (not necessarily there) > 支持 > 鼓励 > 争取、力争 > 探索.
 * A statement may be weaker than its clause, never stronger.
 */
const RANKS: readonly (readonly [number, string])[] = [
  [
    8,
    "设立|建设|建立|成立|搭建|打造|构建|组建|组成|举办|实施|提供|给予|落实|实行|建成|设置|创建|共建|兴建|新建|开设|开展|形成|承接|引进|引入|发放|拨付",
  ],
  [7, "推进|推动|布局|促进"],
  [6, "支持|扶持"],
  [5, "鼓励|引导|推荐|倡导"],
  [4, "争取|力争|努力|力求|计划|拟|希望"],
  [3, "探索|研究制定|研究出台|研究设立|研究建立|谋划|考虑"],
];

const RANK_OF = new Map(
  RANKS.flatMap(([rank, words]) => words.split("|").map((word) => [word, rank] as const)),
);

export const STRENGTH_VERBS = new RegExp(
  [...RANK_OF.keys()].sort((one, other) => other.length - one.length).join("|"),
  "g",
);

export interface StrengthVerb {
  start: number;
  end: number;
  word: string;
  rank: number;
}

const WEAK_AT_END = new RegExp(
  `(?:${RANKS.filter(([rank]) => rank <= 6)
    .map(([, words]) => words)
    .join("|")})$`,
);

/** The rank of a weak verb (支持 or weaker) that ends the text; undefined: none does. */
export function weakVerbAtEnd(text: string): number | undefined {
  const word = WEAK_AT_END.exec(text.slice(-4))?.[0];
  return word === undefined ? undefined : RANK_OF.get(word);
}

/** The verbs of a segment that govern something; 政策支持, 平台建设 and 技术探索 are nouns. */
export function readStrengthVerbs(segment: string): StrengthVerb[] {
  return [...segment.matchAll(STRENGTH_VERBS)].flatMap(({ 0: word, index }) => {
    const end = index + word.length;
    const rank = RANK_OF.get(word);
    if (rank === undefined || isNoun(word, segment.slice(0, index), segment.slice(end))) return [];
    return [{ start: index, end, word, rank }];
  });
}

function isNoun(word: string, before: string, after: string): boolean {
  if (word === "引导" && after.startsWith("基金")) return true;
  if (word === "拟" && /^[定人真合]/.test(after)) return true;
  if (word === "计划" && !/[\u4e00-\u9fff]{2}/.test(after)) return true;
  if (
    /^(力度|政策|方式|措施|资金|范围|机遇|目标|工作|情况|作用|下|的|、|和|与|等|及|任务|内容|项目|标准)/.test(
      after,
    )
  ) {
    return /^(支持|扶持|建设|探索|引导|布局|推进|提供|落实|计划|鼓励|形成|研究)$/.test(word);
  }
  if (after !== "") return false;
  return /^(支持|扶持|建设|探索|引导|布局)$/.test(word) && /[\u4e00-\u9fff]{2}$/.test(before);
}
