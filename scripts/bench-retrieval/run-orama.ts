import { create, insertMultiple, search } from "@orama/orama";
import { createTokenizer } from "@orama/tokenizers/mandarin";
import type { Contestant } from "./contestant.ts";
import { generateCorpus } from "./generate-corpus.ts";
import { peakMemoryMb, timeQueries } from "./measure.ts";

const BATCH = 500;

export const runOrama: Contestant = async ({ size, seed, questions }) => {
  const tokenizer = await createTokenizer();
  const index = create({
    schema: { title: "string", heading: "string", text: "string" },
    components: { tokenizer },
  });
  const startedAt = performance.now();
  let batch: { title: string; heading: string; text: string }[] = [];
  for (const { title, heading, text } of generateCorpus(size, seed)) {
    batch.push({ title, heading: heading.join(" "), text });
    if (batch.length < BATCH) continue;
    await insertMultiple(index, batch, BATCH);
    batch = [];
  }
  if (batch.length > 0) await insertMultiple(index, batch, BATCH);
  const buildMs = performance.now() - startedAt;
  const query = await timeQueries(questions, (question) => search(index, { term: question, limit: 10 }));
  return { buildMs, peakMb: peakMemoryMb(), query };
};
