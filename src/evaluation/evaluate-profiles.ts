import type { FieldId } from "../enterprises/index.ts";
import type { MatchRequest, NextQuestion, RequestedMatch } from "../matching/index.ts";
import type { LabelledProfile } from "./load-profiles.ts";
import { type JudgedMatch, judgeMatch, type MatchMeasures, measureMatches } from "./measure-matches.ts";

export interface ProfileEvaluation {
  judged: JudgedMatch[];
  measures: MatchMeasures;
}

export interface ProfileEvaluationParts {
  matchRequest(request: MatchRequest): Promise<RequestedMatch>;
  /** Label and names of a field, to tell what a question asks for. */
  fieldWords(field: FieldId): string;
  milliseconds(): number;
  asOf: string;
}

const TURNS = 2;

/** Matches every profile of a set; the questions of a turn are left unanswered in the next. */
export async function evaluateProfiles(
  profiles: readonly LabelledProfile[],
  { matchRequest, fieldWords, milliseconds, asOf }: ProfileEvaluationParts,
): Promise<ProfileEvaluation> {
  const judged: JudgedMatch[] = [];
  for (const profile of profiles) {
    const request = { ...toRequest(profile), asOf };
    const startedAt = milliseconds();
    const first = await matchRequest(request);
    const elapsedMs = milliseconds() - startedAt;
    const questions: NextQuestion[] = [...first.result.ask];
    for (let turn = 2; turn <= TURNS; turn += 1) {
      const asked = questions.map(({ field }) => field);
      questions.push(...(await matchRequest({ ...request, asked })).result.ask);
    }
    const wordsOf = ({ field, question }: NextQuestion) => `${question} ${fieldWords(field)}`;
    judged.push(judgeMatch(profile, first.result, questions, wordsOf, elapsedMs));
  }
  return { judged, measures: measureMatches(judged) };
}

/** As `match --batch` would be given it. */
function toRequest(label: LabelledProfile): MatchRequest {
  const { company, industry_words, stage, headcount, revenue, district, needs, chat_message } = label;
  if (chat_message) return { message: chat_message };
  return {
    profile: {
      ...(company && { name: company }),
      ...(industry_words && { industryWords: industry_words }),
      ...(stage && { stage }),
      ...(headcount !== null && headcount !== undefined && { headcount }),
      ...(revenue !== null && revenue !== undefined && { revenue }),
      ...(district && { district }),
      ...(needs.length > 0 && { needs }),
    },
  };
}
