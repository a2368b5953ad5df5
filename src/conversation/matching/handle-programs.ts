import type { FieldId, ProfileLexicon } from "../../enterprises/index.ts";
import {
  explainAbsence,
  findPrograms,
  type Match,
  type MatchResult,
  type PackagePart,
} from "../../matching/index.ts";
import type { Reply, ReplyAction, ReplyBlock } from "../types.ts";
import { afterAsking } from "./match-dialogue.ts";
import { toButton, toMatchReply } from "./match-reply.ts";
import { type Known, type MatchTurn, peekKnown } from "./match-turn.ts";
import { type Language, say } from "./matching-parts.ts";
import { engineOf, matchNow, showResult } from "./show-result.ts";
import { describeVerdict, toProgramBlock } from "./write-program.ts";
import { TOP_PROGRAMS, writeDocuments, writeReminder } from "./write-result.ts";

const THIS = /^(?:这个|它|这项|该项目|这个项目|this|this one|these)?$/u;

/**
 * The programs that a reference means: ids, the place in the last result, “这个”, a name. Undefined: it names none, and the
 * message is likely a question of another kind.
 */
export async function resolvePrograms(turn: MatchTurn, reference: string): Promise<string[] | undefined> {
  const { shown } = turn.dialogue.state;
  if (THIS.test(reference)) return shown.length > 0 ? shown.slice(0, 1) : undefined;
  const ids = reference.toUpperCase().split(",");
  if (turn.message.action) return ids;
  const place = /^(?:第)?([1-9])(?:个|项)?$/u.exec(reference)?.[1];
  if (place) {
    const id = shown[Number(place) - 1];
    return id === undefined ? undefined : [id];
  }
  const named = await findNamed(turn, reference, true);
  return named === undefined ? undefined : [named];
}

/** A program that a text names; with `likely` also one that is called nearly so, when no other is. */
export async function findNamed(turn: MatchTurn, text: string, likely = false): Promise<string | undefined> {
  const entries = await turn.options.entriesFor(turn.today, turn.audience);
  const [best, next] = findPrograms(entries, text);
  if (!best) return undefined;
  const isSure = best.by !== "similar" || (likely && next?.likeness !== best.likeness);
  return isSure ? best.entry.program.id : undefined;
}

async function checkPrograms(
  turn: MatchTurn,
  ids: readonly string[],
): Promise<{ known: Known; matches: Match[] }> {
  const known = await peekKnown(turn);
  const engine = await engineOf(turn);
  const options = { asOf: turn.today, language: turn.language };
  const matches = ids.flatMap((id) => engine.check(id, known.profile, options) ?? []);
  return { known, matches };
}

function writeGone(language: Language): Reply {
  const line = say(
    language,
    "该项目已不在目录中，或所依据的条款有变动。请发送“匹配”查看最新结果。",
    "That program is no longer in the catalogue. Send “match” for the present result.",
  );
  return toMatchReply("match", language, line);
}

/** Every criterion of the first programs, or of those named. */
export async function showBasis(turn: MatchTurn, reference: string): Promise<Reply | undefined> {
  const { language, options } = turn;
  const { shown } = turn.dialogue.state;
  const ids = reference === "" ? shown.slice(0, TOP_PROGRAMS) : await resolvePrograms(turn, reference);
  if (!ids || ids.length === 0) return undefined;
  const { matches } = await checkPrograms(turn, ids);
  if (matches.length === 0) return writeGone(language);
  const headline = say(language, "各项目的条件、判定和原文依据：", "Conditions, verdicts and sources:");
  return toMatchReply("match-basis", language, headline, [
    ...matches.map((match) =>
      toProgramBlock(match, {
        rank: shown.includes(match.programId) ? shown.indexOf(match.programId) + 1 : null,
        compact: false,
        language,
        citationUrl: options.citationUrl,
      }),
    ),
    ...writeDocuments(matches, language),
  ]);
}

