import { closeGaps, unifyPunctuation } from "../reading/close-gaps.ts";
import { isOrganName } from "../reading/line-roles.ts";

const ROLE =
  "(?:责任|牵头|主办|主责|配合|协办|参与|协同|落实|负责|实施|支持|指导|会同)(?:责任)?(?:单位|部门|机构|委办局)|(?:单位|部门)分工";
const AT_END =
  /[（【〔[]([^（()）【】〔〕]{2,400}(?:[（][^（）]{1,60}[）][^（()）【】〔〕]{0,300})*)[）】〕\]][。；]?$/;
const LINE = new RegExp(`^(?:${ROLE})[：:](.{2,400})$`);

/**
 * The departments that stand at the end of a clause as responsible for it, in printed order: （责任单位：区科委、区经委）,
 * （牵头单位：…；配合单位：…）, （区科委牵头，区财政局配合）, （市科技局、市财政局）, or a line of its own. Empty: none.
 */
export function readResponsible(text: string): string[] {
  const plain = unifyPunctuation(closeGaps(text.trim()));
  const line = LINE.exec(plain);
  if (line?.[1] !== undefined) return namesOf(line[1]);
  const inside = AT_END.exec(plain)?.[1];
  if (inside === undefined) return [];
  if (new RegExp(`(?:${ROLE})[：:]`).test(inside)) return namesOf(inside);
  const names = namesOf(inside);
  const isStated = /(?:牵头|负责|配合|落实|参与|协同|分工)/.test(inside);
  const known = names.filter(isDepartment).length;
  return known > 0 && (known === names.length || (isStated && known >= names.length / 2)) ? names : [];
}

function namesOf(inside: string): string[] {
  const pieces = inside
    .replace(new RegExp(`(?:${ROLE})[：:]`, "g"), "；")
    .split(/[；，、。]|(?:牵头|负责|配合|落实|参与|协同)(?:[，；]|$)/)
    .map((piece) => piece.replace(CLOSING, "").trim())
    .filter((piece) => piece.length >= 2 && piece.length <= 30);
  return [...new Set(pieces)];
}

const CLOSING =
  /(?:等)?(?:部门|单位)?(?:(?:按照?|根据|依据)(?:各自)?(?:职责)?(?:分工)?)?(?:共同|分别|具体)?(?:牵头|负责|配合|落实|参与|协同|分工负责)*$/;

function isDepartment(name: string): boolean {
  return (
    isOrganName(name) ||
    /^(?:各|市|区|县|省|州)[一-龥]{1,16}(?:局|委|办|厅|部|街镇|园区|中心|院|集团|公司|镇|街道|部门|单位)$/.test(
      name,
    )
  );
}
