import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** What the server does with one request. Steps are taken in order; after the last one `fallback` holds. */
export type OpenAiStep =
  /** A well-formed chat completion with this text. */
  | { kind: "answer"; content: string; delayMs?: number; finishReason?: string }
  /** A stream of these pieces of text, also to who asked for none; `end`: what comes after them (default: `done`). */
  | { kind: "stream"; pieces: readonly string[]; delayMs?: number; end?: "done" | "stall" | "cut" }
  /** An error in OpenAI's form, or with a body of one's own. */
  | { kind: "status"; status: number; body?: string; headers?: Record<string, string> }
  /** 200 with any bytes. */
  | { kind: "raw"; body: string; contentType?: string }
  /** Accepts the request and never answers. */
  | { kind: "hang" }
  /** Sends the headers and a part of the body, and never goes on. */
  | { kind: "stall"; body: string }
  /** Announces more bytes than it sends, then closes the socket. */
  | { kind: "cut"; body: string }
  /** Closes the socket without a word. */
  | { kind: "close" };

export interface RecordedRequest {
  method: string;
  path: string;
  headers: IncomingMessage["headers"];
  body: unknown;
}

export interface OpenAiServer {
  /** Ends with `/v1`. */
  readonly baseUrl: string;
  readonly requests: RecordedRequest[];
  /** Queues steps for the next requests, chat and embeddings alike. */
  script(...steps: OpenAiStep[]): void;
  /** What an unscripted chat request gets; may look at what was asked. */
  answerWith(answer: (request: RecordedRequest) => OpenAiStep): void;
  /** Replaces the vectors of unscripted embedding requests (default: `hashVector`). */
  embedWith(embed: (text: string) => number[]): void;
  close(): Promise<void>;
}

/** A deterministic vector without meaning: the same text, the same vector. */
export function hashVector(text: string, dimensions = 8): number[] {
  const digest = createHash("sha256").update(text).digest();
  return Array.from({ length: dimensions }, (_, index) => (digest[index % digest.length] ?? 0) / 127.5 - 1);
}

/** A local server that speaks `/v1/chat/completions` and `/v1/embeddings`, and misbehaves on demand. */
export async function startOpenAiServer(): Promise<OpenAiServer> {
  const steps: OpenAiStep[] = [];
  const requests: RecordedRequest[] = [];
  let answer: (request: RecordedRequest) => OpenAiStep = () => ({ kind: "answer", content: "好的。" });
  let embed: (text: string) => number[] = (text) => hashVector(text);
  const server = createServer(async (incoming, response) => {
    const request = await record(incoming);
    requests.push(request);
    const step = steps.shift();
    if (step) return perform(step, response, request);
    if (request.path.endsWith("/embeddings")) return sendEmbeddings(request, response, embed);
    perform(answer(request), response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    baseUrl: `http://127.0.0.1:${address.port}/v1`,
    requests,
    script: (...more) => void steps.push(...more),
    answerWith: (next) => {
      answer = next;
    },
    embedWith: (next) => {
      embed = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A base URL at which nobody listens. */
export async function deadEndpoint(): Promise<string> {
  const server = await startOpenAiServer();
  await server.close();
  return server.baseUrl;
}

async function record(incoming: IncomingMessage): Promise<RecordedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString("utf8");
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {
    // kept as text
  }
  return { method: incoming.method ?? "", path: incoming.url ?? "", headers: incoming.headers, body };
}

function perform(step: OpenAiStep, response: ServerResponse, { body }: RecordedRequest): void {
  switch (step.kind) {
    case "answer":
      setTimeout(() => {
        if (wantsStream(body)) void sendStream(response, { pieces: cut(step.content) });
        else sendCompletion(response, step.content, step.finishReason ?? "stop");
      }, step.delayMs ?? 0);
      return;
    case "stream":
      void sendStream(response, step);
      return;
    case "status":
      response.writeHead(step.status, { "content-type": "application/json", ...step.headers });
      response.end(
        step.body ?? JSON.stringify({ error: { message: `status ${step.status}`, type: "test" } }),
      );
      return;
    case "raw":
      response.writeHead(200, { "content-type": step.contentType ?? "application/json" }).end(step.body);
      return;
    case "hang":
      return;
    case "stall":
      response.writeHead(200, { "content-type": "application/json" }).write(step.body);
      return;
    case "cut":
      response.writeHead(200, {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(step.body) + 1000,
      });
      response.write(step.body, () => response.destroy());
      return;
    case "close":
      response.destroy();
      return;
  }
}

function wantsStream(body: unknown): boolean {
  return typeof body === "object" && body !== null && "stream" in body && body.stream === true;
}

/** As models do: a few characters at a time. */
function cut(text: string): string[] {
  return text.match(/[\s\S]{1,7}/g) ?? [];
}

async function sendStream(
  response: ServerResponse,
  { pieces, delayMs, end = "done" }: Omit<Extract<OpenAiStep, { kind: "stream" }>, "kind">,
): Promise<void> {
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
  const send = (delta: object, finishReason: string | null) => {
    const choices = [{ index: 0, delta, finish_reason: finishReason }];
    const chunk = {
      id: "chatcmpl-test",
      object: "chat.completion.chunk",
      created: 0,
      model: "test-model",
      choices,
    };
    response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  };
  for (const content of pieces) {
    if (delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, delayMs));
    send({ role: "assistant", content }, null);
  }
  if (end === "stall") return;
  if (end === "cut") {
    setTimeout(() => response.destroy(), 20);
    return;
  }
  send({}, "stop");
  response.end("data: [DONE]\n\n");
}

function sendCompletion(response: ServerResponse, content: string, finishReason: string): void {
  response.writeHead(200, { "content-type": "application/json" }).end(
    JSON.stringify({
      id: "chatcmpl-test",
      object: "chat.completion",
      created: 0,
      model: "test-model",
      choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: finishReason }],
      usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
    }),
  );
}

function sendEmbeddings(
  request: RecordedRequest,
  response: ServerResponse,
  embed: (text: string) => number[],
): void {
  const body = request.body as { input?: string | string[]; model?: string; encoding_format?: string };
  const texts = typeof body.input === "string" ? [body.input] : (body.input ?? []);
  const encode = (vector: number[]) =>
    body.encoding_format === "base64"
      ? Buffer.from(Float32Array.from(vector).buffer).toString("base64")
      : vector;
  response.writeHead(200, { "content-type": "application/json" }).end(
    JSON.stringify({
      object: "list",
      model: body.model ?? "test-embedding",
      data: texts.map((text, index) => ({ object: "embedding", index, embedding: encode(embed(text)) })),
      usage: { prompt_tokens: 1, total_tokens: 1 },
    }),
  );
}
