import { checkSuggestions } from "./check-command.ts";
import { FLAG } from "./check-message.ts";
import { checkModal } from "./check-modal.ts";
import {
  addMessage,
  blankMessage,
  changeMessage,
  fillMessage,
  removeMessage,
  tellMessage,
} from "./messages.ts";
import { type ApiRequest, noContent, type Platform, type RouteSpec } from "./platform.ts";
import { presentMessage } from "./present.ts";
import { type ApiAnswer, createFinds, REFUSALS } from "./refusal.ts";
import { BOT, type Json, type StoredInteraction, type StoredMessage } from "./world.ts";

type Params = Readonly<Record<string, string>>;

const CALLBACK = {
  message: 4,
  deferMessage: 5,
  deferUpdate: 6,
  update: 7,
  suggest: 8,
  modal: 9,
} as const;
/** Which callbacks fit a command, a component, what completes, a modal. */
const FITTING: Record<StoredInteraction["type"], readonly number[]> = {
  2: [4, 5, 9],
  3: [4, 5, 6, 7, 9],
  4: [8],
  5: [4, 5, 6, 7],
};
const WEBHOOK = "^/webhooks/(?<app>\\d+)/(?<token>[^/]+)";
const ONE = `${WEBHOOK}/messages/(?<message>@original|\\d+)$`;

export const INTERACTION_ROUTES: RouteSpec[] = [
  {
    method: "POST",
    pattern: /^\/interactions\/(?<interaction>\d+)\/(?<token>[^/]+)\/callback$/,
    route: "callback",
    auth: false,
    handle: answerInteraction,
  },
  { method: "POST", pattern: new RegExp(`${WEBHOOK}$`), route: "followup", auth: false, handle: followUp },
  {
    method: "GET",
    pattern: new RegExp(ONE),
    route: "read-original",
    auth: false,
    handle: (platform, _request, params) => {
      const { message } = find(platform, params);
      return { status: 200, body: presentMessage(platform.world, message) };
    },
  },
  {
    method: "PATCH",
    pattern: new RegExp(ONE),
    route: "edit-original",
    auth: false,
    handle: (platform, request, params) => {
      const { message } = find(platform, params);
      fillOrChange(platform, message, request);
      return { status: 200, body: presentMessage(platform.world, message) };
    },
  },
  {
    method: "DELETE",
    pattern: new RegExp(ONE),
    route: "delete-original",
    auth: false,
    handle: (platform, _request, params) => {
      removeMessage(platform, find(platform, params).message);
      return noContent;
    },
  },
];

/** What was deferred is filled the first time it is edited, as if it were sent then. */
function fillOrChange(platform: Platform, message: StoredMessage, request: ApiRequest): void {
  if (!(message.flags & FLAG.loading)) {
    changeMessage(platform, message, request);
    return;
  }
  fillMessage(platform, message, request, request.body);
  message.flags &= ~FLAG.loading;
  tellMessage(platform, "MESSAGE_UPDATE", message);
}

function answerInteraction(platform: Platform, request: ApiRequest, params: Params): ApiAnswer {
  const { world, interactionLimits } = platform;
  const interaction = world.interactions.get(params["interaction"] ?? "");
  const after = interaction ? world.clock.now() - interaction.createdAt : 0;
  if (!interaction || interaction.token !== params["token"]) throw REFUSALS.unknownInteraction();
  if (interaction.state !== "open") throw REFUSALS.answeredAlready();
  if (after > interactionLimits.callbackMs) throw REFUSALS.unknownInteraction();
  const type = Number(request.body["type"]);
  if (!FITTING[interaction.type].includes(type)) {
    const finds = createFinds();
    const text = `Value must be one of (${FITTING[interaction.type].join(", ")}).`;
    finds.add(["type"], "INTERACTION_CALLBACK_INVALID_TYPE", text);
    finds.refuse();
  }
  const data = (request.body["data"] ?? {}) as Json;
  const message = act(platform, interaction, type, request, data);
  interaction.state =
    type === CALLBACK.deferMessage || type === CALLBACK.deferUpdate ? "deferred" : "answered";
  interaction.answeredAfterMs = after;
  interaction.callbackType = type;
  if (request.query.get("with_response") !== "true") return noContent;
  const about = {
    id: interaction.id,
    type: interaction.type,
    ...(message && {
      response_message_id: message.id,
      response_message_loading: (message.flags & FLAG.loading) !== 0,
      response_message_ephemeral: (message.flags & FLAG.ephemeral) !== 0,
    }),
  };
  const resource = message && { resource: { type, message: presentMessage(world, message) } };
  return { status: 200, body: { interaction: about, ...resource } };
}

