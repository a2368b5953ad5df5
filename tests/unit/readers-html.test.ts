import { describe, expect, it } from "vitest";
import { BODY, BODY_TEXTS, readPage, TITLE, textsOf, writeArticle, writePage } from "../support/web-page.ts";

/** What follows the three standard paragraphs. */
const rest = async (body: string) => (await readPage(writeArticle(body))).blocks.slice(3);
const restTexts = async (body: string) => (await rest(body)).map(({ text }) => text);

const CHROME = `
<div class="top"><a href="/">首页</a> <a href="/zwgk">政务公开</a> <a href="/hd">互动交流</a></div>
<ul class="nav"><li><a href="/a">要闻动态</a></li><li><a href="/b">政策文件</a></li></ul>
<div class="breadcrumb">您当前的位置：<a>首页</a> &gt; <a>政务公开</a> &gt; <a>政策文件</a></div>`;
const TAIL = `
<div class="share">分享到：<a>微信</a><a>微博</a></div><p>【打印本页】【关闭窗口】</p>
<div class="ewm"><img src="q.png">扫一扫在手机打开当前页</div>
<div class="prev"><p>上一篇：<a href="/1">关于召开座谈会的通知</a></p><p>下一篇：<a href="/2">关于征集需求的通知</a></p></div>
<div class="right"><h3>热门文章</h3><ul><li><a href="/3">云川市召开科技大会</a></li></ul></div>
<div class="footer"><p>主办单位：云川市科技局　网站标识码：1234567890</p><p>云ICP备12345678号 云公网安备 12345678901234号</p></div>`;
const SCRIPT = `<script>document.write("<p>由脚本写入的一段文字，不应出现在正文中。</p>")</script><style>p{color:red}</style>`;

describe("readHtml: the article", () => {
  it.each([
    ["TRS", `<div class="TRS_Editor"><div class="TRS_Editor">${BODY}</div></div>`],
    ["UCAP", `<div id="UCAP-CONTENT">${BODY}</div>`],
    ["an element of UCAP", `<ucapcontent>${BODY}</ucapcontent>`],
    ["zoom", `<div id="Zoom">${BODY}</div>`],
    ["pages_content", `<div class="b12c pages_content" id="x">${BODY}</div>`],
    ["article-content", `<div class="article-content">${BODY}</div>`],
    ["Article_content", `<div class="Article_content" id="ivs_content">${BODY}</div>`],
    [
      "comments",
      `<div><!--ZJEG_RSS.content.begin-->${BODY}<!--ZJEG_RSS.content.end--><p><a>更多</a></p></div>`,
    ],
    [
      "two containers side by side",
      `<div class="TRS_Editor"><p>各区科技局：</p></div><div class="TRS_Editor">${BODY.replace("<p>各区科技局：</p>", "")}</div>`,
    ],
    ["no name", `<div class="qzx"><div class="mk">${BODY}</div></div>`],
    [
      "a layout table",
      `<table width="1000"><tr><td><img src="a.gif"></td></tr><tr><td><table><tr><td>${BODY}</td></tr></table></td></tr></table>`,
    ],
    ["a form around everything", `<form id="aspnetForm"><input type="hidden" value="x">${BODY}</form>`],
  ])("is found by %s, without what stands around it", async (_, container) => {
    const html = writePage(`${CHROME}<div class="main"><h1>${TITLE}</h1>${SCRIPT}${container}</div>${TAIL}`);
    const document = await readPage(html);
    expect(textsOf(document).filter((text) => text !== TITLE)).toEqual(BODY_TEXTS);
    expect(document).toMatchObject({ format: "html", paragraphs: "whole", pages: null, ocr: null });
    expect(document.fields.title).toBe(TITLE);
  });

  it("carries the title that stands over it, once", async () => {
    const over = await readPage(writePage(`<h1>${TITLE}</h1><div class="TRS_Editor">${BODY}</div>`));
    expect(over.blocks[0]).toEqual({ kind: "heading", text: TITLE, page: null, level: 1 });
    const within = await readPage(
      writePage(
        `<h1>${TITLE}</h1><div class="TRS_Editor"><p align="center"><b>${TITLE}</b></p>${BODY}</div>`,
      ),
    );
    expect(textsOf(within).filter((text) => text === TITLE)).toHaveLength(1);
  });

  it("keeps an article whose class sounds like a share bar", async () => {
    const document = await readPage(writePage(`<div class="share-content nav">${BODY}</div>`));
    expect(textsOf(document)).toEqual(BODY_TEXTS);
  });

  it("drops hidden elements, comments, and links to other pages at the end", async () => {
    const texts = await restTexts(`
      <p style="display: none">隐藏一</p><p hidden>隐藏二</p><div style="visibility:hidden">隐藏三</div><!-- 注释 -->
      <p style="font-size:0px">隐藏四</p><noscript>请启用脚本</noscript><template><p>模板</p></template>
      <p>相关链接：</p><ul><li><a href="/1">一图读懂创新券管理办法</a></li><li><a href="/2">政策解读</a></li></ul>`);
    expect(texts).toEqual([]);
  });

  it("knows the site's hosts from those of an event by the registration number beside", async () => {
    const hosts = "<p>主办单位：云川市科技局</p><p>承办单位：云川市生产力中心</p>";
    const texts = ["主办单位：云川市科技局", "承办单位：云川市生产力中心"];
    expect(await restTexts(hosts)).toEqual(texts);
    expect(await restTexts(`${hosts}<p>云ICP备12345678号</p>`)).toEqual([]);
  });

  it("keeps 相关链接 when text follows", async () => {
    expect(await restTexts("<p>相关政策</p><p>　　第三条 本办法自公布之日起施行，有效期两年。</p>")).toEqual([
      "相关政策",
      "第三条 本办法自公布之日起施行，有效期两年。",
    ]);
  });

  it.each([
    "【打印】 【关闭】",
    "打印本页 | 关闭窗口",
    "字体：[大 中 小]",
    "【字号：大 中 小】",
    "分享到：微信 微博",
    "用微信扫一扫",
    "扫一扫在手机打开当前页",
    "您所在的位置：首页 > 政务公开",
    "首页 > 政策文件 > 正文",
    "上一篇：无",
    "浏览次数：123次",
    "沪ICP备12345678号-1",
  ])("drops the line %s", async (line) => {
    expect(await restTexts(`<p>${line.replace(/>/g, "&gt;")}</p>`)).toEqual([]);
  });

  it.each([
    "第三条 打印的申请表应当加盖公章。",
    "分享经济平台企业可以申报。",
    "首页应当注明申报单位名称。",
    "字体：正文使用仿宋，标题使用小标宋。",
    "上一年度研发投入不低于五百万元；",
  ])("keeps the line %s", async (line) => {
    expect(await restTexts(`<p>${line}</p>`)).toEqual([line]);
  });
});

