import type { Audience } from "../access/index.ts";
import type { DocumentId, VersionId } from "../shared/index.ts";

export type AnswerKind =
  | "answered"
  | "partial"
  | "not-in-documents"
  | "out-of-scope"
  | "refused"
  | "needs-clarification"
  | "smalltalk";

/** `quote` is exactly the published text from `start` to `end` (UTF-16 offsets in the normalised document text). */
export interface Citation {
  documentId: DocumentId;
  /** The version that the offsets refer to; absent in answers kept from before versions were cited. */
  versionId?: VersionId;
  /** 1-based, when the source has pages. */
  page?: number;
  /** Not for everybody: no open link to it is given. */
  restricted?: true;
  title: string;
  /** For people: 征求意见稿, 现行有效, 已到期 …, on the answer's as-of day. */
  status: string;
  section: string;
  heading: string[];
  quote: string;
  start: number;
  end: number;
}

export interface AnswerRequest {
  question: string;
  /** The asker's earlier questions, oldest first. */
  context?: readonly string[];
  documentId?: DocumentId;
  /** Of the dialogue, where the words do not tell (“ok”, “thanks”). */
  language?: "zh" | "en";
  /** `YYYY-MM-DD`; default: today in Asia/Shanghai. */
  asOf?: string;
  /** Who will see the answer; default: the public. Decides which documents exist for this question. */
  audience?: Audience;
  /** Answer as if these versions were published, with FAQ entries left out: the preview of a publication. */
  preview?: ReadonlySet<VersionId>;
  /**
   * Told of the answer so far, while a language model phrases it: first with the clauses that were found and the conclusion
   * that the rules drew, then with every further sentence that has passed the check. Each is a whole answer that may be
   * shown. Never called without a model. Must not throw.
   */
  onPartial?: (partial: Answer) => void;
}

export interface Answer {
  kind: AnswerKind;
  language: "zh" | "en";
  /** The first sentence: what holds, or that the documents do not say. */
  conclusion: string;
  /** The whole reply as plain text: conclusion, sources, what is not stated, next step. */
  answer: string;
  citations: Citation[];
  /** What the cited documents do not say of what was asked, each a short noun phrase: 金额, 申报时间. */
  notStated: string[];
  nextStep: string;
  /** Notes on the sources: 征求意见稿 without legal force, period over, printed so in the original. */
  notices: string[];
  asOf: string;
  /** `rules`: extractive. `model`: phrased by a language model and checked; then the reply says that AI generated it. */
  engine: "rules" | "model";
  /** The FAQ entry that answered. */
  faqId?: string;
  /** The question with what earlier turns added. */
  resolvedQuestion: string;
  /** Questions that may come next, three at most, each answered by the published documents; absent: none. */
  followUps?: string[];
  /** Why this kind was chosen, for logs, evaluation and `ask --explain`; never shown in chat. */
  reasons: string[];
}

export interface Answerer {
  answerQuestion(request: AnswerRequest): Promise<Answer>;
}
