import { escapeHtml } from "./print-html.ts";
import type { Source } from "./source.ts";

type Site = (source: Source, content: readonly string[]) => string;

const field = (source: Source, name: string) => {
  const value = source.metadata[name];
  return Array.isArray(value) ? String(value[0] ?? "") : String(value ?? "");
};

/** The title that the page itself shows: of the notice where there is one. */
const titleOf = (source: Source) => escapeHtml(field(source, "titleOuter") || field(source, "title"));

const NAVIGATION = ["首页", "政务公开", "政务服务", "互动交流", "走进青禾"];
const SCRIPT = `<script type="text/javascript">var docId="1000017";document.write('<span>本文被改写</span>');function doZoom(size){document.getElementById('zoom').style.fontSize=size+'px';}</script>`;

const trs: Site = (source, content) => `<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="UTF-8">
<title>${titleOf(source)}_通知公告_青禾区人民政府</title>
<meta name="SiteName" content="青禾区人民政府"><meta name="ColumnName" content="通知公告">
<meta name="ArticleTitle" content="${titleOf(source)}">
<meta name="PubDate" content="${field(source, "publishedOn")} 09:30"><meta name="ContentSource" content="区科委">
<link rel="stylesheet" href="/css/main.css">${SCRIPT}</head>
<body><div class="header"><a href="/"><img src="/logo.png" alt="青禾区人民政府"></a><ul class="nav">${NAVIGATION.map((name) => `<li><a href="#">${name}</a></li>`).join("")}</ul>
<form action="/search"><input type="text" placeholder="请输入关键字"><button>搜索</button></form></div>
<div class="crumb">您所在的位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; <a href="/tzgg/">通知公告</a></div>
<div class="article"><h1 class="art-title">${titleOf(source)}</h1>
<div class="art-info"><span>发布时间：${field(source, "publishedOn")}</span><span>来源：区科委</span><span>浏览次数：<b id="hits">318</b></span><span>字体：[<a href="javascript:doZoom(18)">大</a> <a href="javascript:doZoom(16)">中</a> <a href="javascript:doZoom(14)">小</a>]</span></div>
<div class="share">分享到：<a title="微信">微信</a><a title="微博">微博</a></div>
<div id="zoom" class="TRS_UEDITOR trs_paper_default">${content.join("")}</div>
<div class="appendix"><ul><li><a href="./W020260417341234567890.doc">青禾区科普项目申报书.doc</a></li><li><a href="./W020260417341234567891.xls">项目经费预算表.xls</a></li></ul></div>
<div class="ewm"><img src="/qr.png" alt="二维码"><p>扫一扫在手机打开当前页</p></div>
<div class="btns"><a href="javascript:window.print()">【打印本页】</a><a href="javascript:window.close()">【关闭窗口】</a></div>
<div class="pn"><p>上一篇：<a href="#">关于举办科技政策宣讲会的通知</a></p><p>下一篇：<a href="#">关于公布2025年度绩效评价结果的通知</a></p></div></div>
<div class="footer"><p>主办：青禾区人民政府办公室　承办：青禾区大数据中心</p><p>云ICP备00000000号　网站标识码：0000000000　<a href="#">网站地图</a></p></div></body></html>
`;

/** The table of facts over the text in 政府信息公开 pages. */
const facts = (source: Source) => `<table class="xxgk-table" width="100%"><tbody>
<tr><td><b>索 引 号：</b></td><td>YX000-02-2024-0088</td><td><b>主题分类：</b></td><td>工业、交通/其他</td></tr>
<tr><td><b>发文机关：</b></td><td>${field(source, "issuers")}</td><td><b>成文日期：</b></td><td>${chineseDay(field(source, "signedOn"))}</td></tr>
<tr><td><b>标　　题：</b></td><td colspan="3">${titleOf(source)}</td></tr>
<tr><td><b>发文字号：</b></td><td>${field(source, "documentNumber")}</td><td><b>发布日期：</b></td><td>${chineseDay(field(source, "publishedOn"))}</td></tr>
</tbody></table>`;

const ucap =
  (withFacts: boolean): Site =>
  (source, content) =>
    `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>${titleOf(source)} - 云溪市人民政府门户网站</title></head>
<body><div id="top"><a href="#">无障碍阅读</a> | <a href="#">长者版</a> | <a href="#">登录</a></div>
<div class="position">当前位置：首页 &gt; 政府信息公开 &gt; 规范性文件</div>
<div class="main">${withFacts ? facts(source) : ""}
<h2 class="title"><!--<ucaptitle>-->${titleOf(source)}<!--</ucaptitle>--></h2>
<div class="xl-info">【字号：<a>大</a> <a>中</a> <a>小</a>】 <a>打印</a> <a>收藏</a></div>
<div class="pages_content" id="UCAP-CONTENT"><!--<ucapcontent>-->${content.join("")}<!--</ucapcontent>--></div>
<div class="related"><h4>相关解读</h4><ul><li><a href="#">一图读懂相关政策</a></li></ul></div></div>
<div class="foot">版权所有：云溪市人民政府办公厅 技术支持：云溪市大数据管理中心<br/>网站标识码0000000000 云公网安备 00000000000000号</div>${SCRIPT}</body></html>
`;

