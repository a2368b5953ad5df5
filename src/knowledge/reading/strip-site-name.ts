import { endsLikeTitle } from "./web-page-words.ts";

const LAST_PIECE = /^(.{5,}?)[ \u3000]*(?:([_|｜»])|([-–—]{1,2}))[ \u3000]*([^_|｜»–—-]{2,30})$/;
const MAX_TITLE = 200;
const SITE =
  /(?:网|网站|门户|平台|政府|局|委|委员会|厅|署|办公室|中心|管委会|首页|专栏|栏目|动态|文件|文件库|通知公告|公告公示|公示公告|公告栏|要闻|新闻|信息|公开|征集|服务|法规|规章|政策|解读|库)$/;

/** 关于…的通知_云川市人民政府, …办法-政策文件-云川市科技局: the title without the column and the site that pages append. */
export function stripSiteName(title: string): string {
  let rest = title.trim();
  if (rest.length > MAX_TITLE) return title;
  for (let round = 0; round < 4; round += 1) {
    const [, before = "", bar, , piece = ""] = LAST_PIECE.exec(rest) ?? [];
    if (before === "") break;
    if (bar === undefined && !SITE.test(piece.trim())) break;
    if (!endsLikeTitle(before) && !hasTitleInside(before)) break;
    rest = before.trim();
  }
  return rest;
}

/** …的通知-政策文件: what is left still ends with a column. */
function hasTitleInside(title: string): boolean {
  const [first = ""] = title.split(/[_|｜»]|[ \u3000]*[-–—]{1,2}[ \u3000]*(?![ \u3000]*(?:19|20)\d\d)/);
  return first !== title && endsLikeTitle(first);
}
