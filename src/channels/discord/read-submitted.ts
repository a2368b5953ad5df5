/** The fields of a submitted modal by their id, however they are wrapped (labels, rows). */
export function readSubmitted(components: unknown): Map<string, string> {
  const found = new Map<string, string>();
  collect(components, found, 0);
  return found;
}

const MAX_DEPTH = 4;

function collect(part: unknown, found: Map<string, string>, depth: number): void {
  if (depth > MAX_DEPTH || typeof part !== "object" || part === null) return;
  if (Array.isArray(part)) {
    for (const each of part) collect(each, found, depth);
    return;
  }
  if ("custom_id" in part && typeof part.custom_id === "string") {
    const value = readValue(part);
    if (value !== undefined) found.set(part.custom_id, value);
  }
  if ("component" in part) collect(part.component, found, depth + 1);
  if ("components" in part) collect(part.components, found, depth + 1);
}

function readValue(part: object): string | undefined {
  if ("value" in part && typeof part.value === "string") return part.value;
  if (!("values" in part) || !Array.isArray(part.values)) return undefined;
  const [first] = part.values;
  return typeof first === "string" ? first : "";
}
