import { readLabel } from "../outline/read-label.ts";
import { closeGaps } from "../reading/close-gaps.ts";
import { type MetadataSource, paragraphsOf } from "./metadata-source.ts";

const CAPTION = /^附\s*(?:件\s*[0-9０-９一二三四五六七八九十]{0,3}\s*[：:.．、]?|[：:])\s*/;

/** Names of the attachments that the text lists, then those that follow it without being listed. */
export function readAttachments(source: MetadataSource): string[] {
  const listed = paragraphsOf(source, "附件说明", ["notice", "main", "appended"]).flatMap(({ text }) =>
    text.split("\n").map(nameOf),
  );
  const attached = source.parts
    .filter(({ kind, title }) => kind === "attachment" && title !== "")
    .map(({ title }) => closeGaps(title.replace(CAPTION, "")));
  const names = listed.filter((name) => name !== "");
  const known = new Set(names.map(keyOf));
  return [...names, ...attached.filter((name) => !known.has(keyOf(name)))];
}

function nameOf(line: string): string {
  const bare = line.trim().replace(CAPTION, "");
  const label = readLabel(bare);
  return closeGaps(label ? bare.slice(label.end) : bare).replace(/[；;。]$/, "");
}

function keyOf(name: string): string {
  return name
    .replace(/\.[A-Za-z]{2,5}$/, "")
    .replace(/[（(][^（()）]{1,12}[)）]$/, "")
    .replace(/[^\p{L}\p{N}]/gu, "");
}
