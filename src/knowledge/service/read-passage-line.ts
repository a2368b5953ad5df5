export interface Passage {
  id: string;
  title: string | undefined;
  text: string;
}

/** A passage, `blank`, or the reason in Chinese why the line holds none. Remembers the ids it has seen. */
export function readPassageLine(line: string, seen: Set<string>): Passage | string {
  const text = line.charCodeAt(0) === 0xfeff ? line.slice(1) : line;
  if (text.trim() === "") return "blank";
  const value = parseObject(text);
  if (!value) return "不是合法的 JSON 对象";
  const id = readId(value["id"]);
  if (id === undefined) return "缺少 id（应为字符串或整数）";
  if (seen.has(id)) return `id 重复：${id.slice(0, 60)}`;
  const passage = value["text"];
  if (typeof passage !== "string" || passage.trim() === "") return "缺少 text（应为非空字符串）";
  seen.add(id);
  const title = value["title"];
  return {
    id,
    title: typeof title === "string" && title.trim() !== "" ? title.trim() : undefined,
    text: passage,
  };
}

function parseObject(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function readId(value: unknown): string | undefined {
  if (typeof value === "number" && Number.isSafeInteger(value)) return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}
