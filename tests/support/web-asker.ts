import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import type { Turn } from "../../src/channels/web/turn.ts";
import type { FormField, ReplyAction, ReplyBlock } from "../../src/conversation/index.ts";

const TRIES = 1_500;
const FIELD_CHARACTERS = 1_000;

export interface WebAsker {
  /** Types a message; resolves with the turn of its reply. */
  say(text: string): Promise<Turn>;
  /** Presses the button labelled so in a turn; resolves with the turn of the reply. */
  press(turn: Turn, label: string, form?: Record<string, string>): Promise<Turn>;
  turns(): Promise<Turn[]>;
  /** The first turn whose reply holds the words, waited for in the page's history. */
  hears(words: string): Promise<Turn>;
  /** Opens the page's event stream. */
  listen(): Promise<EventStream>;
  get(path: string): Promise<Response>;
}

export interface EventStream {
  /** Resolves when the words came over the stream. */
  receives(words: string): Promise<void>;
  /** What came so far. */
  text(): string;
  close(): void;
}

/** The web chat as its page uses it, over HTTP. */
export async function openWebAsker(address: string): Promise<WebAsker> {
  const opened = await fetch(`${address}/api/v1/chat/session`, { method: "POST" });
  expect(opened.status).toBe(200);
  const cookie = (opened.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const headers = { cookie };

  async function turns(): Promise<Turn[]> {
    const response = await fetch(`${address}/api/v1/chat/messages`, { headers });
    return ((await response.json()) as { turns: Turn[] }).turns;
  }

  async function find(what: string, matches: (turn: Turn) => boolean): Promise<Turn> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const found = (await turns()).find(matches);
      if (found) return found;
      await sleep(20);
    }
    const said = (await turns()).map(({ reply }) => reply.plainText).join("\n---\n");
    throw new Error(`in vain waited for: ${what}\n${said}`);
  }

  async function post(path: string, body: Record<string, unknown>): Promise<Turn> {
    const clientMessageId = randomUUID();
    const response = await fetch(`${address}/api/v1/chat/${path}`, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify({ clientMessageId, ...body }),
    });
    expect(response.status, await response.text()).toBe(202);
    return find(JSON.stringify(body), (turn) => turn.clientMessageId === clientMessageId);
  }

  return {
    turns,
    say: (text) => post("messages", { text }),
    press({ turnId, reply }, label, form) {
      const place = findAction(reply.blocks, label);
      const block = reply.blocks[place.block];
      const filled = block?.type === "form" ? { form: { ...contentsOf(block.fields), ...form } } : {};
      return post("actions", { turnId, ...place, ...filled });
    },
    hears: (words) => find(words, ({ reply }) => reply.plainText.includes(words)),
    get: (path) => fetch(`${address}${path}`, { headers }),
    async listen() {
      const controller = new AbortController();
      const response = await fetch(`${address}/api/v1/chat/events`, { headers, signal: controller.signal });
      return readStream(response, () => controller.abort());
    },
  };
}

function findAction(blocks: readonly ReplyBlock[], label: string) {
  for (const [block, each] of blocks.entries()) {
    const action = actionsOf(each).findIndex((one) => one.label === label);
    const found = actionsOf(each)[action];
    if (found) return { block, action, name: found.name };
  }
  throw new Error(`no button ${label} among ${blocks.flatMap(actionsOf).map((one) => one.label)}`);
}

export function actionsOf(block: ReplyBlock): readonly ReplyAction[] {
  if (block.type === "actions") return block.actions;
  return block.type === "form" ? [block.submit, ...(block.more ?? [])] : [];
}

/** As the page's fields hold it. */
function contentsOf(fields: readonly FormField[]): Record<string, string> {
  return Object.fromEntries(fields.map(({ name, value = "" }) => [name, value.slice(0, FIELD_CHARACTERS)]));
}

function readStream(response: Response, close: () => void): EventStream {
  let received = "";
  const waiting = new Set<() => void>();
  const decoder = new TextDecoder();
  const reading = (async () => {
    if (!response.body) return;
    for await (const chunk of response.body) {
      received += decoder.decode(chunk as Uint8Array, { stream: true });
      for (const look of waiting) look();
    }
  })().catch(() => undefined);
  void reading;
  return {
    close,
    text: () => received,
    receives: (words) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`no ${words} in\n${received}`)), 20_000);
        const look = () => {
          if (!received.includes(words)) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}
