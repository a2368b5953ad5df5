import { AppError } from "../../../shared/index.ts";

interface Reading {
  what: string;
  safeMessage: string;
  retryable: boolean;
}

const TIMED_OUT: Reading = {
  what: "no answer in time",
  safeMessage: "向量模型接口响应超时，已改按词语检索；若经常出现，请管理员检查 EMBEDDING_BASE_URL 和网络。",
  retryable: true,
};
const UNREACHABLE: Reading = {
  what: "cannot be reached",
  safeMessage: "无法连接向量模型接口，已改按词语检索。请管理员检查 EMBEDDING_BASE_URL 和网络。",
  retryable: true,
};
const NONSENSE: Reading = {
  what: "the answer holds no usable vectors",
  safeMessage: "向量模型接口返回的内容无法识别，已改按词语检索。请管理员确认 EMBEDDING_MODEL 是向量模型。",
  retryable: false,
};

/** What the vendor's library threw → AppError `model`, without the vendor's words: they may carry key or text. */
export function toEmbeddingError(thrown: unknown, context: { model: string; aborted: boolean }): AppError {
  if (thrown instanceof AppError) return thrown;
  const status = statusOf(thrown);
  if (context.aborted) return build(context.model, TIMED_OUT);
  return build(context.model, status === undefined ? readThrown(thrown) : readStatus(status));
}

export function uselessAnswerError(model: string, detail: string): AppError {
  return build(model, { ...NONSENSE, what: `${NONSENSE.what}: ${detail}` });
}

export function statusOf(thrown: unknown): number | undefined {
  if (typeof thrown !== "object" || thrown === null || !("status" in thrown)) return undefined;
  return typeof thrown.status === "number" ? thrown.status : undefined;
}

function build(model: string, { what, safeMessage, retryable }: Reading): AppError {
  return new AppError({
    code: "model",
    message: `embedding model ${model}: ${what}`,
    safeMessage,
    retryable,
  });
}

function readStatus(status: number): Reading {
  const what = `status ${status}`;
  if (status === 401 || status === 403) {
    return {
      what,
      safeMessage: "向量模型接口拒绝了密钥，已改按词语检索。请管理员检查 EMBEDDING_API_KEY 及其权限。",
      retryable: false,
    };
  }
  if (status === 404) {
    return {
      what,
      safeMessage:
        "向量模型接口没有该地址或模型，已改按词语检索。请管理员检查 EMBEDDING_BASE_URL 和 EMBEDDING_MODEL。",
      retryable: false,
    };
  }
  if (status === 429) {
    return {
      what,
      safeMessage: "向量模型接口限流或额度已用完，暂按词语检索，稍后自动重试。",
      retryable: true,
    };
  }
  if (status >= 500) {
    return { what, safeMessage: "向量模型服务暂时不可用，暂按词语检索，稍后自动重试。", retryable: true };
  }
  return {
    what,
    safeMessage: "向量模型接口不接受这次请求，已改按词语检索。请管理员检查 EMBEDDING_MODEL。",
    retryable: false,
  };
}

function readThrown(thrown: unknown): Reading {
  const name = thrown instanceof Error ? `${thrown.name} ${thrown.constructor.name}` : "";
  if (/Timeout/.test(name)) return TIMED_OUT;
  return /Connection|FetchError|Abort/.test(name) ? UNREACHABLE : NONSENSE;
}
