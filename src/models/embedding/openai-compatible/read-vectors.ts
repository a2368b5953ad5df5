import { z } from "zod";
import { toUnitVector } from "../to-unit-vector.ts";
import { uselessAnswerError } from "./to-embedding-error.ts";

const answerSchema = z.object({
  data: z.array(
    z.object({ index: z.number().int().optional(), embedding: z.union([z.array(z.number()), z.string()]) }),
  ),
});

/** The vectors in the order of the texts, of length 1. Throws an AppError `model` for anything else. */
export function readVectors(
  answer: unknown,
  { model, count, dimensions }: { model: string; count: number; dimensions?: number },
): Float32Array[] {
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success) throw uselessAnswerError(model, "not of the expected form");
  const { data } = parsed.data;
  if (data.length !== count) throw uselessAnswerError(model, `${data.length} vectors for ${count} texts`);
  const ordered: (Float32Array | undefined)[] = new Array(count).fill(undefined);
  for (const [position, { index = position, embedding }] of data.entries()) {
    if (index < 0 || index >= count) throw uselessAnswerError(model, "a vector for no text");
    const numbers = typeof embedding === "string" ? decodeFloats(embedding) : embedding;
    ordered[index] = toUnitVector(numbers);
  }
  const vectors = ordered.filter((vector) => vector !== undefined);
  if (vectors.length !== count)
    throw uselessAnswerError(model, "a vector is missing, empty or not of finite numbers");
  const expected = dimensions ?? vectors[0]?.length;
  const odd = vectors.find((vector) => vector.length !== expected);
  if (odd) throw uselessAnswerError(model, `a vector of ${odd.length} dimensions instead of ${expected}`);
  return vectors;
}

/** Some servers send base64 whatever they were asked for. */
function decodeFloats(text: string): ArrayLike<number> {
  const bytes = Buffer.from(text, "base64");
  const floats = new Float32Array(Math.floor(bytes.length / 4));
  for (let index = 0; index < floats.length; index += 1) floats[index] = bytes.readFloatLE(index * 4);
  return floats;
}
