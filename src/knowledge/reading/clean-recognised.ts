import type { ReadBlock } from "../../readers/index.ts";
import { readLabel } from "../outline/read-label.ts";
import { readDateLine, readDocumentNumberLine, readOrganLine } from "./line-roles.ts";

const WIDE = "[\\u3001-\\u303f\\u4e00-\\u9fff\\uff01-\\uff60]";
const GAP_BETWEEN_WIDE = new RegExp(`(?<=${WIDE})[ \\u3000](?=${WIDE})`, "g");

/** 2024一2026年, 2024-2026年: the dash of a span of years, which print makes long. */
const DASH_BETWEEN_YEARS = /(?<=(?:19|20)\d\d年?)[-－ー一](?=(?:19|20)\d\d年)/g;

/** Blanks that recognition puts between Chinese characters are not the document's. Bodies side by side keep theirs. */
export function cleanRecognised(printed: string): string {
  const line = withoutSpecks(printed.replace(DASH_BETWEEN_YEARS, "—"));
  if (!/[ \u3000]/.test(line.trim())) return line;
  const indent = line.length - line.trimStart().length;
  const content = line.slice(indent);
  if ((readOrganLine(content)?.length ?? 0) > 1) return line;
  return line.slice(0, indent) + content.replace(GAP_BETWEEN_WIDE, "");
}

const SPECK_BEFORE = /^[ ]{0,2}[．.·•：:，,、。；;'‘’`~^*|]{1,2}[ ]?(?=\S)/;
const SPECK_AFTER = /[．.·•，,、；;'‘’`~^*|]{1,2}$/;
const MAX_LINE = 60;

/** ．云科函〔2025〕88号, ：三、…, 云溪市科学技术局，: a mark beside a line that is whole without it is a speck. */
function withoutSpecks(line: string): string {
  const after = line.replace(SPECK_BEFORE, "");
  if (after !== line && (readLabel(after) !== undefined || isWhole(after))) return withoutSpecks(after);
  const before = line.length <= MAX_LINE ? line.replace(SPECK_AFTER, "") : line;
  return before !== line && isWhole(before) ? before : line;
}

function isWhole(line: string): boolean {
  if (line.length > MAX_LINE) return false;
  return (
    readOrganLine(line) !== undefined ||
    readDocumentNumberLine(line) !== undefined ||
    readDateLine(line) !== undefined
  );
}

/** Specks and page numbers: a lone mark anywhere on a recognised page, a lone number at the top or foot of any page. */
export function isStray(blocks: readonly ReadBlock[], index: number): boolean {
  const block = blocks[index];
  if (block?.kind !== "paragraph") return false;
  const text = block.text.replace(/\s/g, "");
  if (block.confidence !== undefined && text.length === 1 && !/[0-9]/.test(text)) return true;
  if (!/^[·.•—–\-－_~]{0,2}[0-9０-９Il]{1,4}[·.•—–\-－_~]{0,2}$/.test(text)) return false;
  return blocks[index - 1]?.page !== block.page || blocks[index + 1]?.page !== block.page;
}
