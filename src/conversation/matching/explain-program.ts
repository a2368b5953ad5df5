import { explainAbsence, type Match, type MatchResult } from "../../matching/index.ts";
import type { Reply, ReplyBlock } from "../types.ts";
import { toMatchReply } from "./match-reply.ts";
import type { MatchTurn } from "./match-turn.ts";
import { type Language, say } from "./matching-parts.ts";
import { checkPrograms, resolvePrograms, writeGone } from "./resolve-programs.ts";
import { matchNow } from "./show-result.ts";
import { writeDocuments } from "./write-documents.ts";
import { toProgramBlock } from "./write-program.ts";

/** “为什么推荐这个？”, “为什么没有…”: the reasons in words, or why it was left out. */
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

/** In words, the weightiest first: the points are for those who look after the rules (`match --explain`). */
function writeRanking({ ranking }: Match, language: Language): ReplyBlock[] {
  const byWeight = ranking.toSorted((one, other) => Math.abs(other.points) - Math.abs(one.points));
  const list = (title: string, parts: Match["ranking"]): ReplyBlock[] =>
    parts.length > 0 ? [{ type: "list", title, items: parts.map(({ because }) => because) }] : [];
  const isFor = byWeight.filter(({ points }) => points > 0);
  const isAgainst = byWeight.filter(({ points }) => points < 0);
  return [
    ...list(say(language, "推荐依据（重要的在前）", "What speaks for it, the weightiest first"), isFor),
    ...list(say(language, "同时请留意", "What speaks against it"), isAgainst),
  ];
}
