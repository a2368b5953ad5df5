import type { WebSocket } from "ws";
import type { Json } from "./world.ts";

/** What an event needs to reach a session. */
export interface Intended {
  /** One of these bits; absent: everybody. */
  intents?: number;
  /** Of a message: seen whole only with the message-content intent, in direct chats, when it mentions the bot, or its own. */
  message?: { authorId: string; mentionsBot: boolean; direct: boolean };
  botId?: string;
}

const MESSAGE_CONTENT = 1 << 15;

export interface Session {
  readonly id: string;
  readonly frozen: boolean;
  lastSequence(): number;
  /** To the present connection, or kept for the next. */
  push(type: string, data: Json): void;
  /** `push`, when the intents ask for it. */
  offer(type: string, data: Json, intended: Intended | undefined): void;
  /** A new connection, which first gets what came after `from`. */
  attach(socket: WebSocket, from: number): void;
  /** `socket`: only if it is still that one. */
  detach(socket?: WebSocket): void;
  freeze(): void;
  attached(): boolean;
}

/** One session: its events with their numbers, whoever is connected. */
export function createSession(id: string, intents: number, first: WebSocket): Session {
  const events: { s: number; t: string; d: Json }[] = [];
  let socket: WebSocket | undefined = first;
  let frozen = false;

  const send = (event: { s: number; t: string; d: Json }) => {
    if (!frozen && socket && socket.readyState === socket.OPEN)
      socket.send(JSON.stringify({ op: 0, ...event }));
  };
  const push = (type: string, data: Json) => {
    const event = { s: events.length + 1, t: type, d: data };
    events.push(event);
    send(event);
  };

  return {
    id,
    get frozen() {
      return frozen;
    },
    lastSequence: () => events.length,
    push,
    offer: (type, data, intended) => {
      if (intended?.intents !== undefined && !(intents & intended.intents)) return;
      push(type, intended?.message ? withoutContent(data, intents, intended.message, intended.botId) : data);
    },
    attach: (next, from) => {
      socket = next;
      frozen = false;
      for (const event of events.filter(({ s }) => s > from)) send(event);
    },
    detach: (which) => {
      if (!which || which === socket) socket = undefined;
    },
    freeze: () => {
      frozen = socket !== undefined;
    },
    attached: () => !frozen && socket !== undefined && socket.readyState === socket.OPEN,
  };
}

function withoutContent(
  data: Json,
  intents: number,
  message: NonNullable<Intended["message"]>,
  botId?: string,
): Json {
  const whole =
    intents & MESSAGE_CONTENT || message.direct || message.mentionsBot || message.authorId === botId;
  return whole ? data : { ...data, content: "", embeds: [], attachments: [], components: [] };
}
