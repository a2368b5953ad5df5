import { explainAbsence, type Match, type MatchResult } from "../../matching/index.ts";
import type { Reply, ReplyBlock } from "../types.ts";
import { toMatchReply } from "./match-reply.ts";
import type { MatchTurn } from "./match-turn.ts";
import { type Language, say } from "./matching-parts.ts";
import { checkPrograms, resolvePrograms, writeGone } from "./resolve-programs.ts";
import { matchNow } from "./show-result.ts";
import { writeDocuments } from "./write-documents.ts";
import { toProgramBlock } from "./write-program.ts";

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
