import { Converter } from "opencc-js/t2cn";

const convert = Converter({ from: "twp", to: "cn" });

/** Characters that simplified text does not use; other text passes without the cost of a conversion. */
const traditionalOnly = listTraditionalOnly();

function listTraditionalOnly(): Uint8Array {
  const marked = new Uint8Array(0x10000);
  const candidates: string[] = [];
  for (let code = 0x3400; code <= 0x9fff; code += 1) candidates.push(String.fromCharCode(code));
  const converted = Converter({ from: "t", to: "cn" })(candidates.join("\n")).split("\n");
  candidates.forEach((candidate, index) => {
    if (converted[index] !== candidate) marked[candidate.charCodeAt(0)] = 1;
  });
  return marked;
}

/** Traditional characters and the words of Taiwan and Hong Kong → mainland usage; simplified text stays as it is. */
export function toSimplified(text: string): string {
  for (let index = 0; index < text.length; index += 1) {
    if (traditionalOnly[text.charCodeAt(index)] === 1) return convert(text);
  }
  return text;
}
