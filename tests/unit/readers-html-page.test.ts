import { describe, expect, it } from "vitest";
import { AppError } from "../../src/shared/index.ts";
import { encodeGb18030 } from "../support/gb18030.ts";
import {
  BODY,
  BODY_TEXTS,
  PROSE,
  readPage,
  TITLE,
  textsOf,
  writeArticle,
  writePage,
} from "../support/web-page.ts";

async function refusalOf(source: string | Uint8Array): Promise<string> {
  const thrown = await readPage(source).catch((error: unknown) => error);
  if (thrown instanceof AppError && thrown.code === "unusable-input") return thrown.safeMessage;
  throw new Error(`no refusal: ${JSON.stringify(thrown)}`);
}

describe("readHtml: what the page says of the document", () => {
  const META = `<meta name="ArticleTitle" content="${TITLE}"><meta name="PubDate" content="2024-05-06 10:00">
    <meta name="ContentSource" content="市科技局"><meta name="description" content="摘要">`;

  it("takes meta elements", async () => {
    expect((await readPage(writePage(BODY, META))).fields).toEqual({
      title: TITLE,
      publishedOn: "2024-05-06 10:00",
      source: "市科技局",
      other: { 描述: "摘要" },
    });
  });

  it.each([
    [
      "a table",
      `<table><tr><td>索 引 号：</td><td>YC1/2024-1</td><td>文　　号：</td><td>云科规〔2024〕3号</td></tr><tr><td>发文机关</td><td>市科技局</td><td>发布日期</td><td>2024年05月06日</td></tr></table>`,
    ],
    [
      "a table inside the article",
      `<div class="pages_content"><table><tr><th>索引号</th><td>YC1/2024-1</td></tr><tr><th>文号</th><td>云科规〔2024〕3号</td></tr><tr><th>发文机关</th><td>市科技局</td></tr><tr><th>发布日期</th><td>2024年05月06日</td></tr></table>${BODY}</div>`,
    ],
    [
      "a list",
      `<ul><li><b>索引号：</b><span>YC1/2024-1</span></li><li><b>文号：</b>云科规〔2024〕3号</li><li>发文机关：市科技局</li><li>发布日期：2024年05月06日</li></ul>`,
    ],
    [
      "one line",
      `<div>索引号：YC1/2024-1 文号：云科规〔2024〕3号　发文机关：市科技局 发布日期：2024年05月06日 浏览次数：<span>7</span> 【字体：<a>大</a> <a>中</a>】</div>`,
    ],
    [
      "definition lists",
      `<dl><dt>索引号：</dt><dd>YC1/2024-1</dd><dt>文号：</dt><dd>云科规〔2024〕3号</dd><dt>发文机关：</dt><dd>市科技局</dd><dt>发布日期：</dt><dd>2024年05月06日</dd></dl>`,
    ],
  ])("takes particulars from %s", async (_, particulars) => {
    const isWhole = particulars.includes("pages_content");
    const document = await readPage(
      writePage(`<h1>${TITLE}</h1>${particulars}${isWhole ? "" : `<div id="zoom">${BODY}</div>`}`),
    );
    expect(document.fields).toEqual({
      title: TITLE,
      documentNumber: "云科规〔2024〕3号",
      publishedOn: "2024年05月06日",
      other: { 索引号: "YC1/2024-1", 发文机关: "市科技局" },
    });
    expect(textsOf(document)).toEqual([TITLE, ...BODY_TEXTS]);
  });

  it.each([
    ["a heading", `<h1>${TITLE}</h1><h2>发布日期：2024-05-06 印发日期：2024-04-30</h2>`],
    [
      "an element named for it",
      `<div id="ivs_title">${TITLE}</div><h2>（2024-05-06）发布日期：2024-05-06</h2>`,
    ],
  ])("takes the title from %s when the window says only the site", async (_, above) => {
    const html = writePage(`${above}<div id="ivs_content">${BODY}</div>`).replace(
      /<title>.*<\/title>/,
      "<title>云川市</title>",
    );
    const document = await readPage(html);
    expect(document.fields.title).toBe(TITLE);
    expect(textsOf(document)).toEqual([TITLE, ...BODY_TEXTS]);
  });

  it("lists attachments with absolute addresses when it knows where the page is from", async () => {
    const links = `<p>附件：1.<a href="./P01.docx">申请表</a></p><p>2.<a href="/f/%E6%8C%87%E5%8D%97.pdf" title="申报指南.pdf">点击下载</a></p>
      <p><a href="/down.do?id=1">汇总表.xlsx</a></p><p><a href="/other.html">办事指南</a></p><p><a href="javascript:x('a.pdf')">a.pdf</a></p>`;
    const beside = `<div class="fujian"><a href="/z.zip">材料包</a></div><div class="side"><a href="/x.pdf">广告</a></div>`;
    const html = writePage(`<div id="zoom">${BODY}${links}</div>${beside}`);
    expect((await readPage(html, "https://kj.yunchuan.gov.cn/a/b.html")).attachments).toEqual([
      { name: "申请表", url: "https://kj.yunchuan.gov.cn/a/P01.docx" },
      { name: "申报指南.pdf", url: "https://kj.yunchuan.gov.cn/f/%E6%8C%87%E5%8D%97.pdf" },
      { name: "汇总表.xlsx", url: "https://kj.yunchuan.gov.cn/down.do?id=1" },
      { name: "材料包", url: "https://kj.yunchuan.gov.cn/z.zip" },
    ]);
    expect((await readPage(html)).attachments[0]).toEqual({ name: "申请表" });
    const saved = html.replace(
      "<html>",
      "<!-- saved from url=(0040)https://kj.yunchuan.gov.cn/a/b.html --><html>",
    );
    expect((await readPage(saved)).attachments[0]?.url).toBe("https://kj.yunchuan.gov.cn/a/P01.docx");
  });
});

