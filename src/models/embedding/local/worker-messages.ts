import type { Pooling } from "./read-model-directory.ts";

export interface WorkerStart {
  modelPath: string;
  pooling: Pooling;
}

export interface WorkerRequest {
  id: number;
  batch: readonly (readonly number[])[];
}

export type WorkerAnswer =
  | { id: number; vectors: Float32Array[]; error?: undefined }
  | { id: number; error: { reason: string; runtimeMissing: boolean } };
