import type { EmbeddingModel } from "../../models/index.ts";
import { type Clock, type Logger, toAppError } from "../../shared/index.ts";

/** After a failure the model is left alone, so that not every question waits for the time limit. */
const PAUSE_MS = 30_000;
const MOST_REMEMBERED = 500;

/** A question's vector, or undefined when the model is dead, slow or talks nonsense. Remembers recent questions. */
export type EmbedQuestion = (question: string) => Promise<Float32Array | undefined>;

export function createQuestionEmbedder(
  model: EmbeddingModel,
  { clock, logger, timeoutMs }: { clock: Clock; logger: Logger; timeoutMs: number },
): EmbedQuestion {
  const remembered = new Map<string, Float32Array>();
  let pausedUntil = 0;
  return async (question) => {
    const known = remembered.get(question);
    if (known) return known;
    if (clock().getTime() < pausedUntil) return undefined;
    try {
      const vector = await embedInTime(model, question, timeoutMs);
      if (remembered.size >= MOST_REMEMBERED) remembered.delete(remembered.keys().next().value ?? "");
      remembered.set(question, vector);
      return vector;
    } catch (thrown) {
      pausedUntil = clock().getTime() + PAUSE_MS;
      const error = toAppError(thrown);
      logger.warn(
        { errorId: error.id, reason: error.message, model: model.name },
        "question could not be embedded, answering by words",
      );
      return undefined;
    }
  };
}

/** The time limit holds even for a model that does not heed the signal. */
async function embedInTime(
  model: EmbeddingModel,
  question: string,
  timeoutMs: number,
): Promise<Float32Array> {
  const limit = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      limit.abort();
      reject(new Error(`no vector within ${timeoutMs} ms`));
    }, timeoutMs);
  });
  try {
    const [vector] = await Promise.race([
      model.embed([question], "query", { signal: limit.signal }),
      expired,
    ]);
    if (!isVector(vector, model.dimensions)) throw new Error("the model gave no usable vector");
    return vector;
  } finally {
    clearTimeout(timer);
  }
}

function isVector(vector: Float32Array | undefined, dimensions: number): vector is Float32Array {
  return vector?.length === dimensions && vector.every(Number.isFinite);
}