describe("readHtml: paragraphs", () => {
  it("parts them at line breaks and blocks, and joins what the source only wraps", async () => {
    expect(
      await restTexts(
        "<p>第三条 申报单位应当<br>（一）依法设立；<br/>（二）信用良好。</p><div>第四条 由市科技\n  局负责<span> 解释</span>。<div>第五条 略。</div>尾</div>",
      ),
    ).toEqual([
      "第三条 申报单位应当",
      "（一）依法设立；",
      "（二）信用良好。",
      "第四条 由市科技局负责 解释。",
      "第五条 略。",
      "尾",
    ]);
  });

  it("resolves entities and takes blanks of layout away", async () => {
    expect(
      await restTexts(
        "<p>&nbsp;&nbsp;&emsp;　　第三条&nbsp;&nbsp;&nbsp;支持&ldquo;专精特新&rdquo;&#20225;&#x4E1A;&amp;机构&#8203;。&nbsp;</p>",
      ),
    ).toEqual(["第三条 支持“专精特新”企业&机构。"]);
  });

  it("takes headings by element, and by centred or bold print", async () => {
    const blocks = await rest(`
      <h2>一、总则</h2><p align="center">第二章　支持标准</p><p><b>（一）申报条件</b></p><p><b>第三条</b> 略。</p>
      <p style="text-align:center">（2024年4月30日公布）</p><p align=center>云科规〔2024〕3号</p>
      <div align="center"><p>附则</p></div><p><strong>申报单位：</strong></p><p style="text-align:right">云川市科技局</p>`);
    expect(blocks.map(({ kind, text, level }) => [kind, text, level])).toEqual([
      ["heading", "一、总则", 2],
      ["heading", "第二章　支持标准", 1],
      ["heading", "（一）申报条件", 2],
      ["paragraph", "第三条 略。", undefined],
      ["paragraph", "（2024年4月30日公布）", undefined],
      ["paragraph", "云科规〔2024〕3号", undefined],
      ["heading", "附则", 1],
      ["paragraph", "申报单位：", undefined],
      ["paragraph", "云川市科技局", undefined],
    ]);
  });

  it("joins a heading broken into lines", async () => {
    expect(await restTexts("<h2>关于印发《云川市<br>科技创新券管理办法》的通知</h2>")).toEqual([
      "关于印发《云川市科技创新券管理办法》的通知",
    ]);
  });

  it("takes no bold print for headings on a page that is bold throughout", async () => {
    const document = await readPage(
      writePage(
        `<div id="zoom">${BODY.replace(/<p>/g, '<p style="font-weight:700">')}<p><b>短行</b></p></div>`,
      ),
    );
    expect(document.blocks.map(({ kind }) => kind)).toEqual([
      "paragraph",
      "paragraph",
      "paragraph",
      "paragraph",
    ]);
  });

  it("prints the numbers of lists", async () => {
    expect(
      await restTexts(`<ol><li>甲；</li><li>乙：<ol type="a"><li>子一；</li><li>子二。</li></ol></li><li value="7">丙。</li></ol>
        <ol start="3" style="list-style-type: cjk-ideographic"><li>丁；</li><li>戊。</li></ol>
        <ol reversed><li>己</li><li>庚</li></ol><ol style="list-style:none"><li>辛</li></ol>
        <ol><li>1、壬</li><li>（二）癸</li></ol><ul><li>无序</li></ul>`),
    ).toEqual(
      "1. 甲；|2. 乙：|a. 子一；|b. 子二。|7. 丙。|三、丁；|四、戊。|2. 己|1. 庚|辛|1、壬|（二）癸|无序".split(
        "|",
      ),
    );
  });
});