/** “天使基金我们够格吗”: one program, its whole table, what is missing and from when it holds. */
export async function checkProgram(
  turn: MatchTurn,
  programId: string,
  opening = "",
): Promise<Reply | undefined> {
  const { language, options, dialogue } = turn;
  const { known, matches } = await checkPrograms(turn, [programId]);
  const [match] = matches;
  if (!match) return undefined;
  const ask = missingFields(match, known);
  const shown = [match.programId, ...dialogue.state.shown.filter((id) => id !== match.programId)];
  const state = {
    ...afterAsking(dialogue.state, ask),
    shown,
    language,
    focus: match.programId,
    chat: turn.chat,
  };
  await dialogue.save(state, known.enterprise?.enterpriseId ?? null);
  const metFrom = whenMet(match);
  const headline = `${opening}${writeCheckHeadline(match, metFrom, language)}`;
  return toMatchReply("match-check", language, headline, [
    toProgramBlock(match, { rank: null, compact: false, language, citationUrl: options.citationUrl }),
    ...writeDocuments([match], language),
    ...writeMissing(ask, options.lexicon, language),
    { type: "actions", actions: writeCheckActions(match, metFrom, language) },
  ]);
}

/** What would settle it; at most two at a time. */
function missingFields(match: Match, { profile }: Known): FieldId[] {
  const missing = match.criteria.filter(({ verdict }) => verdict === "unknown").flatMap((one) => one.missing);
  return [...new Set(missing)]
    .filter((field) => profile.facts.get(field)?.value.kind !== "declined")
    .slice(0, 2);
}

function writeMissing(ask: readonly FieldId[], lexicon: ProfileLexicon, language: Language): ReplyBlock[] {
  const items = ask.flatMap((field) => {
    const known = lexicon.fields.get(field);
    return known ? [say(language, known.ask, known.askEn)] : [];
  });
  const title = say(
    language,
    "还需要知道（直接回复即可，不清楚就说“不知道”）",
    "Still needed (“I don't know” is fine)",
  );
  return items.length > 0 ? [{ type: "list", title, items }] : [];
}

function writeCheckActions(match: Match, metFrom: string | undefined, language: Language): ReplyAction[] {
  return [
    ...(metFrom ? [writeReminder(match, metFrom, language)] : []),
    toButton("form", say(language, "补充信息", "Add information"), {
      command: say(language, "补充信息", "form"),
    }),
    toButton("match", say(language, "匹配", "Match"), { command: say(language, "匹配", "match") }),
    toButton("specialist", say(language, "找专员", "Find a specialist"), {
      command: say(language, "找专员", "specialist"),
    }),
  ];
}

/** Only time is missing: the last of the days on which the unmet ones hold. */
function whenMet({ criteria }: Match): string | undefined {
  const unmet = criteria.filter(({ verdict, mandatory }) => verdict === "unmet" && mandatory);
  const days = unmet.flatMap(({ metFrom }) => (metFrom ? [metFrom] : []));
  return unmet.length > 0 && days.length === unmet.length ? days.sort().at(-1) : undefined;
}

function writeCheckHeadline(match: Match, metFrom: string | undefined, language: Language): string {
  const label = describeVerdict(match, language);
  const of = (value: "unmet" | "unknown") => match.criteria.filter(({ verdict }) => verdict === value);
  const why =
    match.verdict === "not-eligible"
      ? `：${of("unmet")
          .map(({ text }) => text)
          .join("；")}`
      : of("unknown").length > 0
        ? say(
            language,
            `，有 ${of("unknown").length} 项条件待确认`,
            `, ${of("unknown").length} conditions are open`,
          )
        : "";
  const when = metFrom ? say(language, `；${metFrom}起满足`, `; met from ${metFrom}`) : "";
  return `${match.name}（${match.programId}）：${label}${why}${when}${say(language, "。", ".")}`;
}

