export { openVectorIndex, type VectorIndexOptions } from "./open-vector-index.ts";
export type { SyncOutcome, VectorSource, VectorSourceText } from "./sync-vectors.ts";
export type { VectorHit, VectorIndex, VectorIndexState } from "./types.ts";
export { createVectorStage, type VectorStage, type VectorStageOptions } from "./vector-stage.ts";
