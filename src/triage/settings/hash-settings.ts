import { createHash } from "node:crypto";

/** SHA-256 of a part with sorted keys: only what it says counts, not how it is written. */
export function hashSettings(content: unknown): string {
  const text = JSON.stringify(content, (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
  return createHash("sha256").update(text).digest("hex");
}
