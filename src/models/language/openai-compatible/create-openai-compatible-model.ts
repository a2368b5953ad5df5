import { setTimeout as wait } from "node:timers/promises";
import { AIMessage, type BaseMessage, HumanMessage, SystemMessage } from "@langchain/core/messages";
import { StringOutputParser } from "@langchain/core/output_parsers";
import { RunnableLambda, RunnableSequence } from "@langchain/core/runnables";
import { initChatModel } from "langchain/chat_models/universal";
import type { Logger } from "../../../shared/index.ts";
import { createBoundedFetch } from "../../bounded-fetch.ts";
import type { ChatMessage } from "../../types.ts";
import type { InvokeOptions, LanguageModel, LanguageModelSettings } from "../language-model.ts";
import { silenceTracing } from "./silence-tracing.ts";
import { nonsenseError, toModelError } from "./to-model-error.ts";

const VENDOR_BASE_URL = "https://api.openai.com/v1";
const MAX_ANSWER_TOKENS = 1500;
/** A completion of the longest answer that we ask for stays far below. */
const MAX_BODY_BYTES = 1024 * 1024;
const ATTEMPTS = 2;
const PAUSE_MS = 400;

type Chain = RunnableSequence<readonly ChatMessage[], string>;

/** Any endpoint that speaks OpenAI's chat completions, through langchain (which loads `@langchain/openai` by its name). */
export function createOpenAiCompatibleModel(
  settings: LanguageModelSettings,
  options: { logger: Logger; timeoutMs: number },
): LanguageModel {
  const silenced = silenceTracing();
  if (silenced.length > 0)
    options.logger.warn({ variables: silenced }, "langchain tracing is not used; ignored");
  const connection: Connection = {
    chain: createChain(settings, options.timeoutMs),
    model: settings.model,
    canStream: true,
    ...options,
  };
  return {
    name: `openai-compatible:${settings.model}`,
    invoke: (messages, invocation = {}) => invokeBounded(connection, messages, invocation),
  };
}

interface Connection {
  chain: Promise<Chain>;
  model: string;
  /** Until the endpoint has shown that it cannot. */
  canStream: boolean;
  logger: Logger;
  timeoutMs: number;
}

/**
 * Everything that langchain or the SDK would otherwise take from the environment (address, organisation, project, log
 * level) is set here, so that only our own configuration decides where a question goes.
 */
async function createChain(settings: LanguageModelSettings, timeoutMs: number): Promise<Chain> {
  const chat = await initChatModel(settings.model, {
    modelProvider: "openai",
    apiKey: settings.apiKey,
    // Reasoning models refuse any temperature but their own.
    ...(/^(o\d|gpt-5)/.test(settings.model) ? {} : { temperature: 0, maxTokens: MAX_ANSWER_TOKENS }),
    maxRetries: 0,
    timeout: timeoutMs,
    // Compatible endpoints refuse the request for a count of tokens at the end of a stream.
    streamUsage: false,
    useResponsesApi: false,
    configuration: {
      baseURL: settings.baseUrl ?? VENDOR_BASE_URL,
      organization: null,
      project: null,
      logLevel: "off",
      fetch: createBoundedFetch(MAX_BODY_BYTES),
    },
  });
  return RunnableSequence.from([
    RunnableLambda.from((messages: readonly ChatMessage[]) => messages.map(toLangchainMessage)),
    chat,
    new StringOutputParser(),
  ]);
}

function toLangchainMessage({ role, content }: ChatMessage): BaseMessage {
  if (role === "system") return new SystemMessage(content);
  return role === "user" ? new HumanMessage(content) : new AIMessage(content);
}

/** One time limit over all attempts; a second attempt, which does not stream, only where it may help. */
async function invokeBounded(
  connection: Connection,
  messages: readonly ChatMessage[],
  { signal: outer, onText }: InvokeOptions,
): Promise<string> {
  const { model, logger, timeoutMs } = connection;
  const chain = await connection.chain;
  const limit = AbortSignal.timeout(timeoutMs);
  const signal = outer ? AbortSignal.any([limit, outer]) : limit;
  let isTold = false;
  const tell = (soFar: string) => {
    isTold = true;
    onText?.(soFar);
  };
  for (let attempt = 1; ; attempt += 1) {
    const streams = onText !== undefined && connection.canStream && attempt === 1;
    try {
      const text = streams
        ? await readStream(chain, messages, signal, tell)
        : await chain.invoke(messages, { signal });
      if (text.trim() === "") throw nonsenseError(model);
      return text;
    } catch (thrown) {
      const error = toModelError(thrown, { model, timedOut: signal.aborted });
      logger.warn({ errorId: error.id, attempt, reason: error.message }, "language model failed");
      const mayHelp = error.retryable || streams;
      if (!mayHelp || isTold || signal.aborted || attempt >= ATTEMPTS) throw error;
      // Refused, or no stream came of it: so it will the next time.
      if (streams && !error.retryable) connection.canStream = false;
      await wait(PAUSE_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

async function readStream(
  chain: Chain,
  messages: readonly ChatMessage[],
  signal: AbortSignal,
  tell: (soFar: string) => void,
): Promise<string> {
  let text = "";
  for await (const piece of await chain.stream(messages, { signal })) {
    if (piece === "") continue;
    text += piece;
    tell(text);
  }
  // Some stop quietly when they are told to.
  signal.throwIfAborted();
  return text;
}
