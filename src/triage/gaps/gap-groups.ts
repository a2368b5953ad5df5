import type { GapRecord } from "../../storage/index.ts";
import { chooseTypical } from "./choose-typical.ts";
import { compareQuestions, SAME_QUESTION } from "./compare-questions.ts";
import { type FoldedQuestion, foldQuestion } from "./fold-question.ts";
import { type GapContent, gapContentSchema } from "./gap-types.ts";
import { createWordingIndex } from "./wording-index.ts";

/** A gap while turns are folded into it. */
export interface OpenGap extends Omit<GapRecord, "wordings" | "askers" | "question"> {
  question: string;
  content: Omit<GapContent, "askers"> & { askers: Set<string> };
}

/** Wordings kept of a gap: enough to know it again and to choose the typical one. */
const MAX_WORDINGS = 24;
/** Likeness to the standing question that a link through another wording needs: chains end here. */
const NEAR_STANDING = 0.25;

/** Which gap a question belongs to; in memory, rebuilt from the store. */
export interface GapGroups {
  readonly gaps: ReadonlyMap<string, OpenGap>;
  load(record: GapRecord): OpenGap;
  add(gap: OpenGap): void;
  /** By the same wording. */
  findSame(key: string): OpenGap | undefined;
  /** By meaning; `near` gives the cosine of vectors with a gap's standing question, and gaps that are near by it. */
  findLike(folded: FoldedQuestion, near?: ReadonlyMap<string, number>): OpenGap | undefined;
  addWording(gap: OpenGap, wording: { key: string; text: string; at: string }, folded: FoldedQuestion): void;
  /** Sets the most typical wording as the question. */
  chooseStanding(gap: OpenGap): void;
}

export function createGapGroups(): GapGroups {
  const gaps = new Map<string, OpenGap>();
  const index = createWordingIndex<OpenGap>();
  const { weights } = index;
  const standing = new Map<string, FoldedQuestion>();

  function standingOf(gap: OpenGap): FoldedQuestion {
    let folded = standing.get(gap.gapId);
    if (!folded) {
      folded = foldQuestion(gap.question);
      standing.set(gap.gapId, folded);
    }
    return folded;
  }

  return {
    gaps,
    load(record) {
      const gap = toOpenGap(record);
      gaps.set(gap.gapId, gap);
      for (const wording of gap.content.wordings) {
        const folded = foldQuestion(wording.text);
        // The lexicon may have grown since it was kept.
        wording.key = folded.key;
        index.add(gap, folded.key, folded);
      }
      return gap;
    },
    add(gap) {
      gaps.set(gap.gapId, gap);
    },
    findSame: index.findSame,
    findLike(folded, near) {
      let best: { gap: OpenGap; likeness: number } | undefined;
      const look = (gap: OpenGap, wording: FoldedQuestion) => {
        const meaning = near?.get(gap.gapId);
        const likeness = compareQuestions(folded, wording, weights, meaning);
        if (likeness < SAME_QUESTION || (best && best.likeness >= likeness)) return;
        if (compareQuestions(folded, standingOf(gap), weights, meaning) < NEAR_STANDING) return;
        best = { gap, likeness };
      };
      for (const { of, folded: wording } of index.candidates(folded)) look(of, wording);
      for (const gapId of near?.keys() ?? []) {
        const gap = gaps.get(gapId);
        if (gap) look(gap, standingOf(gap));
      }
      return best?.gap;
    },
    addWording(gap, { key, text, at }, folded) {
      const { wordings } = gap.content;
      const known = wordings.find((each) => each.key === key);
      if (known) {
        known.count += 1;
        if (at > known.lastAt) known.lastAt = at;
        return;
      }
      if (wordings.length >= MAX_WORDINGS) return;
      wordings.push({ key, text, count: 1, lastAt: at });
      index.add(gap, key, folded);
    },
    chooseStanding(gap) {
      const question = chooseTypical(gap.content.wordings, weights) ?? gap.question;
      if (question !== gap.question) standing.delete(gap.gapId);
      gap.question = question;
    },
  };
}

function toOpenGap({ wordings, askers: _, ...record }: GapRecord): OpenGap {
  const content = readContent(wordings);
  return { ...record, content: { ...content, askers: new Set(content.askers) } };
}

export function toGapRecord({ content, ...gap }: OpenGap): GapRecord {
  const wordings: GapContent = { ...content, askers: [...content.askers] };
  return { ...gap, wordings, askers: content.askers.size };
}

/** Empty when it is not ours: the counts of the record stay. */
export function readContent(wordings: unknown): GapContent {
  const read = gapContentSchema.safeParse(wordings);
  return read.success ? read.data : { wordings: [], askers: [], missing: {}, recent: [] };
}
