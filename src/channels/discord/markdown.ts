/** What means something in the platform's markdown, mentions included, is shown as it is. Line ends stay. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/[\\*_~`|<>[\]@]/g, "\\$&")
    .replace(/^(\s*)([#+-])/gm, "$1\\$2")
    .replace(/^(\s*\d+)\./gm, "$1\\.");
}

/** One line, in bold. */
export function bold(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line === "" ? "" : `**${escapeMarkdown(line)}**`;
}

/** Small and grey. */
export function small(text: string): string {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => `-# ${escapeMarkdown(line)}`)
    .join("\n");
}

export function quoteLines(text: string): string {
  return escapeMarkdown(text)
    .split("\n")
    .map((line) => `> ${line}`)
    .join("\n");
}

export function link(label: string, url: string): string {
  return `[${escapeMarkdown(label)}](${url})`;
}

/** At most so many UTF-16 units, which is how the platform's limits are kept on the safe side. */
export function clip(text: string, max: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  if (line.length <= max) return line;
  const characters: string[] = [];
  let length = 1;
  for (const character of line) {
    length += character.length;
    if (length > max) break;
    characters.push(character);
  }
  return `${characters.join("")}…`;
}
