import { addMessage, blankMessage, changeMessage, fillMessage, removeMessage } from "./messages.ts";
import { canSee, demand, sendPermission } from "./permissions.ts";
import { type ApiRequest, noContent, type Platform, type RouteSpec } from "./platform.ts";
import { presentMessage, presentPlace } from "./present.ts";
import { checkText, createFinds, REFUSALS, Refusal } from "./refusal.ts";
import { BOT, CHANNEL_TYPE, isThread, type Place, type StoredMessage, type World } from "./world.ts";

const CHANNEL = "/channels/(?<channel>\\d+)";
const MESSAGE = `${CHANNEL}/messages/(?<message>\\d+)`;
/** How long the platform remembers a nonce, milliseconds. */
const NONCE_MEMORY_MS = 5 * 60_000;

export function findPlace(world: World, id: string | undefined): Place {
  const place = world.places.get(id ?? "");
  if (!place || place.deleted) throw REFUSALS.unknownChannel();
  return place;
}

/** As the bot sees it: what only one person sees is not there for calls without an interaction's token. */
function findMessage(world: World, place: Place, id: string | undefined): StoredMessage {
  const message = world.messages.get(id ?? "");
  if (!message || message.deleted || message.channelId !== place.id || message.onlyFor !== null)
    throw REFUSALS.unknownMessage();
  return message;
}

export const CHANNEL_ROUTES: RouteSpec[] = [
  {
    method: "GET",
    pattern: new RegExp(`^${CHANNEL}$`),
    route: "channel",
    handle: ({ world }, _request, params) => {
      const place = findPlace(world, params["channel"]);
      demand(world, place);
      return { status: 200, body: presentPlace(world, place) };
    },
  },
  {
    method: "PATCH",
    pattern: new RegExp(`^${CHANNEL}$`),
    route: "channel",
    handle: ({ world }, { body }, params) => {
      const place = findPlace(world, params["channel"]);
      demand(world, place);
      if (isThread(place) && typeof body["archived"] === "boolean") place.archived = body["archived"];
      if (typeof body["name"] === "string") place.name = body["name"];
      return { status: 200, body: presentPlace(world, place) };
    },
  },
  {
    method: "GET",
    pattern: new RegExp(`^${MESSAGE}$`),
    route: "read-message",
    handle: ({ world }, _request, params) => {
      const place = findPlace(world, params["channel"]);
      demand(world, place, "readHistory");
      const message = findMessage(world, place, params["message"]);
      // Links are made anew at every reading.
      for (const file of message.attachments) file.expiresAt = world.clock.now() + world.linkLifetimeMs;
      return { status: 200, body: presentMessage(world, message) };
    },
  },
  {
    method: "GET",
    pattern: new RegExp(`^${CHANNEL}/messages$`),
    route: "read-message",
    handle: ({ world }, { query }, params) => {
      const place = findPlace(world, params["channel"]);
      demand(world, place, "readHistory");
      const here = [...world.messages.values()].filter(
        ({ channelId, deleted, onlyFor }) => channelId === place.id && !deleted && onlyFor === null,
      );
      const limit = Number(query.get("limit") ?? 50);
      return {
        status: 200,
        body: here
          .reverse()
          .slice(0, limit)
          .map((each) => presentMessage(world, each)),
      };
    },
  },
  {
    method: "POST",
    pattern: new RegExp(`^${CHANNEL}/messages$`),
    route: "create-message",
    handle: createMessage,
  },
  {
    method: "PATCH",
    pattern: new RegExp(`^${MESSAGE}$`),
    route: "edit-message",
    handle: (platform, request, params) => {
      const { world } = platform;
      const place = findPlace(world, params["channel"]);
      demand(world, place);
      const message = findMessage(world, place, params["message"]);
      if (message.authorId !== BOT.userId) throw REFUSALS.notAuthor();
      if (place.archived) throw REFUSALS.archived();
      changeMessage(platform, message, request);
      return { status: 200, body: presentMessage(world, message) };
    },
  },
  {
    method: "DELETE",
    pattern: new RegExp(`^${MESSAGE}$`),
    route: "delete-message",
    handle: (platform, _request, params) => {
      const place = findPlace(platform.world, params["channel"]);
      const message = findMessage(platform.world, place, params["message"]);
      if (message.authorId !== BOT.userId) demand(platform.world, place, "manageMessages");
      if (message.authorId !== BOT.userId && place.guildId === null) throw REFUSALS.missingPermissions();
      removeMessage(platform, message);
      return noContent;
    },
  },
  {
    method: "POST",
    pattern: new RegExp(`^${CHANNEL}/typing$`),
    route: "typing",
    handle: ({ world }, _request, params) => {
      const place = findPlace(world, params["channel"]);
      demand(world, place, sendPermission(place));
      return noContent;
    },
  },
  {
    method: "PUT",
    pattern: new RegExp(`^${MESSAGE}/reactions/(?<emoji>[^/]+)/@me$`),
    route: "react",
    handle: react,
  },
  {
    method: "DELETE",
    pattern: new RegExp(`^${MESSAGE}/reactions/(?<emoji>[^/]+)/@me$`),
    route: "react",
    handle: ({ world }, _request, params) => {
      const place = findPlace(world, params["channel"]);
      const message = findMessage(world, place, params["message"]);
      message.reactions = message.reactions.filter(
        ({ emoji, userId }) => userId !== BOT.userId || emoji !== decodeURIComponent(params["emoji"] ?? ""),
      );
      return noContent;
    },
  },
];

