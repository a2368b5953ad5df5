import { createHash } from "node:crypto";

/** JSON with sorted keys and without blanks: equal values are equal texts. What JSON cannot say is left out. */
export function toCanonicalJson(value: unknown): string {
  return writeValue(JSON.parse(JSON.stringify(value ?? null)));
}

/** SHA-256 of the canonical JSON, in hexadecimal. */
export function hashContent(value: unknown): string {
  return createHash("sha256").update(toCanonicalJson(value)).digest("hex");
}

function writeValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(writeValue).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${writeValue(member)}`);
  return `{${members.join(",")}}`;
}
