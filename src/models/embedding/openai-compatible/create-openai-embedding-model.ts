import { OpenAI } from "openai";
import { type AppError, toAppError } from "../../../shared/index.ts";
import { createBoundedFetch } from "../../bounded-fetch.ts";
import type { EmbeddingModel } from "../../types.ts";
import type { EmbeddingOptions, EmbeddingSettings } from "../embedding-settings.ts";
import { prefixesOf } from "../prefixes.ts";
import { knownDimensions } from "./known-dimensions.ts";
import { readVectors } from "./read-vectors.ts";
import { statusOf, toEmbeddingError } from "./to-embedding-error.ts";

type Settings = Extract<EmbeddingSettings, { kind: "openai-compatible" }>;

const VENDOR_BASE_URL = "https://api.openai.com/v1";
const TIMEOUT_MS = 30_000;
/** The start does not wait longer for an endpoint. */
const PROBE_TIMEOUT_MS = 5_000;
/** Halved when an endpoint refuses; several vendors take 10 or 25 at most. */
const LARGEST_BATCH = 64;
/** Endpoints refuse texts above some 8,000 tokens; an ideograph is about one. */
const LONGEST_TEXT = 6_000;
const MAX_BODY_BYTES = 64 * 1024 * 1024;
/** By the library, with growing pauses and the endpoint's Retry-After. */
const DOCUMENT_RETRIES = 3;

/** Any endpoint that speaks OpenAI's embeddings. Asks it once for the length of its vectors. */
export async function createOpenAiEmbeddingModel(
  settings: Settings,
  { logger, timeoutMs = TIMEOUT_MS }: EmbeddingOptions,
): Promise<EmbeddingModel | undefined> {
  const embed = createEmbedder(settings, timeoutMs);
  const describe = (dimensions: number): EmbeddingModel => ({
    name: `openai-compatible:${settings.model}`,
    dimensions,
    embed: (texts, purpose, options) => embed(texts, purpose, { ...options, dimensions }),
  });
  const signal = AbortSignal.timeout(Math.min(timeoutMs, PROBE_TIMEOUT_MS));
  try {
    const [vector] = await embed(["政策"], "query", { signal });
    return describe(vector?.length ?? 0);
  } catch (thrown) {
    const error = toAppError(thrown);
    const known = error.retryable ? knownDimensions(settings.model) : undefined;
    logger.warn(
      { errorId: error.id, reason: error.message, advice: error.safeMessage },
      known === undefined
        ? "embedding model is not usable, retrieval goes by words until the next start"
        : "embedding endpoint is down, retrieval goes by words until it is back",
    );
    return known === undefined ? undefined : describe(known);
  }
}

type Purpose = Parameters<EmbeddingModel["embed"]>[1];
interface CallOptions {
  signal?: AbortSignal;
  dimensions?: number;
}

function createEmbedder(settings: Settings, timeoutMs: number) {
  const prefixes = prefixesOf(settings.model);
  const request = createRequest(settings, timeoutMs);
  let batchSize = LARGEST_BATCH;
  return async (
    texts: readonly string[],
    purpose: Purpose,
    options: CallOptions,
  ): Promise<Float32Array[]> => {
    const inputs = texts.map((text) => prefixes[purpose] + prepare(text));
    const vectors: Float32Array[] = [];
    while (vectors.length < inputs.length) {
      const batch = inputs.slice(vectors.length, vectors.length + batchSize);
      try {
        vectors.push(...(await request(batch, purpose, options)));
      } catch (thrown) {
        if (batch.length === 1 || !isTooLarge(thrown)) throw thrown;
        batchSize = Math.ceil(batch.length / 2);
      }
    }
    return vectors;
  };
}

/** Endpoints refuse an empty text; a lone surrogate is no valid JSON for some. */
function prepare(text: string): string {
  const short = text.length > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT) : text;
  return short.toWellFormed().trim() || " ";
}

const refusals = new WeakMap<AppError, number>();

function isTooLarge(thrown: unknown): boolean {
  const status = refusals.get(thrown as AppError);
  return status === 400 || status === 413 || status === 422;
}

/**
 * Everything that the library would otherwise take from the environment (address, organisation, project, log level) is
 * set here, so that only our own configuration decides where texts go.
 */
function createRequest({ model, apiKey, baseUrl }: Settings, timeoutMs: number) {
  const client = new OpenAI({
    apiKey,
    baseURL: baseUrl ?? VENDOR_BASE_URL,
    organization: null,
    project: null,
    logLevel: "off",
    timeout: timeoutMs,
    fetch: createBoundedFetch(MAX_BODY_BYTES),
  });
  return async (input: string[], purpose: Purpose, { signal, dimensions }: CallOptions) => {
    try {
      const answer: unknown = await client.embeddings.create(
        { model, input, encoding_format: "float" },
        { maxRetries: purpose === "query" ? 0 : DOCUMENT_RETRIES, ...(signal && { signal }) },
      );
      return readVectors(answer, { model, count: input.length, ...(dimensions && { dimensions }) });
    } catch (thrown) {
      const error = toEmbeddingError(thrown, { model, aborted: signal?.aborted ?? false });
      const status = statusOf(thrown);
      if (status !== undefined) refusals.set(error, status);
      throw error;
    }
  };
}
