import type { FastifyError, FastifyInstance } from "fastify";
import { AppError, type ErrorCode, type Logger, toAppError } from "../shared/index.ts";

const STATUS: Record<ErrorCode, number> = {
  usage: 400,
  "unusable-input": 400,
  untrusted: 401,
  forbidden: 403,
  "not-found": 404,
  conflict: 409,
  channel: 502,
  model: 502,
  storage: 503,
  "data-directory": 503,
  configuration: 500,
  internal: 500,
};

/** What Fastify itself refuses, by status. */
const REFUSALS: Record<number, string> = {
  400: "请求格式不正确，请检查后重试。",
  404: "没有这个地址，请检查网址。",
  405: "此地址不支持这种请求方法。",
  413: "请求内容过大，请缩短后重试。",
  414: "网址过长。",
  415: "请以 application/json 提交。",
  429: "请求过于频繁，请稍后再试。",
  431: "请求头过大。",
};

/** A refusal with its own status, such as 429 or 413. */
export class HttpRefusal extends AppError {
  readonly status: number;
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, safeMessage?: string, retryAfterSeconds?: number) {
    super({
      code: "usage",
      message: `refused with ${status}`,
      safeMessage: safeMessage ?? REFUSALS[status] ?? "请求未被接受。",
    });
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Every failure leaves as `{"error":{code,message,id}}` in Chinese, without insides; the log has the rest under the id. */
export function addErrorReplies(server: FastifyInstance, logger: Logger): void {
  server.setErrorHandler(async (thrown: FastifyError | Error, request, reply) => {
    const error = fromFastify(thrown);
    const status = error instanceof HttpRefusal ? error.status : STATUS[error.code];
    const fields = {
      errorId: error.id,
      method: request.method,
      route: request.routeOptions.url,
      status,
      error: error.message,
    };
    if (status >= 500) logger.error({ ...fields, stack: stackOf(error) }, "request failed");
    else logger.info(fields, "request refused");
    if (error instanceof HttpRefusal && error.retryAfterSeconds !== undefined) {
      reply.header("retry-after", String(error.retryAfterSeconds));
    }
    return reply.code(status).send(toErrorBody(error));
  });
  server.setNotFoundHandler(async (_request, reply) =>
    reply.code(404).send(toErrorBody(new HttpRefusal(404))),
  );
}

function toErrorBody(error: AppError): { error: { code: string; message: string; id: string } } {
  return { error: { code: error.code, message: error.safeMessage, id: error.id } };
}

function fromFastify(thrown: FastifyError | Error): AppError {
  const status = "statusCode" in thrown ? thrown.statusCode : undefined;
  if (thrown instanceof AppError || status === undefined || status >= 500) return toAppError(thrown);
  return new HttpRefusal(status);
}

function stackOf(error: AppError): string | undefined {
  return error.cause instanceof Error ? error.cause.stack : error.stack;
}
