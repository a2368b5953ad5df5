import { checkComponents, checkUrl, readList } from "./check-components.ts";
import { checkText, countCharacters, createFinds, type Finds, REFUSALS } from "./refusal.ts";
import { isSnowflake } from "./snowflakes.ts";
import type { Json } from "./world.ts";

export const FLAG = {
  ephemeral: 64,
  loading: 128,
  suppressEmbeds: 4,
  silent: 4096,
  componentsV2: 32768,
} as const;

const MAX_EMBED_CHARACTERS = 6_000;

/** Throws 50035 with all that is wrong, 50006 when nothing would be seen. `partial`: an edit, which may leave things out. */
export function checkMessage(body: Json, files: number, { partial = false } = {}): void {
  const finds = createFinds();
  checkText(finds, ["content"], body["content"], { max: 2_000 });
  checkEmbeds(finds, body["embeds"]);
  if (Number(body["flags"] ?? 0) & FLAG.componentsV2)
    finds.add(["flags"], "NOT_SUPPORTED", "This server does not speak components V2.");
  checkComponents(finds, ["components"], body["components"]);
  checkMentions(finds, body["allowed_mentions"]);
  checkNonce(finds, body);
  const reference = body["message_reference"] as Json | undefined;
  if (reference && !isSnowflake(reference["message_id"]))
    finds.add(["message_reference", "message_id"], "NUMBER_TYPE_COERCE", "Value is not snowflake.");
  finds.refuse();
  const empty =
    !body["content"] &&
    readList(body["embeds"]).length === 0 &&
    readList(body["components"]).length === 0 &&
    files === 0;
  if (empty && !partial) throw REFUSALS.empty();
}

function checkNonce(finds: Finds, body: Json): void {
  const nonce = body["nonce"];
  if (nonce === undefined || nonce === null) {
    if (body["enforce_nonce"] === true)
      finds.add(["nonce"], "BASE_TYPE_REQUIRED", "This field is required when enforce_nonce is set");
    return;
  }
  if (typeof nonce === "string") checkText(finds, ["nonce"], nonce, { max: 25 });
  else if (typeof nonce !== "number")
    finds.add(["nonce"], "UNION_TYPE_CHOICES", "Must be a string or an integer.");
}

function checkEmbeds(finds: Finds, value: unknown): void {
  const embeds = readList(value);
  if (embeds.length > 10) finds.add(["embeds"], "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.");
  let total = 0;
  for (const [index, embed] of embeds.entries()) {
    const at = ["embeds", index];
    total += checkEmbed(finds, at, embed);
  }
  if (total > MAX_EMBED_CHARACTERS)
    finds.add(["embeds"], "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000");
}

function checkEmbed(finds: Finds, at: (string | number)[], embed: Json): number {
  const { title, description } = embed;
  const author = (embed["author"] ?? {}) as Json;
  const footer = (embed["footer"] ?? {}) as Json;
  const fields = readList(embed["fields"]);
  checkText(finds, [...at, "title"], title, { max: 256 });
  checkText(finds, [...at, "description"], description, { max: 4_096 });
  checkText(finds, [...at, "author", "name"], author["name"], { max: 256 });
  checkText(finds, [...at, "footer", "text"], footer["text"], { max: 2_048 });
  if (embed["url"] !== undefined) checkUrl(finds, [...at, "url"], embed["url"]);
  const image = embed["image"] as Json | undefined;
  if (image) checkUrl(finds, [...at, "image", "url"], image["url"]);
  if (fields.length > 25)
    finds.add([...at, "fields"], "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.");
  for (const [index, field] of fields.entries()) {
    checkText(finds, [...at, "fields", index, "name"], field["name"], { min: 1, max: 256 });
    checkText(finds, [...at, "fields", index, "value"], field["value"], { min: 1, max: 1_024 });
  }
  const color = embed["color"];
  if (color !== undefined && (!Number.isInteger(color) || Number(color) < 0 || Number(color) > 0xffffff))
    finds.add([...at, "color"], "NUMBER_TYPE_MAX", "int value should be less than or equal to 16777215.");
  const texts = [title, description, author["name"], footer["text"]];
  for (const field of fields) texts.push(field["name"], field["value"]);
  const length = texts.reduce<number>((sum, text) => sum + countCharacters(String(text ?? "")), 0);
  if (length === 0 && !image) finds.add(at, "BASE_TYPE_REQUIRED", "This field is required");
  return length;
}

function checkMentions(finds: Finds, value: unknown): void {
  if (value === undefined || value === null) return;
  const { parse, users, roles } = value as Json;
  const at = ["allowed_mentions"];
  for (const kind of Array.isArray(parse) ? parse : [])
    if (!["users", "roles", "everyone"].includes(String(kind)))
      finds.add(
        [...at, "parse"],
        "BASE_TYPE_CHOICES",
        "Value must be one of ('users', 'everyone', 'roles').",
      );
  for (const [name, list] of Object.entries({ users, roles })) {
    if (!Array.isArray(list)) continue;
    if (list.length > 100)
      finds.add([...at, name], "BASE_TYPE_MAX_LENGTH", "Must be 100 or fewer in length.");
    if (Array.isArray(parse) && parse.includes(name) && list.length > 0)
      finds.add(
        at,
        "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
        `parse:["${name}"] and ${name}: [ids...] are mutually exclusive.`,
      );
  }
}

/** Who is pinged by a text under the rules that came with it. */
export function findPinged(content: string, rules: Json | undefined, repliedTo: string | undefined) {
  const users = [...content.matchAll(/<@!?(\d{17,20})>/g)].map(([, id]) => id ?? "");
  const roles = [...content.matchAll(/<@&(\d{17,20})>/g)].map(([, id]) => id ?? "");
  const everyone = /@everyone|@here/.test(content);
  if (!rules) return { users: [...users, ...(repliedTo ? [repliedTo] : [])], roles, everyone };
  const parse = (rules["parse"] ?? []) as string[];
  const only = (name: "users" | "roles", found: string[]) =>
    parse.includes(name) ? found : found.filter((id) => ((rules[name] ?? []) as string[]).includes(id));
  return {
    users: [...only("users", users), ...(rules["replied_user"] === true && repliedTo ? [repliedTo] : [])],
    roles: only("roles", roles),
    everyone: everyone && parse.includes("everyone"),
  };
}