describe("readHtml: as pages come", () => {
  it.each([
    ["UTF-8 without a word of it", Buffer.from(writeArticle(""))],
    [
      "UTF-8 that says GB 2312",
      Buffer.from(writeArticle("").replace("<title>", '<meta charset="gb2312"><title>')),
    ],
    [
      "GB18030 that says so",
      encodeGb18030(
        writeArticle("").replace(
          "<title>",
          '<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>',
        ),
      ),
    ],
    ["GB18030 without a word of it", encodeGb18030(writeArticle(""))],
    [
      "GB18030 that says UTF-8",
      encodeGb18030(writeArticle("").replace("<title>", '<meta charset="utf-8"><title>')),
    ],
    ["UTF-16", Buffer.from(`\ufeff${writeArticle("")}`, "utf16le")],
    [
      "UTF-8 with a broken character",
      Buffer.concat([
        Buffer.from(writeArticle("").replace("<title>", '<meta charset="utf-8"><title>')),
        Buffer.from([0xe4, 0xb8]),
      ]),
    ],
  ])("reads %s", async (_, bytes) => {
    expect(textsOf(await readPage(bytes)).slice(0, 3)).toEqual(BODY_TEXTS);
  });

  it.each([
    [
      "quoted-printable",
      (html: string) =>
        [...Buffer.from(html)]
          .map((byte) => `=${byte.toString(16).padStart(2, "0").toUpperCase()}`)
          .join("")
          .replace(/(.{72})/g, "$1=\r\n"),
    ],
    [
      "base64",
      (html: string) =>
        Buffer.from(html)
          .toString("base64")
          .replace(/(.{76})/g, "$1\r\n"),
    ],
  ])("reads a page saved in one file, %s", async (encoding, encode) => {
    const mhtml = `From: <Saved by Blink>\r\nSnapshot-Content-Location: https://kj.yunchuan.gov.cn/a/b.html\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----B"\r\n\r\n------B\r\nContent-Type: text/css\r\n\r\np{}\r\n------B\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${encode(writeArticle('<p><a href="x.pdf">附件.pdf</a></p>'))}\r\n------B--`;
    const document = await readPage(mhtml);
    expect(textsOf(document).slice(0, 3)).toEqual(BODY_TEXTS);
    expect(document.attachments).toEqual([{ name: "附件.pdf", url: "https://kj.yunchuan.gov.cn/a/x.pdf" }]);
  });

  it("reads a piece of source without a page around it", async () => {
    expect(textsOf(await readPage(BODY))).toEqual(BODY_TEXTS);
  });

  it.each([
    [
      "a shell",
      `<html><body><div id="app"></div><script src="/static/app.js"></script></body></html>`,
      /由脚本加载.*浏览器/,
    ],
    [
      "a shell with a hint",
      `<html><body><noscript>请启用 JavaScript</noscript><script>load()</script></body></html>`,
      /由脚本加载/,
    ],
    ["a frame", `<html><body><iframe src="/zw.html"></iframe></body></html>`, /框架页/],
    [
      "pictures",
      `<html><body><div id="zoom"><img src="1.jpg"><img src="2.jpg"></div></body></html>`,
      /正文是图片.*提交图片/,
    ],
    [
      "attachments only",
      `<html><body><div id="zoom"><a href="a.pdf">通知.pdf</a></div></body></html>`,
      /只有附件：“通知\.pdf”/,
    ],
    ["nothing", `<html><body></body></html>`, /没有找到正文/],
    [
      "MHTML without a page",
      `MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/css\r\n\r\np{}\r\n--b--`,
      /MHTML/,
    ],
    ["depth without end", `<html><body>${"<div>".repeat(200_000)}${PROSE}`, /嵌套过深/],
    ["depth", `<html><body>${"<div>".repeat(1_000)}${PROSE}`, /嵌套过深/],
  ])("refuses %s and says what to do", async (_, html, expected) => {
    expect(await refusalOf(html)).toMatch(expected);
  });

  it("says that pictures were not read", async () => {
    const document = await readPage(writeArticle('<p><img src="1.jpg"><img src="icon.png" width="16"></p>'));
    expect(document.warnings).toEqual(["正文含 1 张图片，图片里的文字没有读取。"]);
  });
});

