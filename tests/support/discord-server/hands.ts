import { readList } from "./check-components.ts";
import { FLAG, findPinged } from "./check-message.ts";
import { inputsOf } from "./check-modal.ts";
import { createCommandUse, type SlashOptions } from "./command-use.ts";
import { directPlace } from "./directory-routes.ts";
import { addMessage, blankMessage, removeMessage, storeFile, tellMessage } from "./messages.ts";
import { canSee } from "./permissions.ts";
import type { Platform } from "./platform.ts";
import { createPopulation, type Population } from "./population.ts";
import { presentInteraction } from "./present.ts";
import { BOT, type Json, type Place, type StoredInteraction, type StoredMessage } from "./world.ts";

const REPLY = 19;

export interface SaySpec {
  /** The bot is named in front of the words. */
  mention?: boolean;
  replyTo?: string;
  /** The reply pings the author of what it replies to. Default true, as in the client. */
  ping?: boolean;
  files?: { name: string; bytes: Uint8Array; type?: string }[];
  /** Of the message; 0 ordinary. */
  type?: number;
  stickers?: boolean;
}

export interface Hands extends Population {
  /** Returns the message. */
  say(userId: string, place: Place, text: string, spec?: SaySpec): StoredMessage;
  /** In the direct chat with the bot. */
  tell(userId: string, text: string, spec?: SaySpec): StoredMessage;
  directWith(userId: string): Place;
  edit(message: StoredMessage, text: string): void;
  remove(message: StoredMessage): void;
  /** The platform tells of the message once more. */
  bringAgain(message: StoredMessage): void;
  /** The button of the message that is labelled so. Throws when this person does not see it. */
  press(userId: string, message: StoredMessage, label: string | RegExp): StoredInteraction;
  /** Values of options by label or value, in the select with this custom id or placeholder; default the first one. */
  choose(userId: string, message: StoredMessage, wanted: string[], select?: string): StoredInteraction;
  /** Fills the modal that the interaction opened, by label or custom id; throws for what the client would not send. */
  submit(opened: StoredInteraction, fields: Record<string, string | string[]>): StoredInteraction;
  /** `options`: words, or a file for an option of that kind. `sub`: a command under another, as in `/ticket list`. */
  slash(userId: string, place: Place, name: string, options?: SlashOptions, sub?: string): StoredInteraction;
  complete(userId: string, place: Place, name: string, option: string, words: string): StoredInteraction;
  /** What this person sees in a place, oldest first. */
  sees(userId: string, place: Place): StoredMessage[];
  /** The messages that an interaction brought, as they stand now. */
  broughtBy(interaction: StoredInteraction): StoredMessage[];
}

export function createHands(platform: Platform): Hands {
  const { world, gateway } = platform;

  function begin(type: StoredInteraction["type"], userId: string, place: Place, data: Json, source?: string) {
    const id = world.ids.next();
    const interaction: StoredInteraction = {
      id,
      token: `aW50ZXJhY3Rpb246${id}token`,
      type,
      userId,
      channelId: place.id,
      createdAt: world.clock.now(),
      state: "open",
      answeredAfterMs: undefined,
      callbackType: undefined,
      sourceMessageId: source ?? null,
      originalId: null,
      modal: undefined,
      choices: undefined,
      messageIds: [],
    };
    world.interactions.set(id, interaction);
    gateway.dispatch("INTERACTION_CREATE", presentInteraction(world, interaction, data));
    return interaction;
  }

  function use(userId: string, message: StoredMessage, data: Json): StoredInteraction {
    const place = placeOf(message.channelId);
    if (message.deleted || (message.onlyFor !== null && message.onlyFor !== userId))
      throw new Error(`${userId} does not see the message`);
    return begin(3, userId, place, data, message.id);
  }

  function placeOf(id: string): Place {
    const place = world.places.get(id);
    if (!place) throw new Error("no such place");
    return place;
  }

  const runCommand = createCommandUse(platform);

  const hands: Hands = {
    ...createPopulation(platform),
    directWith: (userId) => directPlace(world, userId),
    say: (userId, place, text, spec = {}) => say(platform, userId, place, text, spec),
    tell: (userId, text, spec) => say(platform, userId, directPlace(world, userId), text, spec ?? {}),
    edit: (message, text) => {
      message.edits.push({
        at: world.clock.now(),
        before: { content: message.content, embeds: [], components: [] },
      });
      message.content = text;
      tellMessage(platform, "MESSAGE_UPDATE", message);
    },
    remove: (message) => removeMessage(platform, message),
    bringAgain: (message) => tellMessage(platform, "MESSAGE_CREATE", message),
    press: (userId, message, label) => {
      const button = findButton(message, label);
      return use(userId, message, { component_type: 2, custom_id: button["custom_id"], id: 2 });
    },
    choose: (userId, message, wanted, select) => {
      const menu = findSelect(message, select);
      const values = wanted.map((each) => optionValue(menu, each));
      const [min, max] = [Number(menu["min_values"] ?? 1), Number(menu["max_values"] ?? 1)];
      if (values.length < min || values.length > max) throw new Error(`${min} to ${max} may be chosen`);
      return use(userId, message, { component_type: 3, custom_id: menu["custom_id"], values, id: 2 });
    },
    submit: (opened, fields) => {
      if (!opened.modal) throw new Error("no modal was opened");
      const data = { custom_id: opened.modal["custom_id"], components: fillModal(opened.modal, fields) };
      return begin(5, opened.userId, placeOf(opened.channelId), data, opened.sourceMessageId ?? undefined);
    },
    slash: (userId, place, name, given = {}, sub) =>
      begin(2, userId, place, runCommand(2, place, name, given, sub)),
    complete: (userId, place, name, option, words) =>
      begin(4, userId, place, runCommand(4, place, name, { [option]: words })),
    sees: (userId, place) =>
      [...world.messages.values()].filter(
        ({ channelId, deleted, onlyFor }) =>
          channelId === place.id &&
          !deleted &&
          (onlyFor === null || onlyFor === userId) &&
          canSee(world, place, userId),
      ),
    broughtBy: ({ messageIds }) =>
      messageIds.flatMap((id) => world.messages.get(id) ?? []).filter(({ deleted }) => !deleted),
  };
  return hands;
}

