/** Share of common pairs of characters (Dice), 0–1; white space and punctuation do not count. */
export function measureLikeness(one: string, other: string): number {
  const [left, right] = [pairsOf(one), pairsOf(other)];
  if (left.size === 0 || right.size === 0) return one.trim() === other.trim() && one.trim() !== "" ? 1 : 0;
  let common = 0;
  for (const pair of left) if (right.has(pair)) common += 1;
  return (2 * common) / (left.size + right.size);
}

function pairsOf(text: string): Set<string> {
  const plain = [
    ...text
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]/gu, ""),
  ];
  return new Set(plain.slice(1).map((character, index) => `${plain[index]}${character}`));
}
