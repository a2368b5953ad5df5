import { findDates } from "../reading/find-dates.ts";
import { isBareOffice, readLetterhead, readOrganLine } from "../reading/line-roles.ts";
import { type MetadataSource, paragraphsOf } from "./metadata-source.ts";

/** Issuing bodies: the signature first, then letterhead and lines under the title, then the title's beginning, then the page. */
export function readIssuers(source: MetadataSource, titles: readonly string[]): string[] {
  const signed = organsOf(
    paragraphsOf(source, "落款", ["notice", "main", "appended"]).map(({ text }) => text),
  );
  if (signed.length > 0) return signed;
  const printed = organsOf(paragraphsOf(source, "发文机关", ["notice", "main"]).map(({ text }) => text));
  if (printed.length > 0) return printed;
  for (const title of titles) {
    const named = organsOfTitle(title);
    if (named.length > 0) return named;
  }
  const published = organsOf(source.fields.issuer ? [source.fields.issuer] : []);
  return published.filter((name) => !isBareOffice(name));
}

function organsOf(lines: readonly string[]): string[] {
  const organs = lines.flatMap((line) => {
    const dates = findDates(line);
    const words = (dates[0] ? line.slice(0, dates[0].start) : line).trim();
    return readLetterhead(words) ?? readOrganLine(words) ?? [];
  });
  return [...new Set(organs.flatMap(splitJoined))];
}

/** `上海市人民政府办公厅印发…`, `中共柳河县委 柳河县人民政府关于…` */
function organsOfTitle(title: string): string[] {
  const ordering = /^(.{4,40}?)(?:令|公告|通告)(?:第.{1,8}号)?$/.exec(title)?.[1];
  const ordered = ordering === undefined ? [] : organsOf([ordering]);
  if (ordered.length > 0) return ordered;
  const prefix =
    /^(.{4,80}?)(?:等[一二三四五六七八九十\d]+(?:个)?(?:部门|单位|家))?(?:关于|印发|转发|批转|发布|公布)/.exec(
      title,
    )?.[1];
  return prefix === undefined ? [] : organsOf([prefix]);
}

/** 上海市科学技术委员会上海市财政局 → two: the second starts with the same place. */
function splitJoined(name: string): string[] {
  const place = /^(?:中共)?([一-龥]{2,4}?[省市区县])/.exec(name)?.[1];
  const again = place === undefined ? -1 : name.indexOf(place, place.length + 2);
  if (again === -1 || !readOrganLine(name.slice(0, again))) return [name];
  return [name.slice(0, again), ...splitJoined(name.slice(again))];
}
