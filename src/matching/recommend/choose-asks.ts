import type { FieldId, Profile, ProfileLexicon } from "../../enterprises/index.ts";
import { chooseQuestions } from "../engine/choose-questions.ts";
import type { Direction, MatchOptions, NextQuestion } from "../types.ts";
import { askBasic, listBasics } from "./list-basics.ts";
import type { Candidate } from "./rank-program.ts";
import type { Standing } from "./read-standing.ts";

export interface AskContext {
  profile: Profile;
  standing: Standing;
  outsideIndustry: boolean;
  tooLittle: boolean;
  relevant: readonly Candidate[];
  all: readonly Candidate[];
  options: MatchOptions;
  lexicon: ProfileLexicon;
  directions: ReadonlyMap<string, Direction>;
}

const MOST = 2;
/** Beyond these nothing is listed, whatever is answered. */
const MOST_CONSIDERED = 60;
/** What a specialist will want to know is asked for so many of the best; more would be a form. */
const BEST = 3;

/**
 * At most two. What decides whether anything can be listed comes first; then, in turn, a fact that settles a condition (or
 * that a specialist will ask for) and a fact about who they are, so that two turns bring facts of different kinds.
 */
export function chooseAsks(context: AskContext): NextQuestion[] {
  const { profile, options, all, lexicon, relevant, tooLittle } = context;
  const language = options.language ?? "zh";
  const asked = new Set<FieldId>(options.asked ?? []);
  const { gates, later } = listBasics({ ...context, asked });
  const basic = (field: FieldId) => askBasic(field, all, lexicon, language);
  const facts = (taken: readonly FieldId[]) =>
    chooseQuestions(
      relevant
        .slice(0, MOST_CONSIDERED)
        .map(({ indexed, judged, score }) => ({ program: indexed.program, verdict: judged, weight: score })),
      profile,
      {
        asOf: options.asOf,
        lexicon,
        directions: context.directions,
        asked: [...asked, ...taken],
        limit: MOST,
        ...(options.language && { language: options.language }),
      },
    );
  const first = gates.slice(0, MOST).map(basic).filter(isThere);
  if (first.length === MOST || tooLittle) return first;
  const best = new Set(relevant.slice(0, BEST).map(({ indexed }) => indexed.program.id));
  const settling = facts([...gates, ...later]).filter(
    ({ settles, programs }) => settles > 0 || programs.some((id) => best.has(id)),
  );
  const rest = weave(settling, later.map(basic).filter(isThere));
  return [...first, ...rest].slice(0, MOST);
}

function weave(facts: readonly NextQuestion[], basics: readonly NextQuestion[]): NextQuestion[] {
  const woven: NextQuestion[] = [];
  for (let at = 0; at < Math.max(facts.length, basics.length); at += 1)
    woven.push(...[facts[at], basics[at]].filter(isThere));
  return woven;
}

function isThere(question: NextQuestion | undefined): question is NextQuestion {
  return question !== undefined;
}
