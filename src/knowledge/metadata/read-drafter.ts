import { closeGaps } from "../reading/close-gaps.ts";
import { isOrganName } from "../reading/line-roles.ts";

/** 云川市人民政府办公厅转发市科技局关于…的通知: who wrote what another body only forwards. Null: issued by its author. */
export function readDrafter(titles: readonly string[]): string | null {
  for (const title of titles) {
    const match =
      /(?:转发|批转)([^《》]{2,60}?)(?:等[一二三四五六七八九十\d]*(?:个)?(?:部门|单位))?(?:关于|《|拟定|制定)/.exec(
        closeGaps(title),
      );
    const names =
      match?.[1]?.split(/[、，和]|\s|(?<=[局委厅办部会院])(?=[省市区县])/).filter((name) => name !== "") ??
      [];
    if (names.length > 0 && names.every(isOrganName)) return names.join("、");
  }
  return null;
}
