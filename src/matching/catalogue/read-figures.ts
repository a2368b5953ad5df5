const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const TENS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };
const MYRIADS: Readonly<Record<string, number>> = { 万: 1e4, 亿: 1e8 };

const FIGURE = /(\d[\d,，]*(?:\.\d+)?|[零〇一二两三四五六七八九十百千半]+)\s*(万亿|[百千]?[万亿])?/g;

/** Every figure that a text writes, in digits or in words, as plain numbers: `5000万元` → 50000000, `两年` → 2, `半` → 0.5. */
export function readFigures(text: string): number[] {
  const narrow = text.replace(/[０-９．]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
  const figures: number[] = [];
  for (const [, digits = "", scale = ""] of narrow.matchAll(FIGURE)) {
    const base = /\d/.test(digits) ? Number(digits.replace(/[,，]/g, "")) : readWords(digits);
    if (base === undefined || Number.isNaN(base)) continue;
    figures.push(base * readScale(scale));
  }
  return figures;
}

function readScale(scale: string): number {
  let factor = 1;
  for (const sign of scale) factor *= TENS[sign] ?? MYRIADS[sign] ?? 1;
  return factor;
}

function readWords(words: string): number | undefined {
  if (words === "半") return 0.5;
  if (/^[零〇一二两三四五六七八九]+$/.test(words)) {
    return Number([...words].map((sign) => DIGITS[sign] ?? "").join(""));
  }
  let sum = 0;
  let pending = 0;
  for (const sign of words) {
    const digit = DIGITS[sign];
    const ten = TENS[sign];
    if (digit !== undefined) pending = digit;
    else if (ten !== undefined) {
      sum += (pending || 1) * ten;
      pending = 0;
    } else return undefined;
  }
  return sum + pending;
}