const hanweb: Site = (
  source,
  content,
) => `<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>云溪市经济和信息化局 政策解读 ${titleOf(source)}</title>
<meta name="pubdate" content="${field(source, "publishedOn")}"></head><body>
<div class="bt-nav">${NAVIGATION.map((name) => `<a href="#">${name}</a>`).join(" | ")}</div>
<table width="1000" align="center"><tr><td class="weizhi">当前位置：首页&nbsp;&gt;&gt;&nbsp;政策解读</td></tr>
<tr><td class="title" align="center"><!--<$[标题名称(html)]>begin-->${titleOf(source)}<!--<$[标题名称(html)]>end--></td></tr>
<tr><td align="center" class="bot">信息来源：法规处&nbsp;&nbsp;发布日期：${field(source, "publishedOn")}&nbsp;&nbsp;浏览次数：<script src="/count.js"></script></td></tr>
<tr><td id="zoom"><!--<$[信息内容]>begin-->${content.join("")}<!--<$[信息内容]>end--></td></tr></table>
<div class="xgwj"><p>相关文件</p><ul><li><a href="#">云溪市企业技术中心管理办法</a></li><li><a href="#">关于组织申报2025年市级企业技术中心的通知</a></li></ul></div>
<div id="foot">主办单位：云溪市经济和信息化局　地址：云溪市虚构路1号　邮编：000000</div></body></html>
`;

const layout: Site = (
  source,
  content,
) => `<html><head><meta charset="utf-8"><title>${titleOf(source)}</title></head>
<body bgcolor="#ffffff"><table width="980" border="0" cellspacing="0" align="center"><tr><td colspan="2"><img src="banner.gif" width="980" height="120"></td></tr>
<tr><td width="180" valign="top"><table><tr><td><a href="#">机构职能</a></td></tr><tr><td><a href="#">工作动态</a></td></tr><tr><td><a href="#">通知公告</a></td></tr></table></td>
<td width="800" valign="top"><table width="100%"><tr><td align="center"><font size="5" color="#990000"><b>${titleOf(source)}</b></font></td></tr>
<tr><td align="center"><font size="2">发布时间：${field(source, "publishedOn")}　　阅读：126次</font></td></tr>
<tr><td><font size="3">${content.join("")}</font></td></tr>
<tr><td align="right"><a href="#">[返回]</a> <a href="#">[打印]</a></td></tr></table></td></tr>
<tr><td colspan="2" align="center"><font size="2">青禾区科学技术委员会 版权所有　技术支持：青禾区信息中心</font></td></tr></table></body></html>
`;

const modern: Site = (
  source,
  content,
) => `<!doctype html><html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${titleOf(source)}</title><style>.article p{text-indent:2em}</style><script>window.__DATA__={"title":"${titleOf(source)}","content":"<p>脚本里的文字不是正文</p>"};</script></head>
<body><header><nav>${NAVIGATION.map((name) => `<a href="#">${name}</a>`).join("")}</nav></header>
<main><div class="breadcrumb"><a>首页</a>/<a>政策文件</a>/<span>正文</span></div>
<article class="article"><h1>${titleOf(source)}</h1><div class="meta"><time>${field(source, "publishedOn")} 14:05</time><span>来源：青禾发布</span></div>
${content.join("")}
<div class="tags">标签：<a>概念验证</a><a>成果转化</a></div></article>
<aside><h3>热门文章</h3><ol><li><a href="#">一文读懂青禾区人才政策</a></li><li><a href="#">青禾区科技创新券申领流程</a></li></ol></aside></main>
<footer>© 青禾区人民政府 版权所有 云ICP备00000000号</footer><script>console.log("loaded")</script></body></html>
`;

const word: Site = (
  source,
  content,
) => `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta charset="utf-8"><title>${titleOf(source)}-柏湾区人民政府</title><meta name="ArticleTitle" content="${titleOf(source)}"><meta name="PubDate" content="${field(source, "publishedOn")} 10:12:00"></head>
<body><div id="nav">${NAVIGATION.map((name) => `<a href="#">${name}</a>`).join("")}</div>
<div class="con"><div class="tit">${titleOf(source)}</div><div class="sub">发布日期：${field(source, "publishedOn")} 来源：区科技局 【字体：大 中 小】</div>
<div class="Custom_UnionStyle"><!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--><style>p.MsoNormal{margin:0}</style>
<div class=Section0 style='layout-grid:15.6pt'>${content.join("")}</div></div>
<div class="fj">附件下载：<a href="P020260706.docx">贴息申请表.docx</a></div></div>
<div class="links">友情链接：<select><option>云溪市人民政府</option><option>青禾区人民政府</option></select></div><div class="copy">柏湾区人民政府主办 网站标识码：0000000000</div></body></html>
`;

/** 2024-11-06 → 2024年11月06日, as such tables print it. */
function chineseDay(day: string): string {
  return day.replace(/^(\d+)-(\d+)-(\d+)$/, "$1年$2月$3日");
}

export const SITES: Readonly<Record<string, Site>> = {
  trs,
  ucap: ucap(false),
  "ucap-breaks": ucap(true),
  hanweb,
  layout,
  modern,
  word,
};
