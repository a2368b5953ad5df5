import type { FieldId, ProfileLexicon } from "../../enterprises/index.ts";
import type { Match } from "../../matching/index.ts";
import type { Reply, ReplyAction, ReplyBlock } from "../types.ts";
import { afterAsking } from "./match-dialogue.ts";
import { toButton, toMatchReply } from "./match-reply.ts";
import type { Known, MatchTurn } from "./match-turn.ts";
import { type Language, say } from "./matching-parts.ts";
import { checkPrograms, writeGone } from "./resolve-programs.ts";
import { writeDocuments } from "./write-documents.ts";
import { writeReminder } from "./write-near-misses.ts";
import { describeVerdict, toProgramBlock } from "./write-program.ts";

/** “天使基金我们够格吗”: one program, its whole table, what is missing and from when it holds. */
export async function checkProgram(turn: MatchTurn, programId: string, opening = ""): Promise<Reply> {
  const { language, options, dialogue } = turn;
  const { known, matches } = await checkPrograms(turn, [programId]);
  const [match] = matches;
  if (!match) return writeGone(language);
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
export function whenMet({ criteria }: Match): string | undefined {
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
