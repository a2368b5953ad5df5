import type { HttpInstance } from "@larksuiteoapi/node-sdk";
import { FeishuCallError } from "./failures.ts";
import type { Redact, Sdk } from "./sdk.ts";

/** As far as we read axios' answers and errors. */
interface HttpResponse {
  status: number;
  data: unknown;
  headers: unknown;
  config: object;
}

interface HttpError {
  code?: string;
  response?: HttpResponse;
}

export interface HttpOptions {
  baseUrl: string;
  timeoutMs: number;
  /** For uploads. Default: as every call. */
  uploadTimeoutMs?: number;
  /** For what the platform says about an error, should it repeat what it was sent. */
  redact: Redact;
}

/**
 * The SDK's HTTP client with what it lacks: a time-out, a check of `code` on every answer, and errors that carry neither
 * the request (the app secret is in it) nor users' texts.
 */
export function createRestHttp(sdk: Sdk, options: HttpOptions): HttpInstance {
  const http = createInstance(sdk, options);
  const { redact, uploadTimeoutMs } = options;
  http.interceptors.request.use((request) => {
    const uploads = /\/open-apis\/im\/v1\/(?:files|images)$/.test(request.url ?? "");
    return uploads && uploadTimeoutMs !== undefined ? { ...request, timeout: uploadTimeoutMs } : request;
  });
  http.interceptors.response.use(
    (response) => unwrapAnswer(response, redact),
    async (error: HttpError) => {
      if (error.response) await readErrorStream(error.response);
      throw toCallError(error, redact);
    },
  );
  return toHttpInstance(http);
}

/** An error of a download comes as a stream as well; what it says stands in its first bytes. */
async function readErrorStream(response: HttpResponse): Promise<void> {
  const { data } = response;
  if (typeof data !== "object" || data === null || !(Symbol.asyncIterator in data)) return;
  let text = "";
  try {
    for await (const chunk of data as AsyncIterable<Uint8Array>) {
      text += Buffer.from(chunk).toString("utf8");
      if (text.length > MAX_ERROR_CHARACTERS) break;
    }
    response.data = JSON.parse(text);
  } catch {
    response.data = undefined;
  }
}

const MAX_ERROR_CHARACTERS = 10_000;

/**
 * For the address of the long connection. The SDK judges its `code` itself, but throws inside and then retries for ever
 * when an error comes without `data` or with a status of 400 and more; so such answers are given the shape it expects.
 */
export function createEndpointHttp(sdk: Sdk, options: HttpOptions): HttpInstance {
  const http = createInstance(sdk, options);
  const { redact } = options;
  http.interceptors.response.use(
    (response) => completeEndpointAnswer(response, redact),
    (error: HttpError) => {
      const { response } = error;
      if (response && readCode(response.data)) return completeEndpointAnswer(response, redact);
      throw toCallError(error, redact);
    },
  );
  return toHttpInstance(http);
}

function createInstance(sdk: Sdk, { baseUrl, timeoutMs }: HttpOptions): Sdk["defaultHttpInstance"] {
  return sdk.defaultHttpInstance.create({
    timeout: timeoutMs,
    // A redirect would carry the secret or the token to another host.
    maxRedirects: 0,
    // axios sends even requests for this machine through HTTP_PROXY.
    ...(isLoopback(baseUrl) && { proxy: false as const }),
  });
}

/** The SDK's own default is such an instance; the declared types differ in optional properties only. */
function toHttpInstance(http: Sdk["defaultHttpInstance"]): HttpInstance {
  return http as unknown as HttpInstance;
}

function isLoopback(baseUrl: string): boolean {
  const host = URL.canParse(baseUrl) ? new URL(baseUrl).hostname : "";
  return host === "localhost" || host === "[::1]" || host.startsWith("127.");
}

function unwrapAnswer(response: HttpResponse, redact: Redact): never {
  const { data, config } = response;
  // Files come as they are, without a code.
  if ("responseType" in config && config.responseType === "stream") {
    const headed = "$return_headers" in config && config.$return_headers === true;
    return (headed ? { data, headers: response.headers } : data) as never;
  }
  const code = readCode(data);
  if (code === undefined || code !== 0) throw answerError(response, code, redact);
  // axios wants a response here; the SDK wants the body (or body and headers), as its own interceptor returns it.
  const wantsHeaders = "$return_headers" in config && config.$return_headers === true;
  return (wantsHeaders ? { data, headers: response.headers } : data) as never;
}

function completeEndpointAnswer(response: HttpResponse, redact: Redact): never {
  const code = readCode(response.data);
  if (code === undefined) throw answerError(response, undefined, redact);
  return { data: {}, msg: "", ...(response.data as object) } as never;
}

function toCallError(error: HttpError, redact: Redact): FeishuCallError {
  if (error.response) return answerError(error.response, readCode(error.response.data), redact);
  return new FeishuCallError({ origin: "network", detail: error.code ?? "no answer", code: 0 });
}

function answerError(response: HttpResponse, code: number | undefined, redact: Redact): FeishuCallError {
  const headers = response.headers as Record<string, unknown>;
  const reset = Number(headers["x-ogw-ratelimit-reset"]);
  const logId = headers["x-tt-logid"];
  return new FeishuCallError({
    origin: code === undefined && response.status < 400 ? "network" : "answer",
    detail: code === undefined ? "the answer is not the platform's" : redact(readMessage(response.data)),
    httpStatus: response.status,
    code: code ?? 0,
    ...(Number.isFinite(reset) && reset >= 0 && headers["x-ogw-ratelimit-reset"] !== undefined
      ? { resetSeconds: reset }
      : {}),
    ...(typeof logId === "string" && { logId: logId.slice(0, 80) }),
  });
}

function readCode(data: unknown): number | undefined {
  if (typeof data !== "object" || data === null || !("code" in data)) return undefined;
  return typeof data.code === "number" ? data.code : undefined;
}

function readMessage(data: unknown): string {
  if (typeof data !== "object" || data === null || !("msg" in data)) return "refused";
  return typeof data.msg === "string" && data.msg !== "" ? data.msg.slice(0, 200) : "refused";
}
