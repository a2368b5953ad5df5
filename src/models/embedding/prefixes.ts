/** What a model wants in front of its texts; a model trained with a prefix finds clearly less without it. */
export interface Prefixes {
  query: string;
  document: string;
}

/** By model family, from the models' own cards. */
const FAMILIES: readonly (readonly [RegExp, Prefixes])[] = [
  [/bge-(?:small|base|large)-zh/i, { query: "为这个句子生成表示以用于检索相关文章：", document: "" }],
  [
    /qwen3-embedding/i,
    {
      query: "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:",
      document: "",
    },
  ],
  [/multilingual-e5(?!.*instruct)/i, { query: "query: ", document: "passage: " }],
  [/nomic-embed-text/i, { query: "search_query: ", document: "search_document: " }],
];

const NONE: Prefixes = { query: "", document: "" };

export function prefixesOf(modelName: string): Prefixes {
  return FAMILIES.find(([family]) => family.test(modelName))?.[1] ?? NONE;
}
