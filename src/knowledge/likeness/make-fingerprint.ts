import { createHash } from "node:crypto";
import type { VersionFingerprint } from "../../storage/index.ts";
import { findDocumentNumber } from "../metadata/document-number.ts";
import { makeTitleKey } from "../metadata/title-key.ts";
import { screenWebPage } from "../reading/screen-web-page.ts";
import { splitLines } from "../reading/split-lines.ts";
import type { DocumentMetadata, ParsedDocument } from "../types.ts";
import { sketchText } from "./sketch-text.ts";

/** What tells whether two texts are the same document, whatever file and page they came in. */
export function makeFingerprint({
  text,
  metadata,
}: Pick<ParsedDocument, "text" | "metadata">): VersionFingerprint {
  const words = wordsOf(text);
  const { documentNumber } = metadata;
  return {
    textHash: createHash("sha256").update(words).digest("hex"),
    titleKey: makeYearlyKey(metadata),
    numberKey: documentNumber === null ? null : findDocumentNumber(documentNumber),
    sketch: sketchText(words),
  };
}

/**
 * The document's own words, without the page around it, blanks and punctuation. What changes a figure stays: the point in
 * 1.5, the dash in 10-20, percent signs and signs of comparison.
 */
function wordsOf(text: string): string {
  return screenWebPage(splitLines(text))
    .lines.map((line) => line.text)
    .join("\n")
    .normalize("NFKC")
    .replace(/(?<=\d)[—–~～-](?=\d)/g, "至")
    .replace(/(?<=\d)\.(?=\d)/g, "点")
    .replace(/[^\p{L}\p{N}\p{S}%‰]|[|`^~]/gu, "")
    .toLowerCase();
}

/** Calls and notices come every year, often under one title: where the title names no year, that of the date does. */
function makeYearlyKey({ title, kind, signedOn, publishedOn }: DocumentMetadata): string {
  const key = makeTitleKey(title);
  const year = (signedOn ?? publishedOn)?.slice(0, 4);
  if (kind !== "申报通知/指南" || year === undefined || /(?:19|20)\d\d/.test(key)) return key;
  return `${key}${year}`;
}
