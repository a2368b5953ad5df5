export { createQueryAnalyzer, type QueryAnalyzer, type QueryAnalyzerOptions } from "./analyzer.ts";
export { eachGram } from "./grams.ts";
export type { TermDictionary } from "./term-dictionary.ts";
