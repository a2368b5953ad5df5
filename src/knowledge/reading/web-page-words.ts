import { closeGaps } from "./close-gaps.ts";

/** Words of a web page around a document: navigation, search boxes, share bars, imprints of the site. */
export const PAGE_MARKERS =
  /备案(?:序?号|编号)?[：:]|ICP备|公网安备|网站标识码|版权所有|Copyright|主办(?:单位)?[：:]|承办(?:单位)?[：:]|技术支持[：:]|网站地图|网站声明|联系我们$|扫一扫|二维码|浏览(?:次数|量|人数)|访问(?:量|次数|人数)|点击(?:数|量|率|次数)|阅读(?:次数|量|数)|打印(?:本页|关闭|此页)?(?:】|$)|关闭(?:窗口|本页|页面)?(?:】|$)|分享(?:到|至)?[：:]?$|字体(?:大小)?[：:】]|字号[：:]|大[ 　]?中[ 　]?小|您?(?:当前|现在)?(?:所在)?(?:的)?位置(?:是|>|＞|[：: ]|$)|首页\s*[>＞»/|]|无障碍|长者(?:助手|模式|版)|适老|收藏(?:本页|此页)?$|返回(?:顶部|首页|列表)|上一篇|下一篇|相关(?:链接|文章|文档|附件|解读|新闻|阅读|信息|稿件|政策)[：:]?$|信息来源[：:]|文章来源[：:]|来源[：:]|责任编辑|编辑[：:]|作者[：:]|发布(?:日期|时间|机构|机关|单位)[：:]|发表(?:时间|日期)[：:]|索引号|主题(?:词|分类)[：:]?|信息(?:分类|索取号|有效性)|生成日期|公开(?:日期|类别|形式|范围)[：:]|时效(?:性|状态)?[：:]|有效性[：:]|^登\s*录$|^注\s*册$|^退出$|网站支持|手机(?:版|端|客户端)|电脑版|移动端|^微信|^微博|IPv6|^English$|^繁體$|^繁体版?$|^简体版?$|高级(?:搜索|检索)|搜索(?:热词|位置|关键词)|热(?:门)?搜索|^搜索$|^检索$|下载(?:文字版|图片版|本页|PDF|Word)|附件下载|听文章|语音播报|^政务公开$|^政务服务|^互动交流$|^首页(?:Home)?$/i;

/** `发布日期：2024-09-12`: keys of the table of particulars that sites put over a document. */
export const PAGE_FIELDS: Readonly<Record<string, string>> = {
  发布日期: "publishedOn",
  发布时间: "publishedOn",
  发表时间: "publishedOn",
  发表日期: "publishedOn",
  公开日期: "publishedOn",
  公布日期: "publishedOn",
  发文日期: "signedOn",
  成文日期: "signedOn",
  成文时间: "signedOn",
  生成日期: "signedOn",
  印发日期: "signedOn",
  签发日期: "signedOn",
  文号: "documentNumber",
  发文字号: "documentNumber",
  文件编号: "documentNumber",
  发文文号: "documentNumber",
  发布机构: "issuer",
  发布机关: "issuer",
  发布单位: "issuer",
  发文机关: "issuer",
  发文单位: "issuer",
  制定机关: "issuer",
  有效性: "validity",
  时效性: "validity",
  时效状态: "validity",
  文件状态: "validity",
  信息有效性: "validity",
  生效日期: "effectiveFrom",
  施行日期: "effectiveFrom",
  实施日期: "effectiveFrom",
  失效日期: "expiresOn",
  废止日期: "expiresOn",
  有效期至: "expiresOn",
  名称: "name",
  标题: "name",
  信息名称: "name",
  文件名称: "name",
};

/** Endings of the titles of official texts. */
export const TITLE_ENDING =
  /(?:通知|公告|通告|公示|通报|办法|细则|规定|规程|规则|规范|条例|意见|方案|措施|政策|规划|计划|纲要|要点|指南|指引|须知|决定|决议|命令|令|函|批复|答复|报告|请示|章程|准则|标准|目录|清单|名单|解读|问答|实录|答记者问|一图读懂|流程|说明|倡议书|承诺书|协议|申请表|汇总表|登记表|评分表|推荐表|审批表|[一二三四五六七八九十\d]+条)$/;

/** Brackets after a title that belong to it or note its stage: （试行）, （2024-2026年）, （征求意见稿）. */
export const TITLE_TAIL = /[（(〔[【][^（()）]{1,24}[)）〕\]】]$/;

export function endsLikeTitle(text: string): boolean {
  let rest = closeGaps(text).replace(/[》”"]+$/, "");
  for (let round = 0; round < 3; round += 1)
    rest = rest
      .replace(TITLE_TAIL, "")
      .replace(/[》”"]+$/, "")
      .trim();
  return TITLE_ENDING.test(rest);
}
