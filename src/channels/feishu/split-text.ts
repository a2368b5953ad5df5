/**
 * Bytes of a value inside a message: it is JSON twice, since `content` is a string of JSON in a JSON body, and the
 * platform measures the body.
 */
export function measureBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(JSON.stringify(value)));
}

/** Best places to end a piece, best first. */
const BREAKS: readonly RegExp[] = [/\n/g, /[。！？；.!?;]["”’」』）)]*/g, /[，、,：:\s]/g];

/** Cuts a text into pieces of at most `maxBytes` as measured; together they are the text, character for character. */
export function splitText(text: string, maxBytes: number): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (measureBytes(rest) > maxBytes) {
    const fitting = takeFitting(rest, maxBytes);
    const end = findBreak(fitting);
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  if (rest !== "" || pieces.length === 0) pieces.push(rest);
  return pieces;
}

/** The longest beginning that fits, at least one character, never half a surrogate pair. */
function takeFitting(text: string, maxBytes: number): string {
  let low = 1;
  // No character takes less than one byte.
  let high = Math.min(text.length, maxBytes);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measureBytes(text.slice(0, middle)) <= maxBytes) low = middle;
    else high = middle - 1;
  }
  const end = isInsidePair(text, low) ? low - 1 : low;
  return text.slice(0, end > 0 ? end : low + 1);
}

function isInsidePair(text: string, position: number): boolean {
  const before = text.charCodeAt(position - 1);
  const after = text.charCodeAt(position);
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}

function findBreak(text: string): number {
  for (const pattern of BREAKS) {
    const last = [...text.matchAll(pattern)].at(-1);
    const end = last ? last.index + last[0].length : 0;
    // A break near the beginning would make many small pieces.
    if (end > text.length / 2) return end;
  }
  return text.length;
}
