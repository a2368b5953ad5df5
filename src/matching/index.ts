export { createMatching, type Matching, type MatchRequest, type RequestedMatch } from "./create-matching.ts";
export { describeRequestedMatch } from "./describe-requested-match.ts";
export { chooseQuestions, type QuestionCandidate, type QuestionContext } from "./engine/choose-questions.ts";
export { type FoundNearMiss, findNearMiss } from "./engine/find-near-miss.ts";
export type { JudgeContext } from "./engine/judge-context.ts";
export { createJudge, judgeProgram } from "./engine/judge-program.ts";
export type * from "./types.ts";
export { PROGRAM_KINDS, PROGRAM_STATES } from "./types.ts";
