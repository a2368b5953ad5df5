import type { ReadingProblem } from "../../enterprises/index.ts";
import type { MatchEngine, MatchResult, NextQuestion } from "../../matching/index.ts";
import type { Reply } from "../types.ts";
import { afterAsking, MAX_ASKING_TURNS } from "./match-dialogue.ts";
import type { Known, MatchTurn } from "./match-turn.ts";
import { writeResult, writeStart } from "./write-result.ts";

export async function engineOf({ options, today, audience }: MatchTurn): Promise<MatchEngine> {
  return options.engineFor(today, audience);
}

export async function matchNow(turn: MatchTurn, { profile }: Pick<Known, "profile">): Promise<MatchResult> {
  const engine = await engineOf(turn);
  const { everAsked } = turn.dialogue.state;
  return engine.match(profile, { asOf: turn.today, asked: everAsked, language: turn.language });
}

export interface ShowOptions {
  opening?: string;
  problems?: readonly ReadingProblem[];
}

/** The result for what is known now, with the next questions; keeps what was asked and shown. */
export async function showResult(
  turn: MatchTurn,
  known: Known,
  { opening, problems = [] }: ShowOptions = {},
): Promise<Reply> {
  const { options, dialogue, language } = turn;
  const result = await matchNow(turn, known);
  const ask = chooseQuestions(turn, result.ask);
  const isEmpty = [...known.profile.facts.values()].every(({ value }) => value.kind === "declined");
  const shown = isEmpty ? [] : result.matches.map(({ programId }) => programId);
  const asked = ask.map(({ field }) => field);
  const state = {
    ...afterAsking(dialogue.state, asked),
    shown,
    language,
    focus: null,
    chat: turn.chat,
    pending: null,
  };
  await dialogue.save(state, known.enterprise?.enterpriseId ?? null);
  if (isEmpty) return writeStart(ask, problems, options.lexicon, language);
  return writeResult({
    profile: known.profile,
    result,
    problems,
    ask,
    lexicon: options.lexicon,
    language,
    citationUrl: options.citationUrl,
    before: dialogue.state.turns > 0 ? dialogue.state.shown : [],
    ...(opening !== undefined && { opening }),
  });
}

/** At most two, none after the limit; what is declined or was asked is not asked again. */
function chooseQuestions({ dialogue }: MatchTurn, questions: readonly NextQuestion[]): NextQuestion[] {
  if (dialogue.state.turns >= MAX_ASKING_TURNS) return [];
  const before = new Set(dialogue.state.everAsked);
  return questions.filter(({ field }) => !before.has(field)).slice(0, 2);
}
