import {
  type FactValue,
  loadProfileLexicon,
  type Profile,
  type ProfileLexicon,
} from "../../src/enterprises/index.ts";
import { loadProgramFiles } from "../../src/matching/catalogue/load-program-files.ts";
import {
  type CatalogueEntry,
  type CheckedQuote,
  type ClauseQuote,
  createMatchEngine,
  type Direction,
  type MatchEngine,
  type Program,
} from "../../src/matching/index.ts";

export interface RecommendWorld {
  lexicon: ProfileLexicon;
  directions: ReadonlyMap<string, Direction>;
  entries: CatalogueEntry[];
  engine: MatchEngine;
}

/** The catalogue of `knowledge/programs/`, every quote taken as standing. */
export async function loadRecommendWorld(): Promise<RecommendWorld> {
  const lexicon = await loadProfileLexicon("knowledge");
  const files = await loadProgramFiles("knowledge", lexicon);
  const directions = new Map(files.directions.map((one) => [one.id, one]));
  const entries = files.programs.map((program) => toEntry(program));
  return { lexicon, directions, entries, engine: createMatchEngine({ entries, directions, lexicon }) };
}

export function toEntry(program: Program, over: Partial<CatalogueEntry> = {}): CatalogueEntry {
  const sources: ClauseQuote[] = [
    program.state.source,
    ...program.benefits.map(({ source }) => source),
    ...program.criteria.map(({ source }) => source),
    ...(program.audience ? [program.audience.source] : []),
  ];
  const quotes = new Map<string, CheckedQuote>(
    sources.map((source) => [
      `${source.section}\n${source.quote}`,
      { ...source, state: "holds", start: 0, end: source.quote.length, presentSection: source.section },
    ]),
  );
  return {
    program,
    revision: 1,
    documentId: null,
    versionId: null,
    documentTitle: program.document,
    documentStatus: "征求意见稿",
    visibility: { kind: "public" },
    quotes,
    usable: true,
    ...over,
  };
}

/** Of an invented program only what matters to a test. */
export function makeProgram(over: Partial<Program> & Pick<Program, "id">): Program {
  const source = { section: "一", quote: `“${over.id}”的原文` };
  return {
    name: `项目${over.id}`,
    aliases: [],
    kind: "其他",
    document: "虚构的方案",
    audience: null,
    industries: [],
    industryBound: false,
    subjects: [],
    needs: [],
    state: { state: "鼓励", verb: "鼓励", source },
    criteria: [],
    benefits: [],
    notStated: [],
    steps: [],
    materials: [],
    window: null,
    responsibleBody: null,
    excludes: [],
    requires: [],
    stacksWith: [],
    intake: [],
    cautions: [],
    ...over,
  };
}

export type SaidValue = FactValue | string | string[] | boolean | number;

/** Choice and terms as strings, places as `上海市/奉贤区`, dates as their first day, figures exact. */
export function makeProfile(said: Readonly<Record<string, SaidValue>>): Profile {
  const facts = Object.entries(said).map(([field, value]) => ({
    field,
    value: toValue(field, value),
    source: { kind: "chat" as const, by: "test", reference: "1", words: "" },
    at: "2026-11-23T00:00:00Z",
    period: null,
    validTo: null,
    confirmed: false,
  }));
  return {
    enterpriseId: null,
    facts: new Map(facts.map((fact) => [fact.field, fact])),
    stale: [],
    conflicts: [],
  };
}

const TERMS = new Set(["industries", "needs", "qualifications", "ip"]);
const PLACES = new Set(["district", "operating-place"]);
const TEXTS = new Set(["name", "credit-code", "industry-words", "park"]);

function toValue(field: string, value: SaidValue): FactValue {
  if (typeof value === "boolean") return { kind: "flag", value };
  if (typeof value === "number") return { kind: "number", min: value, max: value };
  if (typeof value !== "string" && !Array.isArray(value)) return value;
  const words = typeof value === "string" ? [value] : value;
  if (TERMS.has(field)) return { kind: "terms", has: words.map((id) => ({ id })), lacks: [], closed: false };
  if (PLACES.has(field)) return { kind: "place", path: (words[0] ?? "").split("/") };
  if (TEXTS.has(field)) return { kind: "text", text: words.join("") };
  if (/^\d{4}-\d{2}-\d{2}$/u.test(words[0] ?? "")) {
    const from = words[0] ?? "";
    return { kind: "date", from, to: new Date(Date.parse(from) + 86_400_000).toISOString().slice(0, 10) };
  }
  return { kind: "choice", oneOf: words };
}