describe("readHtml: articles that scripts uncover, titles in bare print", () => {
  it("reads an article that is invisible until its script has loaded", async () => {
    const page = `<html><body><h1>${TITLE}</h1><div id="js_content" style="visibility: hidden; opacity: 0">${BODY}<p>点击“阅读原文”查看详情</p></div><div style="visibility:hidden">提示窗口</div></body></html>`;
    const texts = (await readPage(page)).blocks.map(({ text }) => text);
    expect(texts).toEqual([TITLE, ...BODY_TEXTS]);
  });

  it("takes the line over the article that the window's title holds", async () => {
    const page = `<html><head><title>某某市政府 ${TITLE}</title></head><body><table><tr><td><font size="5"><b>${TITLE}</b></font></td></tr><tr><td><div id="zoom">${BODY}</div></td></tr></table></body></html>`;
    const { blocks, fields } = await readPage(page);
    expect(fields.title).toBe(TITLE);
    expect(blocks[0]?.text).toBe(TITLE);
  });

  it("leaves out the running heads of a document that a word processor saved as a page", async () => {
    const page = `<html><body><div title="header"><p>某某市公报</p></div><p>${TITLE}</p>${BODY}<div style="mso-element: footer"><p>第 1 页</p></div><div title="footer"><p>— <sdfield>1</sdfield> —</p></div></body></html>`;
    expect((await readPage(page)).blocks.map(({ text }) => text)).toEqual([TITLE, ...BODY_TEXTS]);
  });

  it("takes breaks of the source beside Chinese characters for no blanks", async () => {
    const page = `<html><body><h1>${TITLE}</h1><div class="TRS_Editor">${BODY}<p>自2025年\n5月1日起，支持AI\n技术与 Digital\nTwin 研发。</p></div></body></html>`;
    expect((await readPage(page)).blocks.at(-1)?.text).toBe(
      "自2025年5月1日起，支持AI技术与 Digital Twin 研发。",
    );
  });
});
