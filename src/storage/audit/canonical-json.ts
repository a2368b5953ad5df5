/** JSON with sorted keys and without blanks: equal values are equal texts. What JSON cannot say is left out, as always. */
export function toCanonicalJson(value: unknown): string {
  return writeValue(JSON.parse(JSON.stringify(value ?? null)));
}

function writeValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(writeValue).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${writeValue(member)}`);
  return `{${members.join(",")}}`;
}
