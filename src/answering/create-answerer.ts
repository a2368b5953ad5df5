import type { Clause, OutlineNode, PublishedDocument } from "../knowledge/index.ts";
import type { QueryAnalysis, Retriever, SearchOptions } from "../retrieval/index.ts";
import { type Clock, type DocumentId, toShanghaiDay, type VersionId } from "../shared/index.ts";
import { answerFromFrontMatter, chooseDocument } from "./answer-from-front-matter.ts";
import { answerFromOutline, asksForParts } from "./answer-from-outline.ts";
import type { AnswerableDocument } from "./catalog/apply-relations.ts";
import { type Catalog, type CatalogSource, createCatalog } from "./catalog/create-catalog.ts";
import { composeAnswer, composeConduct, toCitation } from "./compose/compose-answer.ts";
import { labelOf } from "./compose/words.ts";
import { findResponsibleBody } from "./compose/write-next-step.ts";
import { decideAnswer } from "./decide/decide-answer.ts";
import { type Conduct, detectConduct } from "./decide/detect-conduct.ts";
import { detectForeignPlaces } from "./decide/detect-foreign-places.ts";
import { findUsualGaps } from "./decide/usual-gaps.ts";
import { findEvidence } from "./evidence/find-evidence.ts";
import { keepCoherentPlaces } from "./evidence/keep-coherent-places.ts";
import type { Evidence } from "./evidence/select-evidence.ts";
import { answerFromFaq } from "./faq/answer-from-faq.ts";
import type { FaqSource } from "./faq/faq-types.ts";
import { createFaqMatcher, type MatchFaq } from "./faq/match-faq.ts";
import { type AddFollowUps, createFollowUps } from "./follow-ups/create-follow-ups.ts";
import { phraseOver } from "./phrase-over.ts";
import type { AnswerPhraser } from "./phrasing/index.ts";
import type { AnsweringLexicon } from "./question/load-lexicon.ts";
import { type ResolvedQuestion, resolveFollowUp } from "./question/resolve-follow-up.ts";
import { type UnderstoodQuestion, understandQuestion } from "./question/understand-question.ts";
import type { Answer, Answerer, AnswerRequest } from "./types.ts";
import { verifyEvidence } from "./verify-evidence.ts";

/** What answering needs to know of published documents. */
export interface DocumentSource extends CatalogSource {
  getClauses(versionId: VersionId): Promise<Clause[]>;
  /** The normalised text of a version. */
  documentText(versionId: VersionId): Promise<string | undefined>;
  getOutline(versionId: VersionId): Promise<readonly OutlineNode[]>;
}

export interface AnswererOptions {
  retriever: Retriever;
  documents: DocumentSource;
  lexicon: AnsweringLexicon;
  /** Administrative places named in a text, as in `knowledge/lexicon/places.yaml`. */
  findPlaces(text: string): readonly string[];
  /** The park's own places: ["上海市", "奉贤区"]. */
  homePlaces: readonly string[];
  clock: Clock;
  /** Phrases answers with a language model; absent: extractive answers only. */
  phraser?: AnswerPhraser;
  /** Answers before the search; absent: none. */
  faq?: FaqSource;
}

/** Clauses looked at to tell whether a name occurs. */
const MENTIONS = 10;

/** One question on its way: what is known of it so far. */
interface Inquiry {
  request: AnswerRequest;
  asOf: string;
  analysis: QueryAnalysis;
  question: UnderstoodQuestion;
  resolved: ResolvedQuestion;
  documents: ReadonlyMap<DocumentId, AnswerableDocument>;
  places: ReadonlySet<string>;
  search: Omit<SearchOptions, "top">;
}

/** Answers from published documents. Without a phraser the same question over the same knowledge gives the same answer. */
export function createAnswerer(options: AnswererOptions): Answerer {
  const parts: AnswererParts = {
    ...options,
    catalog: createCatalog(options.documents),
    matchFaq: createFaqMatcher(options.retriever, options.lexicon),
  };
  const addFollowUps = createFollowUps(options.documents);
  return { answerQuestion: (request) => answerQuestion(request, parts, addFollowUps) };
}

interface AnswererParts extends AnswererOptions {
  catalog: Catalog;
  matchFaq: MatchFaq;
}

async function answerQuestion(
  request: AnswerRequest,
  parts: AnswererParts,
  addFollowUps: AddFollowUps,
): Promise<Answer> {
  const inquiry = await openInquiry(request, parts);
  const answer = await answerInquiry(inquiry, parts);
  // The preview of a publication compares answers; nobody presses anything there.
  if (request.preview) return answer;
  const { phraser: _phraser, ...plain } = parts;
  const { context: _context, onPartial: _onPartial, ...alike } = request;
  return addFollowUps(answer, inquiry, async (question) =>
    answerInquiry(await openInquiry({ ...alike, question, language: answer.language }, plain), plain),
  );
}

async function answerInquiry(inquiry: Inquiry, options: AnswererParts): Promise<Answer> {
  const { question, analysis, resolved, documents } = inquiry;
  const conduct = detectConduct(question, analysis);
  if (conduct) return answerConduct(conduct, inquiry, options);
  if (documents.size === 0)
    return conductAnswer({ reply: "no-documents", kind: "not-in-documents" }, inquiry);
  const fromFaq = await tryFaq(inquiry, options);
  if (fromFaq) return fromFaq;
  const foreign = await findForeignPlaces(inquiry, options);
  if (foreign.length > 0) return conductAnswer({ reply: "foreign-place", kind: "out-of-scope" }, inquiry);
  const aboutDocument = await answerFromFrontMatter(inquiry, options);
  if (aboutDocument) return aboutDocument;
  const fromOutline = await tryOutline(inquiry, options);
  if (fromOutline) return fromOutline;
  if (analysis.words.length === 0 && resolved.context.length === 0) {
    return conductAnswer({ reply: "no-topic", kind: "needs-clarification" }, inquiry);
  }
  const answer = await answerFromClauses(inquiry, options);
  const { phraser } = options;
  return phraser
    ? phraseOver(
        answer,
        { text: question.text, context: resolved.context },
        documents,
        phraser,
        inquiry.request.onPartial,
      )
    : answer;
}

