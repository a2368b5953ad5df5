import { readFile } from "node:fs/promises";
import type { InferenceSession, Tensor } from "onnxruntime-web";
import type { Pooling } from "./read-model-directory.ts";

/** Runs one ONNX model on the CPU through WebAssembly. */
export interface OnnxSession {
  /** One vector (not yet of unit length) for each list of token ids. */
  run(batch: readonly (readonly number[])[]): Promise<Float32Array[]>;
}

/** Thrown when the optional package is not there. */
export class RuntimeMissing extends Error {}

export async function openOnnxSession(modelPath: string, pooling: Pooling): Promise<OnnxSession> {
  const runtime = await import("onnxruntime-web").catch((cause: unknown) => {
    throw new RuntimeMissing("onnxruntime-web is not installed", { cause });
  });
  runtime.env.wasm.numThreads = 1;
  runtime.env.logLevel = "error";
  const session = await runtime.InferenceSession.create(new Uint8Array(await readFile(modelPath)));
  return {
    async run(batch) {
      const width = Math.max(...batch.map((ids) => ids.length));
      const feeds: Record<string, Tensor> = {};
      for (const name of session.inputNames) {
        feeds[name] = new runtime.Tensor("int64", fillInput(name, batch, width), [batch.length, width]);
      }
      return readVectors(await session.run(feeds), session.outputNames, batch, pooling);
    },
  };
}

/** Token ids, 1 for each real token, or (token types, positions aside) zeros; the rest is padding. */
function fillInput(name: string, batch: readonly (readonly number[])[], width: number): BigInt64Array {
  const values = new BigInt64Array(batch.length * width);
  for (const [row, ids] of batch.entries()) {
    for (const [column, id] of ids.entries()) {
      const value =
        name === "input_ids" ? id : name === "attention_mask" ? 1 : name === "position_ids" ? column : 0;
      values[row * width + column] = BigInt(value);
    }
  }
  return values;
}

function readVectors(
  outputs: InferenceSession.OnnxValueMapType,
  names: readonly string[],
  batch: readonly (readonly number[])[],
  pooling: Pooling,
): Float32Array[] {
  const name = ["sentence_embedding", "last_hidden_state"].find((known) => names.includes(known)) ?? names[0];
  const output = outputs[name ?? ""] as Tensor | undefined;
  if (!output || !(output.data instanceof Float32Array))
    throw new TypeError("the model yields no float32 vectors");
  const { data, dims } = output;
  const dimensions = dims.at(-1) ?? 0;
  if (dims[0] !== batch.length || dimensions < 1 || (dims.length !== 2 && dims.length !== 3))
    throw new TypeError(`the model yields an output of shape ${dims.join("×")}`);
  if (dims.length === 2) return batch.map((_, row) => data.slice(row * dimensions, (row + 1) * dimensions));
  const width = dims[1] ?? 0;
  return batch.map((ids, row) => {
    const tokens = pooling === "cls" ? 1 : ids.length;
    const vector = new Float32Array(dimensions);
    for (let token = 0; token < tokens; token += 1) {
      const offset = (row * width + token) * dimensions;
      for (let index = 0; index < dimensions; index += 1)
        vector[index] = (vector[index] as number) + (data[offset + index] as number) / tokens;
    }
    return vector;
  });
}
