import { publicAudience } from "../../access/index.ts";
import { type Judged, judgeAnswer, type LabelledQuestion } from "../../evaluation/index.ts";
import { toShanghaiDay, type VersionId } from "../../shared/index.ts";
import type { PublishingParts } from "../publishing-parts.ts";
import type { AnswerChange } from "../types.ts";
import { compareJudged } from "./compare-answers.ts";

/** Keeps the answers over the present state: most previews of a day start from the same one. */
interface KeptState {
  key: string;
  questions: readonly LabelledQuestion[];
  judged: Judged[];
}

const kept = new WeakMap<PublishingParts["answerer"], KeptState>();

/**
 * Asks every golden question over the versions published now and over the candidate set. All of them, not only those that
 * cite the document now: a new text may take over the answer of any. FAQ entries are out of both sides.
 */
export async function askGolden(
  parts: PublishingParts,
  present: ReadonlySet<VersionId>,
  candidate: ReadonlySet<VersionId>,
): Promise<{ asked: number; changed: AnswerChange[] }> {
  const before = await askPresent(parts, present);
  const after = await askAll(parts, before.questions, candidate);
  const changed = before.judged.flatMap((judged, index) => {
    const other = after[index];
    const change = other && compareJudged(judged, other);
    return change ? [change] : [];
  });
  changed.sort((left, right) => Number(right.regression) - Number(left.regression));
  return { asked: before.questions.length, changed };
}

async function askPresent(parts: PublishingParts, present: ReadonlySet<VersionId>): Promise<KeptState> {
  const questions = await parts.goldenQuestions();
  const day = toShanghaiDay(parts.clock());
  const asked = questions.map(({ id, question }) => `${id} ${question}`);
  // Grows also when somebody else may see a document.
  const revision = await parts.storage.knowledge.revision();
  const key = JSON.stringify([day, revision, asked]);
  const known = kept.get(parts.answerer);
  if (known?.key === key) return known;
  const state = { key, questions, judged: await askAll(parts, questions, present) };
  kept.set(parts.answerer, state);
  return state;
}

async function askAll(
  { answerer }: PublishingParts,
  questions: readonly LabelledQuestion[],
  preview: ReadonlySet<VersionId>,
): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const question of questions) {
    const { question: text, context } = question;
    const answer = await answerer.answerQuestion({
      question: text,
      context,
      preview,
      audience: publicAudience,
    });
    // Exactness of quotes is the answerer's own check; here only what was cited counts.
    judged.push(judgeAnswer(question, answer, 0, () => undefined));
  }
  return judged;
}
