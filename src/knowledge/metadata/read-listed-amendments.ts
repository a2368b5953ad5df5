import { readLabel } from "../outline/read-label.ts";
import { isRow } from "../reading/block-note.ts";
import type { Amendment } from "../types.ts";
import { findListedTexts } from "./find-listed-texts.ts";
import type { MetadataSource } from "./metadata-source.ts";
import type { NamedText } from "./named-texts.ts";
import { makeTitleKey } from "./title-key.ts";

const ENDED = /废止|失效|停止执行|清理/;
const CHANGED = /修改|修正|修订/;
const KEPT = /保留|继续有效|现行有效|继续执行/;

/** The texts in attachments that are lists of what the document repeals or changes: 附件：决定废止的规范性文件目录. */
export function addListedAmendments(found: readonly Amendment[], source: MetadataSource): Amendment[] {
  const kept = [...found];
  for (const part of source.parts) {
    if (part.kind !== "attachment") continue;
    let effect = effectOf(part.title);
    if (effect === undefined && !ENDED.test(part.title)) continue;
    for (const paragraph of part.body) {
      const texts = findListedTexts(paragraph.text, isRow(paragraph));
      if (texts.length === 0 && readLabel(paragraph.text)) effect = effectOf(paragraph.text) ?? effect;
      if (effect !== undefined) for (const text of texts) add(kept, effect, text, paragraph.text.trim());
    }
  }
  return kept;
}

/** Undefined: says neither, says both, or says that they stay. */
export function effectOf(heading: string): "repeals" | "amends" | undefined {
  if (KEPT.test(heading) || ENDED.test(heading) === CHANGED.test(heading)) return undefined;
  return ENDED.test(heading) ? "repeals" : "amends";
}

function add(kept: Amendment[], effect: Amendment["effect"], text: NamedText, quote: string): void {
  const key = makeTitleKey(text.title);
  const at = kept.findIndex(
    ({ title, effect: known }) => known === effect && makeTitleKey(title ?? "") === key,
  );
  const known = kept[at];
  if (!known)
    kept.push({ effect, title: text.title, documentNumber: text.documentNumber, until: null, quote });
  else if (known.documentNumber === null && text.documentNumber !== null)
    kept[at] = { ...known, documentNumber: text.documentNumber };
}
