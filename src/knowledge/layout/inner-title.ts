import { isOrganName } from "../reading/line-roles.ts";
import { bareTitleOf } from "./read-front.ts";

const ISSUING =
  "(?:印发|发布|公布|颁布|颁发|转发|批转|下发|下达|通过|修订印发|重新印发|公开征求|征求|征集|公开征集)(?:对|关于)?";
const QUOTED = new RegExp(`${ISSUING}(《.+》)`);
const ASKED = "(?:面向|向)?(?:全)?(?:社会)?(?:各界)?(?:公开|再次)*(?:征求|征集|听取)";
/** 关于《X（征求意见稿）》公开征求意见的公告, 《X》（草案）征求意见 */
const CONSULTED = new RegExp(`(?:^|关于|就|对)(《.+》)(?:[（(][^（()）]{1,16}[)）])*${ASKED}`);
/** The same without quotation marks: 关于X（征求意见稿）公开征求意见的公告, 关于征求X意见的函 */
const CONSULTED_PLAIN = new RegExp(
  `^(?:.{0,40}?(?:关于|就|对))?([^《》]{4,}?[（(][^（()）]{0,8}(?:征求意见|草案|送审)[^（()）]{0,6}[)）])${ASKED}`,
);
const ASKED_PLAIN =
  /(?:征求|征集)(?:对|关于)?([^《》]{4,}?)(?:的)?(?:修改)?(?:意见|意见建议|意见和建议)的(?:通知|公告|通告|函|启事)$/;
const PLAIN = /(?:印发|转发|批转|颁布|公布|发布|下发)(.{4,}?)的(?:通知|公告|通告|决定|命令|令|函)$/;

/** What came of the comments is a text of its own. */
const REPORTED = /(?:意见|建议).{0,6}(?:采纳|反馈|情况|汇总)/;

/** 关于印发《X》的通知 → X; 关于印发X的通知 → X. Undefined: the title names no inner text. */
export function innerTitleOf(outerTitle: string): string | undefined {
  const outer = bareTitleOf(outerTitle);
  if (REPORTED.test(outer)) return undefined;
  const [quoted] = quotedTitles(outer);
  if (quoted !== undefined) return bareTitleOf(quoted);
  const asked = (CONSULTED_PLAIN.exec(outer) ?? ASKED_PLAIN.exec(outer))?.[1];
  if (asked !== undefined) return bareTitleOf(asked);
  const plain = PLAIN.exec(outer)?.[1];
  if (plain === undefined || plain.includes("》")) return undefined;
  return bareTitleOf(/转发|批转/.test(outer) ? withoutDrafter(plain) : plain);
}

const SEVERAL =
  /[二两三四五六七八九十\d]+(?:个|项|部|件|份)(?:[一-龥]{0,8})(?:办法|细则|规定|制度|文件|方案|规则|规程|标准|指南|指引|规范)的(?:通知|公告|令|决定)$|》等.{0,4}[二两三四五六七八九十\d]+(?:个|项|部|件|份)/;

/** 关于印发《A》和《B》的通知, 关于印发《A》等三项制度的通知, 关于印发管理两个办法的通知: more than one text under one notice. */
export function namesSeveralTexts(outerTitle: string): boolean {
  const outer = bareTitleOf(outerTitle);
  return (
    quotedTitles(outer).length > 1 || (/印发|发布|公布|颁布|下发|征求/.test(outer) && SEVERAL.test(outer))
  );
}

/** The texts in quotation marks that the title puts into force or puts up for comment. */
function quotedTitles(outer: string): string[] {
  const from = (CONSULTED.exec(outer) ?? QUOTED.exec(outer))?.[1];
  return from === undefined ? [] : splitQuoted(from);
}

/** 《A》《B》, 《A》和《B》: both; 《A〈B〉C》 and 《A《B》C》 stay whole; what follows other words is not named together with the first. */
function splitQuoted(quoted: string): string[] {
  const titles: string[] = [];
  let depth = 0;
  let start = 0;
  let end = 0;
  for (let index = 0; index < quoted.length; index += 1) {
    if (quoted[index] === "《") {
      if (depth === 0) {
        if (
          titles.length > 0 &&
          !/^(?:[（(][^（()）]*[)）])?[、，和及与以\s]*$/.test(quoted.slice(end, index))
        )
          break;
        start = index + 1;
      }
      depth += 1;
    }
    if (quoted[index] !== "》") continue;
    depth -= 1;
    if (depth > 0) continue;
    titles.push(quoted.slice(start, index));
    end = index + 1;
  }
  return titles;
}

/** 转发市科技局关于…若干措施 → 关于…若干措施 */
function withoutDrafter(plain: string): string {
  const [, author, rest] =
    /^([^关于]{2,40}?)(?:等[一二三四五六七八九十\d]*(?:个)?(?:部门|单位))?(关于.+)$/.exec(plain) ?? [];
  return author !== undefined && rest !== undefined && author.split(/[、和]/).every(isOrganName)
    ? rest
    : plain;
}
