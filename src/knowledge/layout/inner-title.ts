import { isOrganName } from "../reading/line-roles.ts";
import { bareTitleOf } from "./read-front.ts";

const ISSUING = "(?:印发|发布|公布|转发|批转|下发|颁布|颁发|修订印发|重新印发|公开征求|征求|征集|公开征集)";
const QUOTED = new RegExp(`${ISSUING}(?:对)?《(.+)》`);
const CONSULTED = /^关于(?:对)?《(.+)》(?:面向社会)?(?:公开)?(?:征求|征集)/;
const PLAIN = /(?:印发|转发|批转|颁布|公布|发布|下发)(.{4,}?)的(?:通知|公告|通告|决定|命令|令|函)$/;

/** 关于印发《X》的通知 → X; 关于印发X的通知 → X. Undefined: the title names no inner text. */
export function innerTitleOf(outerTitle: string): string | undefined {
  const outer = bareTitleOf(outerTitle);
  const quoted = (CONSULTED.exec(outer) ?? QUOTED.exec(outer))?.[1];
  if (quoted) return bareTitleOf(cutAtClosing(quoted));
  const plain = PLAIN.exec(outer)?.[1];
  if (plain === undefined || plain.includes("》")) return undefined;
  return bareTitleOf(/转发|批转/.test(outer) ? withoutDrafter(plain) : plain);
}

/** 转发市科技局关于…若干措施 → 关于…若干措施 */
function withoutDrafter(plain: string): string {
  const [, author, rest] =
    /^([^关于]{2,40}?)(?:等[一二三四五六七八九十\d]*(?:个)?(?:部门|单位))?(关于.+)$/.exec(plain) ?? [];
  return author !== undefined && rest !== undefined && author.split(/[、和]/).every(isOrganName)
    ? rest
    : plain;
}

/** 印发《A》《B》的通知: the first; 《A〈B〉C》 stays whole. */
function cutAtClosing(quoted: string): string {
  let depth = 0;
  for (const [index, character] of [...quoted].entries()) {
    if (character === "《") depth += 1;
    if (character !== "》") continue;
    if (depth === 0) return [...quoted].slice(0, index).join("");
    depth -= 1;
  }
  return quoted;
}