function createMessage(platform: Platform, request: ApiRequest, params: Readonly<Record<string, string>>) {
  const { world } = platform;
  const { body } = request;
  const place = findPlace(world, params["channel"]);
  demand(world, place, sendPermission(place));
  if (Array.isArray(body["embeds"]) && body["embeds"].length > 0) demand(world, place, "embedLinks");
  if (request.files.size > 0) demand(world, place, "attachFiles");
  const recipient = world.people.get(place.recipientId ?? "");
  if (place.type === CHANNEL_TYPE.direct && (!recipient || recipient.blocksDirect))
    throw REFUSALS.directBlocked();
  if (body["message_reference"] && place.guildId !== null && !canReadHistory(world, place))
    throw new Refusal(400, 160002, "Cannot reply without permission to read message history");
  if (place.locked) throw new Refusal(400, 160005, "Thread is locked");
  const message = { ...blankMessage(world, place, BOT.userId), via: "create" as const };
  fillMessage(platform, message, request, body);
  const known = body["enforce_nonce"] === true ? findByNonce(world, message) : undefined;
  if (known) return { status: 200, body: presentMessage(world, known) };
  place.archived = false;
  addMessage(platform, message);
  return { status: 200, body: presentMessage(world, message) };
}

function canReadHistory(world: World, place: Place): boolean {
  try {
    demand(world, place, "readHistory");
    return true;
  } catch {
    return false;
  }
}

function findByNonce(world: World, { nonce, channelId, sentAt }: StoredMessage): StoredMessage | undefined {
  return [...world.messages.values()].find(
    (each) =>
      each.authorId === BOT.userId &&
      each.nonce === nonce &&
      each.channelId === channelId &&
      sentAt - each.sentAt < NONCE_MEMORY_MS,
  );
}

function react({ world }: Platform, _request: ApiRequest, params: Readonly<Record<string, string>>) {
  const place = findPlace(world, params["channel"]);
  demand(world, place, "readHistory", "addReactions");
  const message = findMessage(world, place, params["message"]);
  const emoji = decodeURIComponent(params["emoji"] ?? "");
  if (!/^(\p{Extended_Pictographic}|\p{Emoji_Presentation}|[\d#*]\ufe0f?\u20e3)/u.test(emoji))
    throw REFUSALS.unknownEmoji();
  const known = message.reactions.some((each) => each.emoji === emoji && each.userId === BOT.userId);
  if (!known) message.reactions.push({ emoji, userId: BOT.userId });
  return noContent;
}

export function checkThreadName(name: unknown): void {
  const finds = createFinds();
  checkText(finds, ["name"], name, { min: 1, max: 100 });
  finds.refuse();
}

export { CHANNEL, canSee, findMessage, MESSAGE };
