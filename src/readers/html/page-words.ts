/** The site's own. */
export const IMPRINT = /备\d{5,}号|公网安备|ICP备|网站标识码|^版权所有|^Copyright|^网站地图$/i;
/** Beside an imprint the site's; notices of events have such lines as well. */
export const HOST_LINE = /^(?:主办|承办|协办|指导|技术支持|联系电话|地址)(?:单位)?\s*[：:]/;

/** Whole lines of the site around or in an article: print and share buttons, positions, imprints. */
const PAGE_LINE = [
  /^[【[（(]?\s*(?:打印(?:本页|此页|页面|文章|内容)?|关闭(?:窗口|本页|页面)?|收藏(?:本页)?|纠错|我要纠错|返回(?:顶部|首页|列表|上一页)?|分享)\s*[】\]）)]?(?:\s*[【[（(|]?\s*(?:打印(?:本页|此页|页面)?|关闭(?:窗口|本页|页面)?|收藏|纠错|分享)\s*[】\]）)|]?)*$/,
  /^(?:一键)?分享(?:到|至|本文)?\s*[：:]?(?:\s*(?:微信|微博|新浪微博|QQ(?:空间|好友)?|朋友圈|人人网|腾讯微博|豆瓣|更多))*$/i,
  /^[【[（(]?\s*(?:字体|字号)(?:大小)?\s*[：:]?\s*[【[（(]?\s*(?:特?大|加大)?\s*\|?\s*大?\s*\|?\s*(?:中|标准|默认)?\s*\|?\s*小?\s*[】\]）)]?\s*[】\]）)]?$/,
  /^[【[（(]?\s*大\s*\|?\s*中\s*\|?\s*小\s*[】\]）)]?$/,
  /^(?:用?(?:手机|微信))?扫(?:一扫|描|码).{0,24}$/,
  /^(?:您)?(?:的)?(?:当前|现在|所在)?(?:的)?位置\s*(?:是)?\s*[：:>＞»].{0,80}$/,
  /^(?:网站)?首页\s*[>＞»/|›-].{0,80}$/,
  /^(?:上|下|前|后)一?(?:篇|条)\s*[：:].{0,100}$/,
  /^(?:浏览|点击|阅读|访问|查看)(?:次数|量|数|人数)?\s*[：:]\s*\d*\s*(?:次|人)?$/,
  /^(?:请?点击)?(?:文末|下方|左下角)?[“"「『]?阅读原文[”"」』]?(?:，?(?:查看|了解|获取|下载).{0,16})?$/,
  /^(?:责任)?编辑\s*[：:]\s*\S{0,8}$/,
  IMPRINT,
  /^(?:点击)?(?:播放|收听|朗读|语音播报|听文章|视力保护色)[：:]?$/,
  /^您?(?:使用的)?浏览器(?:版本|不支持).{0,60}$/,
];
const MAX_PAGE_LINE = 140;

export function isPageLine(text: string): boolean {
  return (
    text.length <= MAX_PAGE_LINE && !text.endsWith("。") && PAGE_LINE.some((pattern) => pattern.test(text))
  );
}

/** Heads of lists of links behind an article. */
export const RELATED_HEAD =
  /^[【[]?(?:相关(?:链接|阅读|文章|新闻|稿件|解读|政策|信息|推荐|文档|内容)|延伸阅读|推荐阅读|热点(?:新闻|推荐|资讯)?|猜你喜欢|政策解读)[】\]]?\s*[：:]?$/;

export interface ParticularKey {
  field: "title" | "documentNumber" | "publishedOn" | "source" | "other" | "none";
}

const keys = (field: ParticularKey["field"], names: string) =>
  names.split(" ").map((name) => [name, field] as const);

/** Names in the table of particulars over a document. `none`: ends a value before it, is not kept. */
export const PARTICULARS: ReadonlyMap<string, ParticularKey["field"]> = new Map([
  ...keys("title", "名称 标题 信息名称 文件名称 公开标题"),
  ...keys("documentNumber", "文号 发文字号 文件编号 发文文号 文件号 公文文号 文件文号"),
  ...keys("publishedOn", "发布日期 发布时间 发表时间 发表日期 公开日期 公布日期 公开时间"),
  ...keys("source", "来源 信息来源 文章来源 稿件来源 内容来源"),
  ...keys(
    "other",
    "索引号 信息索引号 索取号 信息索取号 发文机关 发文机构 发文单位 发布机构 发布机关 发布单位 制定机关 成文日期 成文时间 发文日期 发文时间 生成日期 印发日期 签发日期 主题分类 主题词 信息分类 公开类别 公开范围 公开方式 公开形式 体裁分类 组配分类 服务对象分类 有效性 时效性 时效状态 文件状态 信息有效性 生效日期 施行日期 实施日期 失效日期 废止日期 有效期至 有效期 责任部门 公开责任部门 公文种类 关键词 主题 体裁 效力状态",
  ),
  ...keys(
    "none",
    "浏览次数 浏览量 点击数 点击量 点击次数 阅读次数 阅读量 阅读数 访问量 访问次数 责任编辑 编辑 作者 字体 字号 字体大小 分享 分享到 打印 收藏 保护视力色 背景色 语音播报",
  ),
]);
