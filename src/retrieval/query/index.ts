export {
  createQueryAnalyzer,
  type QueryAnalyzer,
  type QueryAnalyzerOptions,
  type TermDictionary,
} from "./analyzer.ts";
export { eachGram } from "./grams.ts";
