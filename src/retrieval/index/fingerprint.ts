import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FieldWeights } from "./clause-input.ts";
import { cutText, type TextCutter } from "./tokenizer.ts";

/** Covers what a dictionary alone does not show: numerals, brackets, traditional characters, letters with digits. */
const PROBE =
  "《關於印發〈高新技術企業〉的通知》（沪科创办〔2023〕41号）二〇二六年力争超过２家IPO企业，投入两千万元；“一网通办”AI药物2.0版。";

/** Changes whenever an index that was built before would no longer meet the questions of today. */
export async function fingerprintIndex(
  cutter: TextCutter,
  weights: FieldWeights,
  lexiconDirectory: string,
): Promise<string> {
  const hash = createHash("sha256");
  const cut = cutText(cutter, cutter.normalize(PROBE).text);
  hash.update(JSON.stringify({ cut, weights }));
  for (const name of await listWordFiles(lexiconDirectory)) {
    hash.update(name).update(await readFile(join(lexiconDirectory, name)));
  }
  return hash.digest("hex");
}

/** Plain word lists steer the segmentation; synonyms only touch questions. */
async function listWordFiles(directory: string): Promise<string[]> {
  try {
    return (await readdir(directory)).filter((name) => name === "words.txt").sort();
  } catch {
    return [];
  }
}
