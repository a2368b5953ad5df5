import { INDUSTRY_POINTS } from "../recommend/weights.ts";
import type { Match } from "../types.ts";
import type { OutreachProgram } from "./outreach-types.ts";

const MOST_REASONS = 4;
const MOST_OPEN = 4;

/** Without `observed`: what the enterprise's own figures are stays out of what is sent by itself. */
export function writeProgram(
  match: Match,
  news: OutreachProgram["news"],
  enterprise: string | null,
): OutreachProgram {
  return {
    programId: match.programId,
    name: match.name,
    enterprise,
    news,
    verdict: match.verdict,
    verdictLabel: labelVerdict(match),
    reasons: writeReasons(match),
    open: match.criteria
      .filter(({ verdict }) => verdict === "unknown")
      .map(({ text }) => text)
      .slice(0, MOST_OPEN),
    clause: chooseClause(match),
    documentId: match.documentId,
    versionId: match.versionId,
    documentTitle: match.documentTitle,
    documentStatus: match.documentStatus,
    programStatus: match.programStatus,
    nextStep: match.nextStep,
  };
}

/** What is kept with an item. */
export function writeReason(match: Match, news: OutreachProgram["news"]) {
  const { verdict, reasons, clause } = writeProgram(match, news, null);
  return { verdict, reasons, clause, news };
}

export function labelVerdict({ verdict, unconditional }: Pick<Match, "verdict" | "unconditional">): string {
  if (verdict === "eligible") return "符合文字条件";
  if (verdict === "likely") return "可能符合，待确认";
  if (verdict === "not-eligible") return "文字条件不符";
  return unconditional ? "文中未写条件，需确认" : "条件待确认";
}

/** What hit; that a text names no industry is no reason to write to anybody. */
function writeReasons({ ranking, criteria }: Match): string[] {
  const hits = ranking.filter(
    ({ name, points }) =>
      (name === "need" && points > 0) || (name === "industry" && points >= INDUSTRY_POINTS.direction),
  );
  const met = criteria.filter(({ verdict }) => verdict === "met").map(({ text }) => `已符合：${text}`);
  return [...hits.map(({ because }) => because), ...met].slice(0, MOST_REASONS);
}

/** Of the criterion that hit; else of whom it is for, what it gives, what it is. */
function chooseClause({ quotes, criteria }: Match): OutreachProgram["clause"] {
  const met = criteria.find(({ verdict }) => verdict === "met") ?? criteria[0];
  const chosen =
    quotes.find(({ section, quote }) => met && section === met.section && quote === met.quote) ??
    (["audience", "benefit", "state"] as const)
      .map((role) => quotes.find((quote) => quote.role === role))
      .find((quote) => quote !== undefined);
  if (!chosen) return null;
  const { section, presentSection, quote, start, end } = chosen;
  return { section: presentSection ?? section, quote, start, end };
}
