import { toText } from "../row-values.ts";

/** The sender in the JSON of an asker or a message; null when it names none. */
export function readUserId(said: unknown): string | null {
  if (typeof said !== "object" || said === null || !("userId" in said)) return null;
  return typeof said.userId === "string" ? toText(said.userId) : null;
}