/** “为什么推荐这个？”, “为什么没有…”: the ranking's parts, or why it was left out. */
export async function explainProgram(turn: MatchTurn, reference: string): Promise<Reply | undefined> {
  const { language, options } = turn;
  const ids = await resolvePrograms(turn, reference);
  const [programId] = ids ?? [];
  if (programId === undefined) return undefined;
  const { known, matches } = await checkPrograms(turn, [programId]);
  const result = await matchNow(turn, known);
  const listed = result.matches.find((match) => match.programId === programId);
  const withheld = result.withheld.find((each) => each.programId === programId);
  const match = listed ?? matches[0];
  if (withheld)
    return toMatchReply("match-why", language, `${withheld.name}（${programId}）：${withheld.why}`);
  if (!match) return writeGone(language);
  return toMatchReply(
    "match-why",
    language,
    writeWhyHeadline(match, result, listed !== undefined, language),
    [
      ...writeRanking(match, language),
      toProgramBlock(match, { rank: null, compact: false, language, citationUrl: options.citationUrl }),
      ...writeDocuments([match], language),
    ],
  );
}

function writeWhyHeadline(match: Match, result: MatchResult, isListed: boolean, language: Language): string {
  const name = `${match.name}（${match.programId}）`;
  if (isListed) return say(language, `推荐“${name}”的理由：`, `Why “${name}” is listed:`);
  const why = explainAbsence(result, match.programId).join("\n");
  return say(language, why, `“${name}” is not listed. ${why}`);
}

function writeRanking({ ranking, score }: Match, language: Language): ReplyBlock[] {
  const parts = ranking.filter(({ points }) => points !== 0);
  if (parts.length === 0) return [];
  const items = parts.map(({ points, because }) => `${because}（${points > 0 ? "+" : ""}${round(points)}）`);
  const title = say(
    language,
    `排序依据（合计 ${round(score)} 分）`,
    `How it is ranked (${round(score)} points)`,
  );
  return [{ type: "list", title, items }];
}

function round(points: number): number {
  return Math.round(points * 10) / 10;
}

/** Fund, incubator, talent, listing together: in order, each with status and source, and what excludes what. */
export async function showPackage(turn: MatchTurn): Promise<Reply> {
  const { language, options } = turn;
  const known = await peekKnown(turn);
  const result = await matchNow(turn, known);
  if (!result.package) {
    const line = say(
      language,
      "以目前了解的情况，还没有可以组合的项目；补充需求或阶段后可再试。",
      "With what is known there is nothing to combine yet.",
    );
    return toMatchReply("match-package", language, line);
  }
  const { parts, exclusions } = result.package;
  const engine = await engineOf(turn);
  const ordered = parts.toSorted((a, b) => a.order - b.order);
  const matches = ordered.flatMap((part) => {
    const match = engine.check(part.programId, known.profile, { asOf: turn.today, language });
    return match ? [{ part, match }] : [];
  });
  const headline = say(language, "可以一并考虑的组合，按先后排列：", "What can be taken together, in order:");
  return toMatchReply("match-package", language, headline, [
    ...matches.map(({ part, match }) =>
      toProgramBlock(match, {
        rank: part.order,
        compact: true,
        language,
        citationUrl: options.citationUrl,
        reason: describePart(part),
      }),
    ),
    ...exclusions.map(({ between: [one, other], why }) => ({
      type: "notice" as const,
      text: say(
        language,
        `${one} 与 ${other} 不能同时享受：${why}`,
        `${one} and ${other} exclude each other: ${why}`,
      ),
    })),
    ...writeDocuments(
      matches.map(({ match }) => match),
      language,
    ),
  ]);
}

function describePart({ role, why }: PackagePart): string {
  return why === "" ? role : `${role}：${why}`;
}

export async function showMatch(turn: MatchTurn): Promise<Reply> {
  return showResult(turn, await peekKnown(turn));
}
