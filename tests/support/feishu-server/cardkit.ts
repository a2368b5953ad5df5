import { countTags, judgeCard, MAX_BYTES, MAX_TAGS } from "./card-schema.ts";
import type { RestAnswer, RestRequest, RestState, SentMessage } from "./rest-api.ts";
import type { Route } from "./script.ts";

/** One change of a card entity that was carried out. */
export interface CardOperation {
  cardId: string;
  kind: "create" | "content" | "update" | "settings";
  sequence: number;
  /** Of `content`: the element's whole text; else the JSON that came. */
  content: string;
  /** Milliseconds. */
  at: number;
}

export interface CardEntityState {
  cardId: string;
  card: {
    config?: { streaming_mode?: boolean };
    body: { elements: { element_id?: string; tag: string; content?: string }[] };
  };
  streaming: boolean;
  sequence: number;
  /** Streaming was closed by the platform after its time. */
  timedOut?: true;
  /** Gone, as 14 days after it was made. */
  expired?: true;
  /** The message that shows it: an entity can be sent once. */
  message?: SentMessage;
}

export interface CardkitState {
  cards: Map<string, CardEntityState>;
  cardOperations: CardOperation[];
}

export function createCardkitState(): CardkitState {
  return { cards: new Map(), cardOperations: [] };
}

const MAX_OPERATIONS_A_SECOND = 10;
const MAX_CONTENT = 100_000;
const PATHS: readonly [string, RegExp, Route][] = [
  ["POST", /^\/open-apis\/cardkit\/v1\/cards$/, "card-create"],
  ["PUT", /^\/open-apis\/cardkit\/v1\/cards\/([^/]+)$/, "card-update"],
  ["PATCH", /^\/open-apis\/cardkit\/v1\/cards\/([^/]+)\/settings$/, "card-settings"],
  ["PUT", /^\/open-apis\/cardkit\/v1\/cards\/([^/]+)\/elements\/([^/]+)\/content$/, "card-content"],
];

/** The call of CardKit that a request makes, if it makes one. */
export function findCardkitCall(
  request: RestRequest,
  state: RestState,
): { route: Route; handle: () => RestAnswer } | undefined {
  for (const [method, pattern, route] of PATHS) {
    const [, cardId = "", elementId = ""] = pattern.exec(request.path) ?? [];
    if (request.method !== method || !pattern.test(request.path)) continue;
    if (route === "card-create") return { route, handle: () => createCard(request, state) };
    return { route, handle: () => changeCard(route, [cardId, elementId], request, state) };
  }
  return undefined;
}

function createCard({ body }: RestRequest, state: RestState): RestAnswer {
  const data = readString(body["data"]);
  if (body["type"] !== "card_json")
    return refuse(10002, "Your request contains an invalid request parameter.");
  const refusal = judge(data);
  if (refusal) return refusal;
  const cardId = `73553727661341${String(state.cards.size + 1).padStart(5, "0")}`;
  const card = JSON.parse(data) as CardEntityState["card"];
  state.cards.set(cardId, { cardId, card, streaming: card.config?.streaming_mode === true, sequence: 0 });
  state.cardOperations.push({ cardId, kind: "create", sequence: 0, content: data, at: Date.now() });
  return success({ card_id: cardId });
}

function judge(data: string): RestAnswer | undefined {
  if (Buffer.byteLength(data) > MAX_BYTES) return refuse(200860, "Card content exceeds limit.");
  if (countTags(JSON.parse(data)) > MAX_TAGS)
    return refuse(300305, "The number of card components exceeds 200");
  const refusal = judgeCard(JSON.parse(data));
  return refusal ? refuse(200220, `Failed to generate card content: ${refusal.msg}`) : undefined;
}

type Change = "card-update" | "card-settings" | "card-content";

function changeCard(
  route: Route,
  [cardId, elementId]: [string, string],
  { body }: RestRequest,
  state: RestState,
): RestAnswer {
  const entity = state.cards.get(cardId);
  if (!entity) return refuse(200740, "The card entity does not exist");
  if (entity.expired) return refuse(200750, "The card entity has expired");
  const now = Date.now();
  const recent = state.cardOperations.filter((each) => each.cardId === cardId && now - each.at < 1_000);
  if (recent.length >= MAX_OPERATIONS_A_SECOND)
    return { ...refuse(99991400, "request trigger frequency limit"), status: 429 };
  const sequence = body["sequence"];
  if (typeof sequence !== "number" || !Number.isInteger(sequence) || sequence < 1 || sequence > 2_147_483_647)
    return refuse(10002, "Your request contains an invalid request parameter.");
  if (sequence <= entity.sequence)
    return refuse(300317, "The sequence number for operating on the card did not increment consecutively");
  const changed = CHANGES[route as Change](entity, body, elementId);
  if (typeof changed !== "string") return changed;
  entity.sequence = sequence;
  const kind = ({ "card-update": "update", "card-settings": "settings", "card-content": "content" } as const)[
    route as Change
  ];
  state.cardOperations.push({ cardId, kind, sequence, content: changed, at: now });
  // What people see is the message.
  if (entity.message) entity.message.content = JSON.stringify(entity.card);
  return success({});
}

type Changing = (
  entity: CardEntityState,
  body: Record<string, unknown>,
  elementId: string,
) => string | RestAnswer;

const CHANGES: Record<Change, Changing> = {
  "card-update": (entity, body) => {
    const { type, data } = (body["card"] ?? {}) as { type?: string; data?: string };
    if (type !== "card_json" || typeof data !== "string") return refuse(10002, "invalid card");
    const refusal = judge(data);
    if (refusal) return refusal;
    entity.card = JSON.parse(data) as CardEntityState["card"];
    if (entity.card.config?.streaming_mode !== undefined)
      entity.streaming = entity.card.config.streaming_mode;
    return data;
  },
  "card-settings": (entity, body) => {
    const settings = readString(body["settings"]);
    const { config } = JSON.parse(settings) as { config?: { streaming_mode?: boolean } };
    if (config?.streaming_mode === undefined) return refuse(300122, "Failed to update card configuration");
    entity.streaming = config.streaming_mode;
    delete entity.timedOut;
    return settings;
  },
  "card-content": (entity, body, elementId) => {
    const content = readString(body["content"]);
    if (content.length < 1 || content.length > MAX_CONTENT) return refuse(10002, "invalid content");
    if (entity.timedOut) return refuse(200850, "Card streaming timeout");
    if (!entity.streaming) return refuse(300309, "Card streaming closed");
    const element = entity.card.body.elements.find((each) => each.element_id === elementId);
    if (!element) return refuse(300313, "Failed to update element properties");
    if (element.tag !== "markdown") return refuse(300310, "Only update text");
    const changed = structuredClone(entity.card);
    for (const each of changed.body.elements) if (each.element_id === elementId) each.content = content;
    const refusal = judge(JSON.stringify(changed));
    if (refusal) return refusal;
    entity.card = changed;
    return content;
  },
};

/** A card entity in a message: the card that it shows, once; undefined when the content is none. */
export function findEntity(
  content: string,
  { cards }: CardkitState,
): CardEntityState | "unknown" | undefined {
  const value = JSON.parse(content) as { type?: unknown; data?: { card_id?: unknown } };
  if (value.type !== "card") return undefined;
  return cards.get(String(value.data?.card_id)) ?? "unknown";
}

function success(data: object): RestAnswer {
  return { status: 200, body: { code: 0, msg: "success", data } };
}

function refuse(code: number, msg: string): RestAnswer {
  return { status: 400, body: { code, msg } };
}

function readString(value: unknown): string {
  return typeof value === "string" ? value : "";
}
