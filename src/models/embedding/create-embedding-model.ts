import type { EmbeddingModel } from "../types.ts";
import type { EmbeddingKind, EmbeddingOptions, EmbeddingSettings } from "./embedding-settings.ts";

type Factory<Kind extends EmbeddingKind> = (
  settings: Extract<EmbeddingSettings, { kind: Kind }>,
  options: EmbeddingOptions,
) => Promise<EmbeddingModel | undefined>;

/** Kind → loader; each kind is a folder beside this file, loaded only when it is configured. */
export const embeddingModelKinds: { readonly [Kind in EmbeddingKind]: () => Promise<Factory<Kind>> } = {
  none: async () => (await import("./none/index.ts")).createNoModel,
  "openai-compatible": async () => (await import("./openai-compatible/index.ts")).createOpenAiEmbeddingModel,
  local: async () => (await import("./local/index.ts")).createLocalEmbeddingModel,
};

/**
 * Undefined when none is configured, or when the endpoint cannot be reached or refuses at the start: that is logged, and
 * retrieval goes on by words. Throws an AppError `configuration` for a local model that cannot be loaded.
 */
export async function createEmbeddingModel(
  settings: EmbeddingSettings,
  options: EmbeddingOptions,
): Promise<EmbeddingModel | undefined> {
  switch (settings.kind) {
    case "none":
      return (await embeddingModelKinds.none())(settings, options);
    case "openai-compatible":
      return (await embeddingModelKinds["openai-compatible"]())(settings, options);
    case "local":
      return (await embeddingModelKinds.local())(settings, options);
  }
}
