import type {
  FactValue,
  FieldId,
  HeldTerm,
  ProfileField,
  ProfileReader,
  ReadFact,
  ReadingContext,
  ReadingProblem,
  Understanding,
} from "../types.ts";
import { checkFacts } from "./check-facts.ts";
import { readFieldValue } from "./read-field-value.ts";
import { readMessage } from "./read-message.ts";
import { type FieldReaders, setScene } from "./reading-scene.ts";

type ReadValue = ReturnType<ProfileReader["readValue"]>;

/** Says nothing: not asked of the enterprise, or not known by whoever filled it in. */
const EMPTY =
  /^(?:|[-—–/]+|n\/?a|null|不清楚|不知道|未知|不详|未提供|待定|unknown|暂无数据|（未给名称）|未给名称)$/iu;

/** One field from a form, a column or JSON. */
export function readInputValue(
  id: FieldId,
  input: unknown,
  { today }: ReadingContext,
  readers: FieldReaders,
): ReadValue {
  const field = readers.lexicon.fields.get(id);
  if (!field) return { problem: unknownField(id, readers) };
  if (input === null || input === undefined) return undefined;
  if (typeof input === "string" && EMPTY.test(input.trim())) return undefined;
  if (Array.isArray(input) && input.length === 0) return undefined;
  const words = typeof input === "string" ? input.trim() : JSON.stringify(input);
  const value = readStructured(field, input, readers);
  if (value) return { fact: { field: id, value, period: null, words } };
  if (field.kind === "terms") return readTermList(field, input, today, readers, words);
  if (typeof input === "string" || typeof input === "number") {
    const read = readFieldValue(field, String(input), today, readers);
    if (read) return { fact: { field: id, value: read.value, period: read.period, words } };
  }
  return { problem: wrongValue(field, words) };
}

/** What programs write: numbers, ranges, booleans, ids of options. */
function readStructured(field: ProfileField, input: unknown, readers: FieldReaders): FactValue | undefined {
  if (field.kind === "number") {
    if (typeof input === "number" && Number.isFinite(input))
      return { kind: "number", min: input, max: input };
    if (typeof input === "object" && input !== null && ("min" in input || "max" in input)) {
      const { min = null, max = null } = input as { min?: unknown; max?: unknown };
      const isBound = (bound: unknown) =>
        bound === null || (typeof bound === "number" && Number.isFinite(bound));
      if (isBound(min) && isBound(max))
        return { kind: "number", min: min as number | null, max: max as number | null };
    }
  }
  if (field.kind === "flag" && typeof input === "boolean") return { kind: "flag", value: input };
  if (field.kind === "choice" && typeof input === "string") {
    const ids = field.options?.map(({ id }) => id) ?? [];
    if (ids.includes(input)) return { kind: "choice", oneOf: [input] };
  }
  if (field.kind === "terms") {
    const ids = (Array.isArray(input) ? input : [input]).filter(
      (one): one is string => typeof one === "string",
    );
    const known = vocabularyOf(field, readers);
    if (ids.length > 0 && ids.every((id) => known.has(id))) {
      return { kind: "terms", has: ids.map((id) => ({ id })), lacks: [], closed: false };
    }
  }
  return undefined;
}

function vocabularyOf(field: ProfileField, { lexicon }: FieldReaders): ReadonlySet<string> {
  if (field.vocabulary) return new Set(lexicon[field.vocabulary].keys());
  return new Set(field.options?.map(({ id }) => id));
}

/** Each word on its own, so that one that nobody knows is named and the others count. */
function readTermList(
  field: ProfileField,
  input: unknown,
  today: string,
  readers: FieldReaders,
  words: string,
): ReadValue {
  const list = Array.isArray(input) ? input : [input];
  const has = new Map<string, HeldTerm>();
  const lacks = new Set<string>();
  let closed = false;
  const unread: string[] = [];
  for (const one of list) {
    const { text, certificate, validTo } = readEntry(one);
    const read = readFieldValue(field, text, today, readers);
    if (read?.value.kind !== "terms") {
      if (!EMPTY.test(text.trim())) unread.push(text);
      continue;
    }
    for (const term of read.value.has) {
      has.set(term.id, { ...term, ...(certificate && { certificate }), ...(validTo && { validTo }) });
    }
    for (const id of read.value.lacks) lacks.add(id);
    closed ||= read.value.closed;
  }
  if (has.size === 0 && lacks.size === 0 && !closed) {
    return unread.length > 0 ? { problem: wrongValue(field, unread.join("、")) } : undefined;
  }
  const value: FactValue = { kind: "terms", has: [...has.values()], lacks: [...lacks], closed };
  return { fact: { field: field.id, value, period: null, words } };
}

function readEntry(entry: unknown): { text: string; certificate?: string; validTo?: string } {
  if (typeof entry !== "object" || entry === null) return { text: String(entry) };
  const { id, name, certificate, validTo } = entry as Record<string, unknown>;
  return {
    text: String(name ?? id ?? ""),
    ...(typeof certificate === "string" && { certificate }),
    ...(typeof validTo === "string" && /^\d{4}-\d{2}-\d{2}$/.test(validTo) && { validTo }),
  };
}