describe("readHtml: tables", () => {
  const rows = async (body: string) =>
    (await rest(body))
      .filter(({ kind }) => kind === "row")
      .map(({ text, table }) => [text, table?.isHeader, table?.header]);

  it("repeats merged cells and joins several header rows", async () => {
    const table = `<table border="1"><tr><td rowspan="2">类别</td><td colspan="2">标准</td></tr><tr><td>市级</td><td>区级</td></tr>
      <tr><td rowspan="2">成长</td><td>20万元</td><td>8万元</td></tr><tr><td>30万元</td><td>9万元</td></tr></table>`;
    const header = "类别 | 标准/市级 | 标准/区级";
    expect(await rows(table)).toEqual([
      ["类别 | 标准", true, header],
      ["类别 | 市级 | 区级", true, header],
      ["成长 | 20万元 | 8万元", false, header],
      ["成长 | 30万元 | 9万元", false, header],
    ]);
  });

  it("takes thead and th for the header, and counts tables", async () => {
    const table = (name: string) =>
      `<table><thead><tr><th>${name}</th><th>数</th></tr></thead><tbody><tr><td>甲</td><td>1</td></tr></tbody></table>`;
    const blocks = (await rest(table("名") + table("称"))).filter(({ kind }) => kind === "row");
    expect(blocks.map(({ text, table: place }) => [text, place?.id, place?.row, place?.isHeader])).toEqual([
      ["名 | 数", 1, 0, true],
      ["甲 | 1", 1, 1, false],
      ["称 | 数", 2, 0, true],
      ["甲 | 1", 2, 1, false],
    ]);
  });

  it("puts a cell on one line and a bar in it apart", async () => {
    expect(
      (
        await rows(
          "<table><tr><td><p>序</p><p>号</p></td><td>内容</td></tr><tr><td>1</td><td>甲|乙<br>丙</td></tr></table>",
        )
      ).map(([text]) => text),
    ).toEqual(["序号 | 内容", "1 | 甲｜乙；丙"]);
  });

  it("survives spans without measure", async () => {
    expect(
      (
        await rows(
          '<table><tr><td rowspan="99999999" colspan="99999999">甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>',
        )
      ).length,
    ).toBe(2);
  });

  it("reads a table of one column as paragraphs", async () => {
    const blocks = await rest("<table><tr><td>第三条 略。</td></tr><tr><td>第四条 略。</td></tr></table>");
    expect(blocks.map(({ kind, text }) => [kind, text])).toEqual([
      ["paragraph", "第三条 略。"],
      ["paragraph", "第四条 略。"],
    ]);
  });
});
