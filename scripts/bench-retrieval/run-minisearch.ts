import { Jieba } from "@node-rs/jieba";
import { dict } from "@node-rs/jieba/dict.js";
import MiniSearch from "minisearch";
import type { Contestant } from "./contestant.ts";
import { generateCorpus } from "./generate-corpus.ts";
import { peakMemoryMb, timeQueries } from "./measure.ts";

export const runMiniSearch: Contestant = async ({ size, seed, questions }) => {
  const jieba = Jieba.withDict(dict);
  const index = new MiniSearch({
    fields: ["title", "heading", "text"],
    tokenize: (text) => jieba.cut(text).filter((word) => /[\p{L}\p{N}]/u.test(word)),
  });
  const startedAt = performance.now();
  let id = 0;
  for (const clause of generateCorpus(size, seed)) {
    index.add({ id, title: clause.title, heading: clause.heading.join(" "), text: clause.text });
    id += 1;
  }
  const buildMs = performance.now() - startedAt;
  const query = await timeQueries(questions, (question) => index.search(question).slice(0, 10));
  return { buildMs, peakMb: peakMemoryMb(), query };
};