function act(
  platform: Platform,
  interaction: StoredInteraction,
  type: number,
  request: ApiRequest,
  data: Json,
) {
  const { world } = platform;
  if (type === CALLBACK.message || type === CALLBACK.deferMessage) {
    const message = blankFor(platform, interaction, Number(data["flags"] ?? 0));
    if (type === CALLBACK.deferMessage) message.flags |= FLAG.loading;
    else fillMessage(platform, message, request, data);
    adopt(interaction, message, true);
    return addMessage(platform, message);
  }
  if (type === CALLBACK.suggest) {
    checkSuggestions(data["choices"]);
    interaction.choices = (data["choices"] ?? []) as Json[];
    return undefined;
  }
  if (type === CALLBACK.modal) {
    checkModal(data);
    interaction.modal = data;
    return undefined;
  }
  const source = world.messages.get(interaction.sourceMessageId ?? "");
  if (!source) throw REFUSALS.unknownMessage();
  interaction.originalId = source.id;
  if (type === CALLBACK.update) changeMessage(platform, source, { ...request, body: data });
  return source;
}

function blankFor(platform: Platform, interaction: StoredInteraction, flags: number): StoredMessage {
  const place = platform.world.places.get(interaction.channelId);
  if (!place) throw REFUSALS.unknownChannel();
  const ephemeral = (flags & FLAG.ephemeral) !== 0;
  return {
    ...blankMessage(platform.world, place, BOT.userId),
    via: "callback",
    type: interaction.type === 2 ? 20 : 0,
    interactionId: interaction.id,
    flags: ephemeral ? FLAG.ephemeral : 0,
    onlyFor: ephemeral ? interaction.userId : null,
  };
}

function adopt(interaction: StoredInteraction, message: StoredMessage, original: boolean): void {
  if (original) interaction.originalId = message.id;
  interaction.messageIds.push(message.id);
}

/** The interaction of a token that still lives, and was answered. */
function findLiving({ world, interactionLimits }: Platform, params: Params): StoredInteraction {
  if (params["app"] !== BOT.applicationId) throw REFUSALS.unknownWebhook();
  const interaction = [...world.interactions.values()].find(({ token }) => token === params["token"]);
  if (!interaction) throw REFUSALS.unknownWebhook();
  if (world.clock.now() - interaction.createdAt > interactionLimits.tokenMs) throw REFUSALS.expiredToken();
  if (interaction.state === "open") throw REFUSALS.unknownWebhook();
  return interaction;
}

function find(
  platform: Platform,
  params: Params,
): { interaction: StoredInteraction; message: StoredMessage } {
  const interaction = findLiving(platform, params);
  const id = params["message"] === "@original" ? interaction.originalId : (params["message"] ?? "");
  const own = id !== null && (interaction.messageIds.includes(id) || interaction.originalId === id);
  const message = own ? platform.world.messages.get(id) : undefined;
  if (!message || message.deleted) throw REFUSALS.unknownMessage();
  return { interaction, message };
}

/** The first one after a deferred answer takes its place, visible to whom the deferral said. */
function followUp(platform: Platform, request: ApiRequest, params: Params): ApiAnswer {
  const interaction = findLiving(platform, params);
  const original = platform.world.messages.get(interaction.originalId ?? "");
  if (original && !original.deleted && original.flags & FLAG.loading) {
    fillOrChange(platform, original, request);
    return { status: 200, body: presentMessage(platform.world, original) };
  }
  const message = {
    ...blankFor(platform, interaction, Number(request.body["flags"] ?? 0)),
    via: "followup" as const,
  };
  fillMessage(platform, message, request, request.body);
  adopt(interaction, message, false);
  addMessage(platform, message);
  return { status: 200, body: presentMessage(platform.world, message) };
}
