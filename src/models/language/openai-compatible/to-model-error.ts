import { AppError } from "../../../shared/index.ts";

interface Reading {
  what: string;
  safeMessage: string;
  retryable: boolean;
}

/**
 * What the vendor's stack threw → AppError `model`. Neither message nor cause repeats the vendor's words: they may
 * carry a part of the key or of the question.
 */
export function toModelError(thrown: unknown, context: { model: string; timedOut: boolean }): AppError {
  if (thrown instanceof AppError) return thrown;
  const status = statusOf(thrown);
  const reading = context.timedOut
    ? TIMED_OUT
    : status === undefined
      ? readThrown(thrown)
      : readStatus(status);
  return new AppError({
    code: "model",
    message: `language model ${context.model}: ${reading.what}`,
    safeMessage: reading.safeMessage,
    retryable: reading.retryable,
  });
}

/** The model answered with something that is no chat completion, or with nothing. */
export function nonsenseError(model: string): AppError {
  return new AppError({
    code: "model",
    message: `language model ${model}: ${NONSENSE.what}`,
    safeMessage: NONSENSE.safeMessage,
    retryable: NONSENSE.retryable,
  });
}

const TIMED_OUT: Reading = {
  what: "no answer in time",
  safeMessage: "语言模型接口响应超时，请稍后重试；若经常出现，请管理员检查 OPENAI_BASE_URL 和网络。",
  retryable: true,
};
const NONSENSE: Reading = {
  what: "the answer is no chat completion",
  safeMessage: "语言模型接口返回的内容无法识别，请管理员确认 OPENAI_BASE_URL 指向兼容 OpenAI 的接口。",
  retryable: false,
};
const UNREACHABLE: Reading = {
  what: "cannot be reached",
  safeMessage: "无法连接语言模型接口，请管理员检查 OPENAI_BASE_URL 和网络。",
  retryable: true,
};

function statusOf(thrown: unknown): number | undefined {
  if (typeof thrown !== "object" || thrown === null || !("status" in thrown)) return undefined;
  return typeof thrown.status === "number" ? thrown.status : undefined;
}

function readStatus(status: number): Reading {
  const what = `status ${status}`;
  if (status === 401 || status === 403) {
    return {
      what,
      safeMessage: "语言模型接口拒绝了密钥，请管理员检查 OPENAI_API_KEY 及其权限。",
      retryable: false,
    };
  }
  if (status === 404) {
    return {
      what,
      safeMessage: "语言模型接口没有该地址或模型，请管理员检查 OPENAI_BASE_URL 和 OPENAI_MODEL。",
      retryable: false,
    };
  }
  if (status === 429) {
    return {
      what,
      safeMessage: "语言模型接口限流或额度已用完，请稍后重试，或请管理员检查账户额度。",
      retryable: true,
    };
  }
  if (status >= 500) {
    return { what, safeMessage: "语言模型服务暂时不可用，请稍后重试。", retryable: true };
  }
  return {
    what,
    safeMessage: "语言模型接口不接受这次请求，请管理员检查 OPENAI_MODEL 是否为对话模型。",
    retryable: false,
  };
}

function readThrown(thrown: unknown): Reading {
  const name = thrown instanceof Error ? `${thrown.name} ${thrown.constructor.name}` : "";
  return /Connection|FetchError|Abort|Timeout/.test(name) ? UNREACHABLE : NONSENSE;
}
