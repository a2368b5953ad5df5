import { describeSection } from "../../answering/index.ts";
import type { CriterionVerdict, Match, MatchVerdict } from "../../matching/index.ts";
import type { CitationUrl } from "../render-answer.ts";
import type { ProgramBlock, VerdictRow } from "../types.ts";
import { type Language, say } from "./matching-parts.ts";

/** Reasons on one line. */
const MAX_REASONS = 3;
const MAX_OPEN = 2;
const MAX_TEXT = 28;

export interface ProgramView {
  rank: number | null;
  compact: boolean;
  language: Language;
  citationUrl?: CitationUrl | undefined;
  /** Instead of the reasons of the ranking. */
  reason?: string;
}

/** A match with its verdicts, status and sources as a block. */
export function toProgramBlock(match: Match, view: ProgramView): ProgramBlock {
  const { language } = view;
  const reason = view.reason ?? describeReason(match, view);
  return {
    type: "program",
    programId: match.programId,
    rank: view.rank,
    name: `${match.name}（${match.programId}）`,
    kind: match.kind,
    verdict: match.verdict,
    verdictLabel: describeVerdict(match, language),
    status: `${match.programStatus} · ${match.documentStatus}`,
    criteria: match.criteria.map((verdict) => toRow(match, verdict, view)),
    quotes: toQuotes(match, view),
    notStated: match.notStated,
    cautions: match.cautions,
    nextStep: match.nextStep,
    compact: view.compact,
    ...(reason !== "" && { reason }),
  };
}

const VERDICTS: Record<MatchVerdict, Record<Language, string>> = {
  eligible: { zh: "符合文字条件", en: "meets the written conditions" },
  likely: { zh: "可能符合，待确认", en: "may fit, to be confirmed" },
  "needs-confirmation": { zh: "需确认", en: "to be confirmed" },
  "not-eligible": { zh: "文字条件不符", en: "written conditions not met" },
};

export function describeVerdict(
  { verdict, unconditional }: Pick<Match, "verdict" | "unconditional">,
  language: Language,
): string {
  if (unconditional && verdict !== "not-eligible") {
    return say(language, "文中未写条件，需确认", "no condition stated, to be confirmed");
  }
  return VERDICTS[verdict][language];
}

const ROW_LABELS: Record<CriterionVerdict["verdict"], Record<Language, string>> = {
  met: { zh: "满足", en: "met" },
  unmet: { zh: "不满足", en: "not met" },
  unknown: { zh: "待确认", en: "open" },
};

/** That a text leaves something open says nothing about why it fits. */
const SAYS_NOTHING = /未限定|尚未说明|not limited|not said/u;

/** Why it fits; in a compact line also what is open, which the rows say otherwise. */
function describeReason({ ranking, criteria }: Match, { compact, language }: ProgramView): string {
  const reasons = ranking
    .filter(({ points, because }) => points > 0 && !SAYS_NOTHING.test(because))
    .filter(({ name }) => name === "need" || name === "industry" || name === "subject")
    .slice(0, MAX_REASONS)
    .map(({ because }) => because);
  const open = criteria
    .filter(({ verdict }) => compact && verdict === "unknown")
    .map(({ text }) => shorten(text));
  const shown = open.slice(0, MAX_OPEN).join(say(language, "、", ", "));
  const rest = open.length - MAX_OPEN;
  const more = rest > 0 ? say(language, `等${open.length}项`, ` and ${rest} more`) : "";
  const waits = open.length > 0 ? [`${say(language, "待确认：", "open: ")}${shown}${more}`] : [];
  return [...reasons, ...waits].join("；");
}

function shorten(text: string): string {
  const plain = text.replace(/（[^）]*）/gu, "");
  return plain.length > MAX_TEXT ? `${plain.slice(0, MAX_TEXT)}…` : plain;
}

function toRow(match: Match, verdict: CriterionVerdict, view: ProgramView): VerdictRow {
  const { language } = view;
  const { text, observed, threshold, section, quote, metFrom, shortBy, mandatory } = verdict;
  const notes = [
    ...(shortBy ? [shortBy] : []),
    ...(metFrom ? [say(language, `${metFrom}起满足`, `met from ${metFrom}`)] : []),
    ...(mandatory ? [] : [say(language, "非必备条件", "not mandatory")]),
    ...(verdict.verdict === "unknown" && verdict.missing.length === 0 && !observed
      ? [say(language, "须由主管部门或专员判断", "for the authority or a specialist to decide")]
      : []),
  ];
  const checked = match.quotes.find((each) => each.section === section && each.quote === quote);
  const url = checked && toUrl(match, checked, view.citationUrl);
  return {
    text,
    verdict: verdict.verdict,
    label: ROW_LABELS[verdict.verdict][language],
    ...(observed !== undefined && { observed }),
    ...(observed === undefined &&
      verdict.missing.length > 0 && { observed: say(language, "未提供", "not given") }),
    ...(threshold !== undefined && { threshold }),
    section: describeSection(section),
    quote,
    ...(url !== undefined && { url }),
    ...(notes.length > 0 && { note: notes.join(say(language, "，", ", ")) }),
  };
}

/** Those of criteria stand with their rows; a piece of a longer one is said with it. */
function toQuotes(match: Match, { citationUrl }: ProgramView): ProgramBlock["quotes"] {
  return match.quotes
    .filter(({ role }) => role !== "criterion" || match.quotes.every((each) => each.role === "criterion"))
    .filter(({ quote }, at, all) =>
      all.every(
        (other, place) =>
          place === at || !other.quote.includes(quote) || (other.quote === quote && place > at),
      ),
    )
    .map((quote) => {
      const url = toUrl(match, quote, citationUrl);
      return {
        title: match.documentTitle,
        section: describeSection(quote.presentSection ?? quote.section),
        quote: quote.quote,
        ...(url !== undefined && { url }),
      };
    });
}

function toUrl(
  { documentId, versionId }: Match,
  { start, end }: { start: number | null; end: number | null },
  citationUrl: CitationUrl | undefined,
): string | undefined {
  if (!citationUrl || documentId === null || versionId === null || start === null || end === null)
    return undefined;
  return citationUrl({ documentId, versionId, start, end });
}
