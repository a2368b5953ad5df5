import type { DocumentId, VersionId } from "../shared/index.ts";

/** A clause as the index holds it. */
export interface IndexedClause {
  documentId: DocumentId;
  versionId: VersionId;
  /** Document title, or the passage's own title. */
  title: string;
  ordinal: number;
  section: string;
  heading: string[];
  text: string;
  start: number;
  end: number;
  passageId: string | null;
  /** Administrative places of its document; empty: none recognised. */
  places: readonly string[];
}

/** One term of a query after normalisation and expansion. */
export interface QueryTerm {
  text: string;
  /** Where it comes from: the question's own words, its character n-grams, the lexicon, a mended typo. */
  origin: "word" | "gram" | "lexicon" | "typo";
  /** Inverse document frequency × the discount of its origin. */
  weight: number;
  /** For `lexicon` and `typo`: the question's word that it stands for. */
  standsFor?: string;
  /** In how many clauses it occurs. */
  documentFrequency: number;
}

/** The question as the index understands it. */
export interface QueryAnalysis {
  /** As typed. */
  original: string;
  /** Simplified characters, half-width, lower case, numerals unified. */
  normalized: string;
  /** Content words of the question in order, stop words dropped; the unit of coverage. */
  words: QueryWord[];
  terms: QueryTerm[];
}

export interface QueryWord {
  text: string;
  /** Position in `normalized`. */
  start: number;
  /** Inverse document frequency; a word that occurs nowhere gets the largest. */
  idf: number;
  /** Occurs in the index itself. */
  known: boolean;
  /** The segmenter's tag (n, v, vn, ns, eng …), when it has one. */
  partOfSpeech?: string;
  /** Official terms that the lexicon or typo repair offers for it, that occur in the index. */
  alternatives: string[];
}

/** The parts that add up to the score, so that a ranking can be explained. */
export interface ScoreParts {
  words: number;
  grams: number;
  heading: number;
  document: number;
  lexicon: number;
  vector: number;
  place: number;
  /** Share of the question's words and bigrams that the clause holds. */
  coverage: number;
  /** Repeated phrases, neighbouring words near each other, one sentence that holds much. */
  closeness: number;
  /** Holds the kind of thing asked for: a number, a date, a phone, a place, a body. */
  kinds: number;
  /** Negative: says little beyond the question, like a title or "材料如下：". */
  emptiness: number;
}

export interface RankedClause {
  clause: IndexedClause;
  rank: number;
  score: number;
  parts: ScoreParts;
  /** 0–1: idf-weighted share of the question's words that the clause with its headings and title holds, alternatives counted. */
  coverage: number;
}

export interface SearchOptions {
  top: number;
  /** Only clauses of this document. */
  documentId?: DocumentId;
  /** Only clauses of these versions (as-of); absent: what is published now. */
  versionIds?: ReadonlySet<VersionId>;
  collection?: string;
}

export interface SearchResult {
  analysis: QueryAnalysis;
  hits: RankedClause[];
}

/** The one retrieval path of chat, command line, evaluation and tests. */
export interface Retriever {
  /** `context`: earlier questions of the asker, counted with a smaller weight. */
  search(question: string, options: SearchOptions, context?: readonly string[]): Promise<SearchResult>;
  analyze(question: string): QueryAnalysis;
  /**
   * How much of the analysed question a piece of text holds (a sentence, a heading): raw lexical score with the same
   * weights as the clause ranking, and idf-weighted coverage 0–1.
   */
  scoreText(analysis: QueryAnalysis, text: string): { score: number; coverage: number };
  /** Inverse document frequency of a word or n-gram in the index. */
  idf(term: string): number;
  /** Brings the index to the published state of storage: incremental, or whole when there is no usable snapshot. */
  refresh(): Promise<void>;
  /** Builds the tables of typo repair before a question needs them. Blocks for a moment: call it when idle. */
  warmUp?(): void;
  readonly size: number;
  /** For start and doctor, in Chinese: clause count, snapshot or rebuilt, vectors on or off and why. */
  describe(): string[];
  close(): Promise<void>;
}
