import type { PackagePart } from "../../matching/index.ts";
import type { Reply } from "../types.ts";
import { toMatchReply } from "./match-reply.ts";
import { type MatchTurn, peekKnown } from "./match-turn.ts";
import { type Language, say } from "./matching-parts.ts";
import { checkPrograms, resolvePrograms, writeGone } from "./resolve-programs.ts";
import { engineOf, matchNow, showResult } from "./show-result.ts";
import { writeDocuments } from "./write-documents.ts";
import { toProgramBlock } from "./write-program.ts";
import { TOP_PROGRAMS } from "./write-result.ts";

/** Every criterion of the first programs, or of those named. */
export async function showBasis(turn: MatchTurn, reference: string): Promise<Reply | undefined> {
  const { language, options } = turn;
  const { shown } = turn.dialogue.state;
  const ids = reference === "" ? shown.slice(0, TOP_PROGRAMS) : await resolvePrograms(turn, reference);
  if (!ids || ids.length === 0) return undefined;
  const { matches } = await checkPrograms(turn, ids);
  if (matches.length === 0) return writeGone(language);
  const rankOf = ({ programId }: { programId: string }) =>
    shown.includes(programId) ? shown.indexOf(programId) + 1 : null;
  // A button of an earlier list names its programs in that list's order.
  const ordered = matches.toSorted(
    (a, b) => (rankOf(a) ?? shown.length + 1) - (rankOf(b) ?? shown.length + 1),
  );
  const headline = writeBasisHeadline(matches.length, shown.length, language);
  return toMatchReply("match-basis", language, headline, [
    ...ordered.map((match) =>
      toProgramBlock(match, {
        rank: rankOf(match),
        compact: false,
        language,
        citationUrl: options.citationUrl,
      }),
    ),
    ...writeDocuments(matches, language),
  ]);
}

function writeBasisHeadline(count: number, listed: number, language: Language): string {
  if (count === 1)
    return say(language, "该项目的条件、判定和原文依据：", "Conditions, verdicts and sources:");
  return say(
    language,
    `${count} 个项目的条件、判定和原文依据${count < listed ? "（其余项目请发送“查看依据”加编号，如“查看依据 P12”）" : ""}：`,
    "Conditions, verdicts and sources:",
  );
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
