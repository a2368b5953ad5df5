export { createRetriever, type RetrieverOptions } from "./create-retriever.ts";
export type {
  IndexedClause,
  QueryAnalysis,
  QueryTerm,
  QueryWord,
  RankedClause,
  Retriever,
  ScoreParts,
  SearchOptions,
  SearchResult,
} from "./types.ts";
