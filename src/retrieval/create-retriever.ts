import { join } from "node:path";
import type { EmbeddingModel } from "../models/index.ts";
import { type Clock, type Logger, rememberByText } from "../shared/index.ts";
import type { EmbeddingStore, KnowledgeStore } from "../storage/index.ts";
import { fingerprintIndex } from "./index/fingerprint.ts";
import { createIndexKeeper, type IndexKeeper } from "./index/index-keeper.ts";
import type { TextCutter } from "./index/tokenizer.ts";
import { createQueryAnalyzer, eachGram, type QueryAnalyzer } from "./query/index.ts";
import { createClauseTexts } from "./ranking/clause-texts.ts";
import { FIELD_WEIGHTS, RANKING_PARAMETERS, RANKING_WEIGHTS } from "./ranking/ranking-weights.ts";
import { inverseFrequency } from "./ranking/score-terms.ts";
import { scoreText } from "./score-text.ts";
import { createClauseSearch } from "./search-clauses.ts";
import { createSideIndexes } from "./side-index.ts";
import type { Retriever } from "./types.ts";
import { createVectorSource } from "./vector-source.ts";
import { createVectorStage, openVectorIndex, type VectorStage } from "./vectors/index.ts";

export interface RetrieverOptions {
  knowledgeStore: KnowledgeStore;
  dataDirectory: string;
  /** Holds words.txt, question-words.txt and synonyms.yaml. */
  lexiconDirectory: string;
  clock: Clock;
  logger: Logger;
  /** Absent: lexical only. */
  embedding?: EmbeddingModel;
  embeddingStore: EmbeddingStore;
  /** The park's place, from the outermost to its own: ["上海市", "奉贤区"]. Empty: no place is preferred. */
  homePlaces: readonly string[];
}

/** Opens the index: from its snapshot when that is whole and agrees with storage, else updated or built anew. */
export async function createRetriever(options: RetrieverOptions): Promise<Retriever> {
  const { knowledgeStore, clock, logger } = options;
  let keeper: IndexKeeper | undefined;
  const analyzer = createQueryAnalyzer({
    lexiconDirectory: options.lexiconDirectory,
    dictionary: {
      documentFrequency: (term) => keeper?.index.frequency("word", term) ?? 0,
      gramFrequency: (gram) => keeper?.index.frequency("gram", gram) ?? 0,
      get clauseCount() {
        return keeper?.index.size ?? 0;
      },
      words: () => keeper?.index.words() ?? [],
    },
  });
  const cutter = createCutter(analyzer);
  const fingerprint = await fingerprintIndex(cutter, FIELD_WEIGHTS, options.lexiconDirectory);
  const parameters = RANKING_PARAMETERS;
  const opened = createIndexKeeper({
    store: knowledgeStore,
    dataDirectory: options.dataDirectory,
    ...{ cutter, fingerprint, parameters, fieldWeights: FIELD_WEIGHTS, clock, logger },
  });
  keeper = opened;
  await opened.refresh();
  const vectors = await openVectors(options);
  const syncVectors = () => void vectors?.sync(createVectorSource(opened.index));
  syncVectors();
  // Sentences and headings of clauses come back with every question.
  const normalizeText = rememberByText((text) => analyzer.normalize(text).text, KEPT_CHARACTERS);
  const search = createClauseSearch({
    keeper: opened,
    analyzer,
    sides: createSideIndexes(knowledgeStore, opened.createBuilder, parameters),
    texts: createClauseTexts(cutter),
    homePlaces: options.homePlaces,
    parameters,
    weights: RANKING_WEIGHTS,
    ...(vectors && { vectors }),
  });
  return {
    search,
    analyze: (question) => analyzer.analyze(question),
    scoreText: (analysis, text) => scoreText(analysis, normalizeText(text), opened.index, parameters),
    idf: (term) => inverseFrequency(frequencyOf(opened, term), opened.index.size),
    warmUp: () => analyzer.warmUp(),
    async refresh() {
      if (await opened.refresh()) syncVectors();
    },
    get size() {
      return opened.index.size;
    },
    describe: () => [describe(opened), vectors?.describe() ?? "向量检索：未启用，按词语检索。"],
    async close() {
      await vectors?.close();
      await opened.close();
    },
  };
}

const KEPT_CHARACTERS = 4_000_000;

/** Vectors fill in the background; until they are complete, words answer alone. */
async function openVectors(options: RetrieverOptions): Promise<VectorStage | undefined> {
  const { embedding: model, embeddingStore: cache, clock, logger } = options;
  if (!model) return undefined;
  const index = await openVectorIndex({
    directory: join(options.dataDirectory, "vectors"),
    modelName: model.name,
    dimensions: model.dimensions,
    logger,
  });
  return createVectorStage({ model, index, cache, clock, logger });
}

function createCutter(analyzer: QueryAnalyzer): TextCutter {
  return { normalize: analyzer.normalize, segment: analyzer.segment, eachGram };
}

function frequencyOf({ index }: IndexKeeper, term: string): number {
  return index.frequency("word", term) || index.frequency("gram", term);
}

const ORIGINS: Readonly<Record<IndexKeeper["origin"], string>> = {
  snapshot: "由快照载入",
  updated: "由快照载入并更新",
  rebuilt: "重新建立",
};

function describe({ index, origin, reason }: IndexKeeper): string {
  const why = origin === "rebuilt" && reason !== null ? `（${reason}）` : "";
  return `检索索引：${index.size} 个条款，${index.versions().size} 份文件，${ORIGINS[origin]}${why}。`;
}
