import { readList } from "./check-components.ts";
import { commandsFor } from "./directory-routes.ts";
import { storeFile } from "./messages.ts";
import type { Platform } from "./platform.ts";
import { presentAttachment } from "./present.ts";
import type { Json, Place, StoredCommand } from "./world.ts";

const SUB_COMMAND = 1;
const TEXT = 3;
const FILE = 11;

export interface SlashFile {
  name: string;
  bytes: Uint8Array;
  type?: string;
}

export type SlashOptions = Record<string, string | SlashFile>;

/** What the client sends when somebody fills in a command: throws for what it would not let them send. */
export function createCommandUse({ world }: Platform) {
  function upload(value: SlashFile, channelId: string): { id: string; described: Json } {
    const contentType = value.type ?? "application/octet-stream";
    const file = {
      filename: value.name,
      bytes: value.bytes,
      contentType,
      description: null,
      ephemeral: true,
    };
    const stored = storeFile(world, { ...file, channelId });
    return { id: stored.id, described: presentAttachment(world, stored) };
  }

  return (type: 2 | 4, place: Place, name: string, given: SlashOptions, sub?: string): Json => {
    const command = findCommand(commandsFor(world, place), name);
    const known = optionsOf(command, sub);
    const attachments: Record<string, Json> = {};
    const options = Object.entries(given).map(([key, value]) => {
      const option = known.find((each) => each["name"] === key);
      if (!option) throw new Error(`/${name} has no option ${key}`);
      if (typeof value === "string") {
        const choices = readList(option["choices"]);
        if (choices.length > 0 && !choices.some((choice) => choice["value"] === value))
          throw new Error(`${value} cannot be chosen for ${key}`);
        return { name: key, type: option["type"] ?? TEXT, value, ...(type === 4 && { focused: true }) };
      }
      const { id, described } = upload(value, place.id);
      attachments[id] = described;
      return { name: key, type: FILE, value: id };
    });
    const missing = known.find((each) => each["required"] === true && !(String(each["name"]) in given));
    if (type === 2 && missing) throw new Error(`/${name} needs ${String(missing["name"])}`);
    return {
      ...{ id: command.id, name: command.name, type: 1 },
      ...(command.guild_id && { guild_id: command.guild_id }),
      ...(Object.keys(attachments).length > 0 && { resolved: { attachments } }),
      options: sub === undefined ? options : [{ type: SUB_COMMAND, name: sub, options }],
    };
  };
}

function findCommand(commands: readonly StoredCommand[], name: string): StoredCommand {
  const command = commands.find((each) => each.name === name);
  if (!command)
    throw new Error(`there is no /${name}; there are: ${commands.map((each) => each.name).join(", ")}`);
  return command;
}

function optionsOf(command: StoredCommand, sub: string | undefined): Json[] {
  const own = readList(command.options);
  if (sub === undefined) {
    if (own.some(({ type }) => type === SUB_COMMAND))
      throw new Error(`/${command.name} needs a command under it`);
    return own;
  }
  const under = own.find((each) => each["name"] === sub && each["type"] === SUB_COMMAND);
  if (!under) throw new Error(`/${command.name} has no ${sub}`);
  return readList(under["options"]);
}
