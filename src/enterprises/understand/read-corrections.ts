import type { Fact, ReadFact, ReadingContext } from "../types.ts";
import { readFieldValue } from "./read-field-value.ts";
import { pickBounds } from "./read-figures.ts";
import { type FieldReaders, factAt, type ReadingScene, unitOf } from "./reading-scene.ts";

const CUE =
  /^(?:哦|噢|额|呃|啊|诶|等等|抱歉|不好意思|[,，。!！\s])*(?:不对|不是的?(?=[，,。！!\s]|$)|错了|说错|写错|打错|记错|搞错|弄错|更正|纠正|修正|改一下|[^，。,\s\d]{0,8}(?:应该是|应为|其实是|才对)|应该是|应为|其实是|准确(?:地|的)?(?:说|讲)|刚才(?:说|写)?错|actually|correction|sorry)|(?:说错|写错|打错|记错|搞错|弄错)了|改成|改为|更正为|纠正为|更新为|其实(?:是|只有|有)|不是[^，。]{1,12}[,，]?\s*(?:而?是|应该是)/u;
const ASSIGN = "(?:应该|现在|已经?|要)?(?:改成|改为|更正为|纠正为|更新为|应为|应该是|其实是|变成|是|:|：)";

export function isCorrection(folded: string): boolean {
  return CUE.test(folded.trim());
}

/** “人数改成50”: fields named by their own name, with what follows. */
export function readNamedChanges(scene: ReadingScene, today: string, readers: FieldReaders): ReadFact[] {
  const found: ReadFact[] = [];
  for (const field of readers.lexicon.fields.values()) {
    for (const name of [field.label, ...field.names].sort((a, b) => b.length - a.length)) {
      if (name.length < 2) continue;
      const pattern = new RegExp(
        `${escapePattern(name.toLowerCase())}${ASSIGN}\\s*([^，。；;\\n]{1,40})`,
        "u",
      );
      const match = pattern.exec(scene.text);
      const said = match?.[1];
      if (!match || said === undefined) continue;
      const start = match.index + match[0].length - said.length;
      const read = readFieldValue(field, scene.written.slice(start, start + said.length), today, readers);
      if (!read) continue;
      const span = { start: start + read.start, end: start + read.end };
      found.push({ ...factAt(field.id, read.value, span, scene, read.period), correction: true });
      break;
    }
  }
  return found;
}

/** “不对，是去年”, “说错了，5千万”: takes up what was said last of that kind. */
export function readBareCorrection(
  scene: ReadingScene,
  { profile, asked = [], today }: ReadingContext,
  stated: readonly ReadFact[],
  readers: FieldReaders,
): ReadFact[] {
  if (!profile || stated.length > 0) return [];
  const latest = [...profile.facts.values()].sort(
    (a, b) => Number(asked.includes(b.field)) - Number(asked.includes(a.field)) || b.at.localeCompare(a.at),
  );
  const kindOf = (fact: Fact) => unitOf(readers.lexicon.fields.get(fact.field));
  for (const figure of scene.figures) {
    const target = latest.find(
      (fact) =>
        fact.value.kind === "number" &&
        (kindOf(fact) === figure.unit || (figure.bare && figure.unit !== "money")),
    );
    if (!target) continue;
    const { min, max, ...open } = pickBounds(figure);
    return [
      corrected(target.field, { kind: "number", min: min ?? 0, max, ...open }, figure, scene, target.period),
    ];
  }
  const [date] = scene.dates;
  if (date) return correctDate(latest, date, scene);
  for (const fact of latest) {
    const field = readers.lexicon.fields.get(fact.field);
    if (!field || field.kind === "text" || field.kind === "number" || field.kind === "date") continue;
    const read = readFieldValue(field, scene.written, today, readers);
    if (read && field.kind !== "flag") return [corrected(fact.field, read.value, read, scene, read.period)];
  }
  return [];
}

function correctDate(
  latest: readonly Fact[],
  date: ReadingScene["dates"][number],
  scene: ReadingScene,
): ReadFact[] {
  for (const fact of latest) {
    if (fact.value.kind === "date") {
      return [corrected(fact.field, { kind: "date", from: date.from, to: date.to }, date, scene, null)];
    }
    if (fact.value.kind === "number" && date.yearOnly) {
      return [corrected(fact.field, fact.value, date, scene, String(date.year))];
    }
  }
  return [];
}

function corrected(
  field: string,
  value: ReadFact["value"],
  span: { start: number; end: number },
  scene: ReadingScene,
  period: string | null,
): ReadFact {
  return { ...factAt(field, value, span, scene, period), correction: true };
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
