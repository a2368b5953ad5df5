import type { Logger } from "../../shared/index.ts";
import type { ChatMessage } from "../types.ts";
import type { LanguageModel, LanguageModelSettings } from "./language-model.ts";

export interface LanguageModelOptions {
  logger: Logger;
  /** For one invocation with its retry. Default 20 000. */
  timeoutMs?: number;
}

type AdapterFactory = (
  settings: LanguageModelSettings,
  options: Required<LanguageModelOptions>,
) => LanguageModel;

/** Kind → loader; each kind is a folder beside this file. Loaded at the first question, so that a start stays quick. */
export const languageModelKinds = {
  "openai-compatible": async (): Promise<AdapterFactory> =>
    (await import("./openai-compatible/index.ts")).createOpenAiCompatibleModel,
} as const;

export type LanguageModelKind = keyof typeof languageModelKinds;

const DEFAULT_TIMEOUT_MS = 20_000;

/** Costs nothing until the first `invoke`, which loads the vendor's library. */
export function createLanguageModel(
  settings: LanguageModelSettings & { kind?: LanguageModelKind },
  options: LanguageModelOptions,
): LanguageModel {
  const kind = settings.kind ?? "openai-compatible";
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  let adapter: Promise<LanguageModel> | undefined;
  const load = (): Promise<LanguageModel> => {
    adapter ??= languageModelKinds[kind]().then((create) => create(settings, { ...options, timeoutMs }));
    return adapter;
  };
  return {
    name: `${kind}:${settings.model}`,
    invoke: async (messages: readonly ChatMessage[], invocation) =>
      (await load()).invoke(messages, invocation),
  };
}
