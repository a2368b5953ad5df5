let table: Map<string, readonly number[]> | undefined;

/** Two-byte GBK from the decoder's own table: Node decodes GB18030 and does not encode it. */
export function encodeGb18030(text: string): Uint8Array {
  table ??= buildTable();
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const pair = code < 0x80 ? [code] : table.get(character);
    if (!pair) throw new Error(`not in GBK: ${character}`);
    bytes.push(...pair);
  }
  return new Uint8Array(bytes);
}

function buildTable(): Map<string, readonly number[]> {
  const decoder = new TextDecoder("gb18030");
  const pairs = new Map<string, readonly number[]>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail === 0x7f) continue;
      const character = decoder.decode(new Uint8Array([lead, trail]));
      if (!pairs.has(character)) pairs.set(character, [lead, trail]);
    }
  }
  return pairs;
}