/** Entries are written in Chinese for whole questions: not for one document alone, nor in the preview of a publication. */
async function tryFaq(inquiry: Inquiry, options: AnswererParts): Promise<Answer | undefined> {
  const { question, analysis, asOf, documents, request, resolved } = inquiry;
  if (!options.faq || request.preview || request.documentId || question.language !== "zh") return undefined;
  const entry = options.matchFaq(question, analysis, await options.faq.listEntries(asOf));
  const { getClauses } = options.documents;
  return entry && answerFromFaq(entry, { documents, getClauses, asOf, resolvedQuestion: resolved.text });
}

async function tryOutline(
  inquiry: Inquiry,
  { retriever, documents }: AnswererOptions,
): Promise<Answer | undefined> {
  if (!asksForParts(inquiry.question)) return undefined;
  const document = await chooseDocument(inquiry, retriever);
  return answerFromOutline(inquiry.question, document, inquiry.asOf, inquiry.resolved.text, documents);
}

async function answerFromClauses(inquiry: Inquiry, options: AnswererOptions): Promise<Answer> {
  const { question, asOf, resolved, documents } = inquiry;
  const { retriever, lexicon } = options;
  const found = await findEvidence(retriever, question, resolved.context, inquiry.search, options.documents);
  const evidence = await verifyEvidence(
    keepCoherentPlaces(found.evidence, options.homePlaces, options.findPlaces(question.normalized)),
    documents,
    (versionId) => options.documents.documentText(versionId),
  );
  const scoreText: Retriever["scoreText"] = (query, text) => retriever.scoreText(query, text);
  const decision = decideAnswer({
    question,
    analysis: found.analysis,
    evidence,
    scoreText,
    isFollowUp: resolved.context.length > 0,
    periods: periodsOf(evidence, documents),
  });
  const answers = decision.kind === "answered" || decision.kind === "partial";
  const first = decision.evidence[0]?.hit.clause;
  // A collection of passages is no document: there is nothing to learn from its other passages.
  const document = first?.passageId === null ? documents.get(first.documentId) : undefined;
  const clauses = document ? await options.documents.getClauses(document.versionId) : [];
  const gaps = answers ? findUsualGaps(question, decision.evidence, lexicon.attributes, clauses) : [];
  return composeAnswer({
    question,
    resolvedQuestion: resolved.text,
    decision,
    documents,
    body: document && findResponsibleBody(document.metadata, clauses),
    asOf,
    score: (text) => scoreText(found.analysis, text).score,
    usualGaps: gaps.map((attribute) => labelOf(attribute, question.language)),
  });
}

async function openInquiry(request: AnswerRequest, options: AnswererParts): Promise<Inquiry> {
  const today = toShanghaiDay(options.clock());
  const analysis = options.retriever.analyze(request.question);
  const understood = understandQuestion(request.question, analysis.normalized, options.lexicon);
  const question = { ...understood, language: request.language ?? understood.language };
  const known = analysis.words.filter((word) => word.known || word.alternatives.length > 0).length;
  const selection = await options.catalog.select(request, today);
  return {
    request,
    asOf: request.asOf ?? today,
    analysis,
    question,
    resolved: resolveFollowUp(request.question, request.context ?? [], known),
    documents: selection.byId,
    places: selection.places,
    search: {
      ...(request.documentId && { documentId: request.documentId }),
      ...(selection.restricted && { versionIds: selection.versionIds }),
    },
  };
}

function conductAnswer(conduct: Conduct, { question, asOf, resolved }: Inquiry): Answer {
  return composeConduct(conduct, question, asOf, resolved.text);
}

/** A request to alter the text of a document is refused with the unaltered text beside it. */
async function answerConduct(
  conduct: Conduct,
  inquiry: Inquiry,
  { retriever, documents: source }: AnswererOptions,
): Promise<Answer> {
  const { question, asOf, resolved, documents, search } = inquiry;
  if (
    conduct.reply !== "injection" ||
    !/(原文|条款|文件|方案|第.{1,4}条|改成|改为|换成)/.test(question.normalized)
  ) {
    return conductAnswer(conduct, inquiry);
  }
  const { evidence } = await findEvidence(retriever, question, [], search, source);
  const near = evidence.filter(({ ownCoverage }) => ownCoverage >= 0.2).slice(0, 1);
  return composeConduct(
    conduct,
    question,
    asOf,
    resolved.text,
    near.map((item) => toCitation(item, documents, asOf)),
  );
}

async function findForeignPlaces(
  { question, places, search }: Inquiry,
  { findPlaces, homePlaces, retriever, lexicon }: AnswererOptions,
): Promise<string[]> {
  const coveredPlaces = new Set([...homePlaces, ...places]);
  return detectForeignPlaces(question.normalized, {
    findPlaces,
    coveredPlaces,
    zones: lexicon.zones,
    isMentioned: async (name) => {
      const { hits } = await retriever.search(name, { ...search, top: MENTIONS });
      return hits.some(({ clause }) => `${clause.title}\n${clause.text}`.toLowerCase().includes(name));
    },
  });
}

function periodsOf(evidence: readonly Evidence[], documents: ReadonlyMap<DocumentId, PublishedDocument>) {
  return evidence
    .slice(0, 3)
    .flatMap(({ hit }) => documents.get(hit.clause.documentId)?.metadata.period ?? []);
}
