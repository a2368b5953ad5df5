const BREAKS = [/\n/g, /[。！？；]/g, /[，、,.;!? ]/g] as const;

/** Parts of at most `max` UTF-16 units each, divided at ends of lines, sentences or phrases; joined they are the text. */
export function splitText(text: string, max: number): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > max) {
    const end = findBreak(rest, max);
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  if (rest !== "") parts.push(rest);
  return parts;
}

/** The end of a part: in the last half of what fits, else where it must be, never inside a character. */
function findBreak(text: string, max: number): number {
  const window = text.slice(0, max);
  for (const pattern of BREAKS) {
    const last = [...window.matchAll(pattern)].at(-1);
    if (last && last.index + 1 > max / 2) return last.index + 1;
  }
  const code = text.charCodeAt(max - 1);
  return code >= 0xd800 && code <= 0xdbff ? max - 1 : max;
}
