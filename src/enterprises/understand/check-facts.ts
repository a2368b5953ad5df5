import type { ProfileLexicon, ReadFact, ReadingProblem } from "../types.ts";

/** Impossible numbers and two values of one field are said, not kept. A correction takes the place of what it corrects. */
export function checkFacts(
  facts: readonly ReadFact[],
  today: string,
  lexicon: ProfileLexicon,
): { facts: ReadFact[]; problems: ReadingProblem[] } {
  const problems: ReadingProblem[] = [];
  const possible = facts.filter((fact) => {
    const problem = findImpossible(fact, today, lexicon);
    if (problem) problems.push(problem);
    return !problem;
  });
  const kept: ReadFact[] = [];
  for (const [field, group] of Map.groupBy(possible, ({ field }) => field)) {
    const { fact, problem } = settle(field, group, today, lexicon);
    if (fact) kept.push(fact);
    if (problem) problems.push(problem);
  }
  const staff = findStaffProblem(kept, lexicon);
  if (staff) problems.push(staff);
  return { facts: staff ? kept.filter(({ field }) => field !== "rd-headcount") : kept, problems };
}

function findImpossible(
  { field, value, words }: ReadFact,
  today: string,
  lexicon: ProfileLexicon,
): ReadingProblem | undefined {
  const known = lexicon.fields.get(field);
  if (!known) return undefined;
  if (value.kind === "number" && known.bounds) {
    const { min, max } = known.bounds;
    const isOut = (value.max !== null && value.max < min) || (value.min !== null && value.min > max);
    if (isOut) {
      const message = `“${words}”作为${known.label}不合常理，未记录。请核对数字和单位后重说，例如“${known.label}300${known.unit ?? ""}”。`;
      return { field, words, kind: "impossible", message };
    }
  }
  if (field === "founded-on" && value.kind === "date" && value.from > today) {
    const message = `成立日期“${words}”在今天之后，未记录。若尚未注册，请直接说“还没注册”。`;
    return { field, words, kind: "impossible", message };
  }
  return undefined;
}

function settle(
  field: string,
  group: readonly ReadFact[],
  today: string,
  lexicon: ProfileLexicon,
): { fact?: ReadFact; problem?: ReadingProblem } {
  const corrections = group.filter(({ correction }) => correction);
  const counted = corrections.length > 0 ? corrections : group;
  const last = counted.at(-1);
  if (!last) return {};
  if (last.value.kind !== "number" || corrections.length > 0) return { fact: last };
  // Of several years the last complete one counts, else the latest.
  const years = new Set(counted.map(({ period }) => period));
  if (years.size > 1) {
    const lastYear = String(Number(today.slice(0, 4)) - 1);
    const newest = [...counted].sort((a, b) => (a.period ?? "").localeCompare(b.period ?? "")).at(-1);
    const fact = counted.find(({ period }) => period === lastYear) ?? newest;
    return fact ? { fact } : {};
  }
  const other = counted.find(({ value }) => isDisjoint(value, last.value));
  if (!other) return { fact: last };
  const label = lexicon.fields.get(field)?.label ?? field;
  const message = `${label}出现了“${other.words}”和“${last.words}”两个说法，都未记录。请说明以哪一个为准。`;
  return { problem: { field, words: `${other.words} / ${last.words}`, kind: "contradiction", message } };
}

function isDisjoint(one: ReadFact["value"], other: ReadFact["value"]): boolean {
  if (one.kind !== "number" || other.kind !== "number") return false;
  const above = (a: typeof one, b: typeof other) => a.min !== null && b.max !== null && a.min > b.max;
  return above(one, other) || above(other, one);
}

function findStaffProblem(facts: readonly ReadFact[], lexicon: ProfileLexicon): ReadingProblem | undefined {
  const all = facts.find(({ field }) => field === "headcount");
  const part = facts.find(({ field }) => field === "rd-headcount");
  if (all?.value.kind !== "number" || part?.value.kind !== "number") return undefined;
  if (part.value.min === null || all.value.max === null || part.value.min <= all.value.max) return undefined;
  const label = lexicon.fields.get("rd-headcount")?.label ?? "";
  return {
    field: "rd-headcount",
    words: part.words,
    kind: "impossible",
    message: `${label}“${part.words}”多于职工人数“${all.words}”，未记录。请核对后重说。`,
  };
}
