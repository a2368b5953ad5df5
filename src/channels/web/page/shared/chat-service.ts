import type { InterfaceLanguage, PressedAction, Reply, Turn, Visitor } from "./wire.ts";

/** A refusal of the server in words for people, or its silence (`status` 0, no words). */
export class ServiceError extends Error {
  readonly status: number;
  readonly said: string | undefined;
  readonly id: string | undefined;
  constructor(status: number, said?: string, id?: string) {
    super(said ?? `status ${status}`);
    this.status = status;
    this.said = said;
    this.id = id;
  }
}

export interface OpenedSession {
  /** Names the session in this browser's storage. */
  session: string;
  examples: readonly string[];
  me?: Visitor;
  limits?: FileLimits;
}

/** What may go with one message. */
export interface FileLimits {
  files: number;
  fileBytes: number;
}

export interface SessionWish {
  /** Leaves the present conversation. */
  renew?: boolean;
  /** In a frame of another page. */
  embedded?: boolean;
  language?: InterfaceLanguage | undefined;
}

/** Makes sure that the browser holds a session cookie. */
export async function openSession(wish: SessionWish = {}): Promise<OpenedSession> {
  const { renew = false, embedded, language } = wish;
  const body = { renew, ...(embedded && { embedded }), ...(language && { language }) };
  return (await postJson("/api/v1/chat/session", body)) as OpenedSession;
}

export interface Outgoing {
  clientMessageId: string;
  text: string;
  action?: PressedAction;
  files?: readonly File[];
  /** The language that was chosen; absent: that of the question. */
  language?: InterfaceLanguage | undefined;
}

/** Safe to repeat with the same id: a message is accepted once. */
export async function send({ clientMessageId, text, action, files, language }: Outgoing): Promise<void> {
  const common = { clientMessageId, ...(language && { language }) };
  if (files && files.length > 0) return sendFiles({ clientMessageId, text, files, language });
  if (action) await postJson("/api/v1/chat/actions", { ...common, ...action });
  else await postJson("/api/v1/chat/messages", { ...common, text });
}

async function sendFiles({ clientMessageId, text, files = [], language }: Outgoing): Promise<void> {
  const form = new FormData();
  form.append("clientMessageId", clientMessageId);
  if (text !== "") form.append("text", text);
  if (language) form.append("language", language);
  for (const file of files) form.append("files", file, file.name);
  await post("/api/v1/chat/files", { body: form });
}

export async function signOut(): Promise<void> {
  await postJson("/api/v1/chat/sign-out", {});
}

export interface Listeners {
  onTurn(turn: Turn): void;
  onPartial(partial: { clientMessageId: string; reply: Reply }): void;
  onReady(): void;
  onLost(): void;
}

/** Opens the session that a refused stream lacks. */
export type Reopen = () => Promise<unknown>;

/**
 * Listens for turns, first those that are stored, then new ones. The browser reconnects by itself; after a refusal
 * (which ends an EventSource) a new session check and connection follow.
 */
export function listen({ onTurn, onPartial, onReady, onLost }: Listeners, reopen: Reopen): () => void {
  let source: EventSource | undefined;
  let closed = false;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const later = (attempt: () => void) => {
    retry = setTimeout(attempt, 3000);
  };
  const renew = () => {
    reopen().then(
      () => !closed && connect(),
      () => !closed && later(renew),
    );
  };
  const connect = () => {
    const opened = new EventSource("/api/v1/chat/events");
    source = opened;
    opened.addEventListener("turn", (event) => onTurn(JSON.parse(event.data)));
    opened.addEventListener("partial", (event) => onPartial(JSON.parse(event.data)));
    opened.addEventListener("ready", onReady);
    opened.addEventListener("error", () => {
      if (closed) return;
      onLost();
      if (opened.readyState === EventSource.CLOSED) later(renew);
    });
  };
  connect();
  return () => {
    closed = true;
    clearTimeout(retry);
    source?.close();
  };
}

function postJson(path: string, body: unknown): Promise<unknown> {
  return post(path, { headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
}

async function post(path: string, request: RequestInit): Promise<unknown> {
  const response = await fetch(path, { method: "POST", ...request }).catch(() => {
    throw new ServiceError(0);
  });
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  throw new ServiceError(response.status, answer.error?.message, answer.error?.id);
}
