import { readLabel } from "../outline/read-label.ts";
import { closeGaps } from "../reading/close-gaps.ts";
import { type MetadataSource, paragraphsOf } from "./metadata-source.ts";

const CAPTION = /^附\s*(?:件\s*[0-9０-９一二三四五六七八九十]{0,3}\s*[：:.．、]?|[：:])\s*/;
/** Where a further name starts on the same line: `1.申请表 2.承诺书`, `附件1：申请表 附件2：承诺书`. */
const NEXT_NAME =
  /(?<=[^\d.．])\s*(?=[2-9１-９][0-9]?\s?[.．、](?![0-9])\s*[《一-龥])|\s+(?=附件\s?[0-9]{1,2}\s?[：:.．、])/;

/** Names of the attachments that the text lists, then those that follow it without being listed; each once. */
export function readAttachments(source: MetadataSource): string[] {
  const lines = paragraphsOf(source, "附件说明", ["notice", "main", "appended"]).flatMap(({ text }) =>
    text.split("\n"),
  );
  const listed = namesOf(joinBroken(lines));
  const names = unique(listed);
  const known = new Set(names.map(keyOf));
  const attached = source.parts
    .filter(({ kind, title, name }) => kind === "attachment" && title !== "" && !isListed(name, names.length))
    .map(({ title }) => withoutQuotes(closeGaps(title.replace(CAPTION, ""))));
  return unique([...names, ...attached.filter((name) => !known.has(keyOf(name)))]);
}

/** 附件2 is the second of the list, whatever its own heading says. */
function isListed(part: string, listed: number): boolean {
  const number = /\d+$/.exec(part.normalize("NFKC"))?.[0];
  return number === undefined ? listed === 1 : Number(number) <= listed;
}

/** A name that runs over the line goes on where no new one starts. */
function joinBroken(lines: readonly string[]): string[] {
  const joined: string[] = [];
  for (const line of lines) {
    const last = joined.at(-1);
    const text = line.trim();
    const startsName = CAPTION.test(text) || readLabel(text) !== undefined || /^《/.test(text);
    if (last === undefined || startsName || CAPTION.exec(last)?.[0] === last || last.length < 12)
      joined.push(text);
    else joined[joined.length - 1] = last + text;
  }
  return joined;
}

function namesOf(lines: readonly string[]): string[] {
  return lines
    .flatMap((line) =>
      line.replace(CAPTION, (caption) => (/\d/.test(caption) ? "" : caption)).split(NEXT_NAME),
    )
    .flatMap((name) => splitQuoted(nameOf(name)))
    .filter((name) => name !== "");
}

function nameOf(printed: string): string {
  const bare = printed.trim().replace(CAPTION, "");
  const label = readLabel(bare);
  return closeGaps(label ? bare.slice(label.end) : bare).replace(/[；;。，、]+$/, "");
}

/** 《A》《B》, 《A》、《B》 are two names; a name that is nothing but a title loses its marks. */
function splitQuoted(name: string): string[] {
  if (/^(?:《[^《》]+》[、，和及]?){2,}$/.test(name))
    return [...name.matchAll(/《([^《》]+)》/g)].map(([, inner = ""]) => inner);
  return [withoutQuotes(name)];
}

function withoutQuotes(name: string): string {
  return /^《([^《》]+)》$/.exec(name)?.[1] ?? name;
}

function unique(names: readonly string[]): string[] {
  const byKey = new Map<string, string>();
  for (const name of names) {
    const key = name.replace(/[^\p{L}\p{N}]/gu, "");
    if (!byKey.has(key)) byKey.set(key, name);
  }
  return [...byKey.values()];
}

function keyOf(name: string): string {
  return name
    .replace(/\.[A-Za-z]{2,5}$/, "")
    .replace(/[（(][^（()）]{1,12}[)）]$/, "")
    .replace(/[^\p{L}\p{N}]/gu, "");
}
