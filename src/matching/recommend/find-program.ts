import type { CatalogueEntry } from "../types.ts";

export interface FoundProgram {
  entry: CatalogueEntry;
  /** `similar`: by likeness of words; to be confirmed when another is as like. */
  by: "id" | "name" | "similar";
  /** 0–1. */
  likeness: number;
}

const LEAST_LIKENESS = 0.6;
/** From so many letters on it is no accident that all of them stand in a name in this order. */
const LONG = 5;
/** Words around a name: “那个…我们够格吗”. */
const FILLER =
  /(请问|那个|这个|你说的|刚才的?|上面的?|我们|我司|我公司|贵区|能不能|可不可以|能|可以|够格|够不够|符合|条件|申请|申报|参加|报名|怎么样|是否|为什么|没有|不|吗|呢|么|的话|一下|看看|看|查|关于|什么|怎么|办理?|行|？|\?|，|。|！|\s)+/gu;

/** The program that is meant: by id (P02), by name or alias inside the text, else by likeness. Undefined: none, or several alike. */
export function findProgram(entries: readonly CatalogueEntry[], text: string): CatalogueEntry | undefined {
  const [best, next] = findPrograms(entries, text);
  if (best === undefined) return undefined;
  return best.by === "similar" && next?.likeness === best.likeness ? undefined : best.entry;
}

/** All that may be meant, best first; ties by id. */
export function findPrograms(entries: readonly CatalogueEntry[], text: string): FoundProgram[] {
  const folded = fold(text);
  const core = folded.replace(FILLER, "");
  const words = core.length >= 2 ? core : folded;
  const found: FoundProgram[] = [];
  for (const entry of entries) {
    const one = compare(entry, folded, words);
    if (one) found.push(one);
  }
  return found.sort((a, b) => b.likeness - a.likeness || (a.entry.program.id < b.entry.program.id ? -1 : 1));
}

/** An id counts most, then the longest name inside the text, then the whole text inside a name, then likeness. */
function compare(entry: CatalogueEntry, folded: string, words: string): FoundProgram | undefined {
  const { id, name, aliases } = entry.program;
  if (holdsId(folded, fold(id))) return { entry, by: "id", likeness: 4 };
  let best = 0;
  let by: FoundProgram["by"] = "similar";
  for (const called of [name, ...aliases]) {
    const title = fold(called).replace(/\s/gu, "");
    if (title.length < 2) continue;
    const inside = folded.includes(title) ? 2 + Math.min(title.length / 100, 0.9) : 0;
    const same = title === words ? 3 : 0;
    const like = measureLikeness(words, title);
    // Every letter that was said stands in this name, which tells more than a short alias inside of what was said.
    const whole = words.length >= LONG && like.isWhole ? 2.95 : 0;
    const likeness = Math.max(inside, same, whole, like.likeness);
    if (likeness <= best) continue;
    best = likeness;
    by = inside > 0 || same > 0 ? "name" : "similar";
  }
  return best >= LEAST_LIKENESS ? { entry, by, likeness: best } : undefined;
}

function holdsId(text: string, id: string): boolean {
  const at = text.indexOf(id);
  if (at === -1) return false;
  return !/[a-z0-9]/u.test(text[at - 1] ?? "") && !/[a-z0-9]/u.test(text[at + id.length] ?? "");
}

/** How much of the words stands in the title in this order, slightly less for what the title has beside them. */
function measureLikeness(words: string, title: string): { likeness: number; isWhole: boolean } {
  if (words.length < 2 || words.length > 40) return { likeness: 0, isWhole: false };
  const common = longestCommon(words, title);
  const likeness = (common / words.length) * (0.9 + (0.1 * common) / title.length);
  return { likeness, isWhole: common === words.length };
}

/** Length of the longest common subsequence, one row at a time. */
function longestCommon(one: string, other: string): number {
  let row = new Array<number>(other.length + 1).fill(0);
  for (const letter of one) {
    const next = [0];
    for (let at = 1; at <= other.length; at += 1) {
      const left = next[at - 1] ?? 0;
      const above = row[at] ?? 0;
      next.push(letter === other[at - 1] ? (row[at - 1] ?? 0) + 1 : Math.max(left, above));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}

function fold(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[“”"'‘’《》〈〉「」]/gu, "");
}
