import type { Json } from "./world.ts";

export interface ApiAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: Json | Json[] | Uint8Array | string;
  /** Cut the connection instead of answering. */
  cut?: boolean;
}

/** What the platform says no with. Thrown by the routes, written as it writes it. */
export class Refusal extends Error {
  readonly answer: ApiAnswer;

  constructor(status: number, code: number, message: string, errors?: Json) {
    super(message);
    this.answer = { status, body: { message, code, ...(errors && { errors }) } };
  }
}

export const REFUSALS = {
  unauthorized: () => new Refusal(401, 0, "401: Unauthorized"),
  unknownRoute: () => new Refusal(404, 0, "404: Not Found"),
  unknownChannel: () => new Refusal(404, 10003, "Unknown Channel"),
  unknownGuild: () => new Refusal(404, 10004, "Unknown Guild"),
  unknownMember: () => new Refusal(404, 10007, "Unknown Member"),
  unknownMessage: () => new Refusal(404, 10008, "Unknown Message"),
  unknownUser: () => new Refusal(404, 10013, "Unknown User"),
  unknownEmoji: () => new Refusal(400, 10014, "Unknown Emoji"),
  unknownWebhook: () => new Refusal(404, 10015, "Unknown Webhook"),
  unknownInteraction: () => new Refusal(404, 10062, "Unknown interaction"),
  unknownCommand: () => new Refusal(404, 10063, "Unknown application command"),
  tooManyCommands: () => new Refusal(400, 30032, "Maximum number of application commands reached (100)"),
  tooLarge: () => new Refusal(413, 40005, "Request entity too large"),
  answeredAlready: () => new Refusal(400, 40060, "Interaction has already been acknowledged."),
  missingAccess: () => new Refusal(403, 50001, "Missing Access"),
  notAuthor: () => new Refusal(403, 50005, "Cannot edit a message authored by another user"),
  empty: () => new Refusal(400, 50006, "Cannot send an empty message"),
  directBlocked: () => new Refusal(403, 50007, "Cannot send messages to this user"),
  missingPermissions: () => new Refusal(403, 50013, "Missing Permissions"),
  expiredToken: () => new Refusal(401, 50027, "Invalid Webhook Token"),
  archived: () => new Refusal(400, 50083, "Thread is archived"),
  threadExists: () => new Refusal(400, 160004, "A thread has already been created for this message"),
} as const;

/** Finds of a body, at their places in it: the tree of 50035. */
export interface Finds {
  /** `at`: the path, as ["embeds", 0, "title"]. */
  add(at: readonly (string | number)[], code: string, message: string): void;
  /** Throws 50035 when anything was found. */
  refuse(): void;
}

export function createFinds(): Finds {
  const tree: Json = {};
  let count = 0;
  return {
    add: (at, code, message) => {
      count += 1;
      let node = tree;
      for (const step of at) {
        node[step] ??= {};
        node = node[step] as Json;
      }
      node["_errors"] = [...((node["_errors"] as Json[] | undefined) ?? []), { code, message }];
    },
    refuse: () => {
      if (count > 0) throw new Refusal(400, 50035, "Invalid Form Body", tree);
    },
  };
}

/** Length in characters as the platform counts them. */
export function countCharacters(text: string): number {
  return [...text].length;
}

/** A text of so many characters; undefined and null pass unless `min` is above 0. */
export function checkText(
  finds: Finds,
  at: readonly (string | number)[],
  value: unknown,
  { min = 0, max }: { min?: number; max: number },
): void {
  if (value === undefined || value === null) {
    if (min > 0) finds.add(at, "BASE_TYPE_REQUIRED", "This field is required");
    return;
  }
  if (typeof value !== "string") {
    finds.add(at, "STRING_TYPE_CONVERT", `Could not interpret "${String(value)}" as string.`);
    return;
  }
  const length = countCharacters(value);
  if (length < min || length > max) {
    const code = min > 0 ? "BASE_TYPE_BAD_LENGTH" : "BASE_TYPE_MAX_LENGTH";
    const range =
      min > 0 ? `Must be between ${min} and ${max} in length.` : `Must be ${max} or fewer in length.`;
    finds.add(at, code, range);
  }
}