function wrongValue(field: ProfileField, words: string): ReadingProblem {
  const example = field.options
    ? `可写：${field.options
        .slice(0, 6)
        .map(({ label }) => label)
        .join("、")}`
    : field.kind === "number"
      ? `应为数或区间，例如 300、8000万、三五十人`
      : field.kind === "date"
        ? "应为日期，例如 2021-03、2021年3月"
        : "请换一种说法";
  const message = `${field.label}的“${words.slice(0, 60)}”没有读懂，未记录。${example}。`;
  return { field: field.id, words, kind: "wrong-value", message };
}

function unknownField(name: string, { lexicon }: FieldReaders): ReadingProblem {
  const key = normalizeName(name);
  const near = [...lexicon.fields.values()].find(({ id, label, names }) =>
    [id, label, ...names].some((known) => {
      const own = normalizeName(known);
      return own.length > 1 && (own.includes(key) || key.includes(own));
    }),
  );
  const hint = near ? `是否指“${near.label}”（${near.id}）？` : "可用的字段见 README。";
  return {
    field: null,
    words: name,
    kind: "unknown-field",
    message: `没有名为“${name}”的字段，未记录。${hint}`,
  };
}

function normalizeName(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, "");
}

/** Other names that programs give to fields. */
const ALIASES: Readonly<Record<string, FieldId>> = {
  company: "name",
  companyname: "name",
  industrywords: "industry-words",
  business: "industry-words",
  industry: "industries",
  industries: "industries",
  employees: "headcount",
  region: "district",
  location: "district",
  qualification: "qualifications",
  certificates: "qualifications",
  need: "needs",
  stage: "stage",
};

export function readProfileInput(
  input: Readonly<Record<string, unknown>>,
  context: ReadingContext,
  readers: FieldReaders,
): Understanding {
  const byName = new Map<string, FieldId>();
  for (const { id, label, names } of readers.lexicon.fields.values())
    for (const name of [id, label, ...names]) byName.set(normalizeName(name), id);
  const facts: ReadFact[] = [];
  const problems: ReadingProblem[] = [];
  for (const [name, given] of Object.entries(input)) {
    const id = ALIASES[normalizeName(name)] ?? byName.get(normalizeName(name));
    const read: ReadValue = id
      ? readInputValue(id, given, context, readers)
      : { problem: unknownField(name, readers) };
    if (!read) continue;
    if ("problem" in read) problems.push(read.problem);
    else facts.push({ ...read.fact, start: 0, end: 0, correction: false });
  }
  const told = [...facts, ...readBetweenLines(facts, input, context, readers)];
  const checked = checkFacts(told, context.today, readers.lexicon);
  return {
    facts: checked.facts,
    problems: [...problems, ...checked.problems],
    declined: [],
    aboutSelf: true,
    wishesMatch: true,
  };
}

/** Fields of words say more than their own: “B轮，产能不足”, “央企二级研究院”, “搬到奉贤建GMP厂”. */
function readBetweenLines(
  facts: readonly ReadFact[],
  input: Readonly<Record<string, unknown>>,
  { today }: ReadingContext,
  readers: FieldReaders,
): ReadFact[] {
  const given = new Set(facts.map(({ field }) => field));
  const texts = Object.entries(input).flatMap(([name, value]) => {
    const key = normalizeName(name);
    if (/^(?:name|company|企业名称|公司名称|creditcode)$/.test(key)) return [];
    return (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === "string");
  });
  const business = facts.find(({ field }) => field === "industry-words")?.words ?? "";
  const needs = facts.find(({ field }) => field === "needs");
  const found = texts.flatMap((text) => readMessage(setScene(text, today, readers.lexicon), readers).facts);
  const extra = found.filter(({ field, value }) => {
    if (field === "needs") return value.kind === "terms" && value.has.length > 0;
    return !given.has(field) && INFERRED.has(field);
  });
  const more: ReadFact[] = extra.filter(({ field }) => field !== "needs");
  const needIds = [needs, ...extra.filter(({ field }) => field === "needs")].flatMap((fact) =>
    fact?.value.kind === "terms" ? fact.value.has.map(({ id }) => id) : [],
  );
  if (needIds.length > 0) {
    const has = [...new Set(needIds)].map((id) => ({ id }));
    more.push(inferred("needs", { kind: "terms", has, lacks: [], closed: false }, needs?.words ?? ""));
  }
  const industries = given.has("industries")
    ? []
    : readers.industries.find(setScene(business, today, readers.lexicon).text);
  if (industries.length > 0) {
    const has = industries.map(({ id }) => ({ id }));
    more.push(inferred("industries", { kind: "terms", has, lacks: [], closed: false }, business));
  }
  return more;
}

/** Fields that may be read from the words of another. */
const INFERRED = new Set([
  "subject-type",
  "stage",
  "relocation-intent",
  "zhangjiang-origin",
  "listing-reserve",
  "park",
  "qualifications",
  "space-type",
]);

function inferred(field: FieldId, value: FactValue, words: string): ReadFact {
  return { field, value, period: null, words, start: 0, end: 0, correction: false };
}