function say(platform: Platform, userId: string, place: Place, text: string, spec: SaySpec): StoredMessage {
  const { world } = platform;
  const replied = spec.replyTo === undefined ? undefined : world.messages.get(spec.replyTo);
  const message = blankMessage(world, place, userId);
  message.content = spec.mention ? `<@${BOT.userId}> ${text}`.trim() : text;
  message.type = spec.type ?? (replied ? REPLY : 0);
  if (replied) message.reference = { messageId: replied.id, channelId: replied.channelId };
  const pings = replied && spec.ping !== false ? replied.authorId : undefined;
  message.pinged = findPinged(message.content, undefined, pings);
  message.attachments = (spec.files ?? []).map(({ name, bytes, type }) =>
    storeFile(world, {
      channelId: place.id,
      filename: name,
      description: null,
      contentType: type ?? "application/octet-stream",
      bytes,
      ephemeral: false,
    }),
  );
  return addMessage(platform, message);
}

export function componentsOf(message: StoredMessage): Json[] {
  return message.components.flatMap((row) => readList(row["components"]));
}

export function labelsOf(message: StoredMessage): string[] {
  return componentsOf(message).flatMap(({ label }) => (typeof label === "string" ? [label] : []));
}

function findButton(message: StoredMessage, label: string | RegExp): Json {
  const fits = (text: unknown) => (typeof label === "string" ? text === label : label.test(String(text)));
  const button = componentsOf(message).find((part) => part["type"] === 2 && fits(part["label"]));
  if (!button) throw new Error(`no button ${String(label)}; there are: ${labelsOf(message).join(", ")}`);
  if (button["disabled"] === true) throw new Error(`the button ${String(label)} is disabled`);
  if (button["custom_id"] === undefined) throw new Error(`the button ${String(label)} is a link`);
  return button;
}

function findSelect(message: StoredMessage, wanted: string | undefined): Json {
  const selects = componentsOf(message).filter((part) => part["type"] === 3);
  const menu = selects.find(
    (part) => wanted === undefined || part["custom_id"] === wanted || part["placeholder"] === wanted,
  );
  if (!menu || menu["disabled"] === true) throw new Error(`no select ${wanted ?? ""} that can be used`);
  return menu;
}

function optionValue(menu: Json, wanted: string): unknown {
  const option = readList(menu["options"]).find(({ label, value }) => label === wanted || value === wanted);
  if (!option) throw new Error(`no option ${wanted}`);
  return option["value"];
}

/** As the client sends it: every input in a component of its own, in the order of the modal. */
function fillModal(modal: Json, fields: Record<string, string | string[]>): Json[] {
  const known = inputsOf(modal);
  for (const name of Object.keys(fields))
    if (!known.some(({ input, label }) => label === name || input["custom_id"] === name))
      throw new Error(`no field ${name}; there are: ${known.map(({ label }) => label).join(", ")}`);
  return known.map(({ input, label, labelled }) => {
    const id = String(input["custom_id"]);
    const given = fields[label] ?? fields[id];
    if (input["type"] === 3) {
      const values = given === undefined ? [] : [given].flat().map((each) => optionValue(input, each));
      if (values.length === 0 && input["required"] !== false) throw new Error(`${label} is required`);
      return { type: 18, id: 1, component: { type: 3, id: 2, custom_id: id, values } };
    }
    const value = String(given ?? input["value"] ?? "");
    if (value === "" && input["required"] !== false) throw new Error(`${label} is required`);
    if (value.length > Number(input["max_length"] ?? 4_000)) throw new Error(`${label} is too long`);
    const text = { type: 4, id: 2, custom_id: id, value };
    return labelled ? { type: 18, id: 1, component: text } : { type: 1, id: 1, components: [text] };
  });
}

export { FLAG };
