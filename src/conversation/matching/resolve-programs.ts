import { findPrograms, type Match } from "../../matching/index.ts";
import type { Reply } from "../types.ts";
import { toMatchReply } from "./match-reply.ts";
import { type Known, type MatchTurn, peekKnown } from "./match-turn.ts";
import { type Language, say } from "./matching-parts.ts";
import { engineOf } from "./show-result.ts";

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

/** Those of them that can be shown: one whose clause no longer stands cannot. */
export async function checkPrograms(
  turn: MatchTurn,
  ids: readonly string[],
): Promise<{ known: Known; matches: Match[] }> {
  const known = await peekKnown(turn);
  const engine = await engineOf(turn);
  const options = { asOf: turn.today, language: turn.language };
  const entries = await turn.options.entriesFor(turn.today, turn.audience);
  const usable = new Set(entries.flatMap(({ usable, program }) => (usable ? [program.id] : [])));
  const matches = ids
    .filter((id) => usable.has(id))
    .flatMap((id) => engine.check(id, known.profile, options) ?? []);
  return { known, matches };
}

export function writeGone(language: Language): Reply {
  const line = say(
    language,
    "该项目已不在目录中，或所依据的条款有变动。请发送“匹配”查看最新结果。",
    "That program is no longer in the catalogue. Send “match” for the present result.",
  );
  return toMatchReply("match", language, line);
}
