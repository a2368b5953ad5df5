import { unusable } from "../unusable.ts";

const AS_DOCX = "请用 Word 或 WPS 打开，另存为 .docx 后再提交。";
const AS_XLSX = "请用 Excel 或 WPS 打开，另存为 .xlsx 后再提交。";
const AS_PICTURE = "请转存为 JPG 或 PNG 图片后再提交。";

/** Kinds of files that are known and not read: what it is, and what the person does instead. */
const REFUSALS = {
  empty: ["", "文件是空的（0 字节）。请确认导出或保存完整后重试。"],
  program: ["可执行程序", "为安全起见不收程序文件，文件未被运行。请提交文档本身（docx、pdf、txt 等）。"],
  script: ["脚本程序", "为安全起见不收脚本文件，文件未被运行。请提交文档本身（docx、pdf、txt 等）。"],
  shortcut: ["快捷方式", "快捷方式里没有文件内容。请找到原文件后提交。"],
  archive: ["压缩包", "请先解压，再逐个提交里面的文件。"],
  disk: ["磁盘映像或安装包", "请提交文档本身（docx、pdf、txt 等）。"],
  pptx: ["演示文稿（PPT）", "请另存为 PDF，或把文字复制到 Word 后另存为 .docx 再提交。"],
  xls: ["旧版 Excel 表格（.xls）", AS_XLSX],
  xlsb: ["二进制 Excel 表格（.xlsb）", AS_XLSX],
  rtf: ["RTF 文件", AS_DOCX],
  wps: ["WPS 文字（.wps）", "请用 WPS 打开，另存为 .docx 后再提交。"],
  odt: ["OpenDocument 文件（odt、ods、odp）", "请用 Word 或 WPS 打开，另存为 .docx、.xlsx 或 PDF 后再提交。"],
  wordXml: ["XML 格式的 Word 文件", AS_DOCX],
  ofd: ["OFD 版式文件", "请用 OFD 阅读器打开，导出（或打印）为 PDF 后再提交。"],
  caj: ["CAJ 文件", "请用 CAJ 阅读器打开，打印为 PDF 后再提交。"],
  epub: ["电子书（EPUB）", "请转存为 PDF 或 .docx 后再提交。"],
  mail: ["邮件", "请提交邮件里的附件，或把正文复制为文本文件（.txt）。"],
  media: ["音频或视频", "请整理出文字稿，另存为 .docx 或 .txt 后再提交。"],
  heic: ["HEIC 照片", AS_PICTURE],
  otherImage: ["不支持的图片格式", AS_PICTURE],
  vector: ["矢量图或设计稿", "请导出为 PDF 或 PNG 后再提交。"],
  database: ["数据库文件", "请导出为 .xlsx 或 .csv 后再提交。"],
  xml: ["XML 数据文件", "请提交文档本身（docx、pdf、html、txt 等）。"],
  locked: ["设置了打开密码的 Office 文件", "请用 Office 或 WPS 打开，取消密码后另存，再提交。"],
  guarded: [
    "被本单位文档加密软件加密的文件",
    "只有装了该软件的电脑能打开。请先申请解密，或在能打开的电脑上另存为未加密的文件后再提交。",
  ],
  brokenZip: ["", "文件不完整或已损坏（压缩结构读不出来）。请重新下载或导出，能用 Word/Excel 打开后再提交。"],
  brokenCompound: [
    "",
    "文件不完整或已损坏，或不是 Word 文档。请用 Word 或 WPS 打开，另存为 .docx 后再提交。",
  ],
  unknown: [
    "",
    "认不出这是什么文件。可以提交的有：docx、doc、pdf、图片（JPG、PNG）、网页（html）、xlsx、csv、md、txt。",
  ],
} as const satisfies Record<string, readonly [name: string, advice: string]>;

export type Refusal = keyof typeof REFUSALS;

export function refuse(refusal: Refusal, detail?: string): never {
  const [name, advice] = REFUSALS[refusal];
  const what = name === "" ? "" : `这是${name}${detail ? `（${detail}）` : ""}，不能直接读取。`;
  throw unusable(`${refusal}${detail ? `: ${detail}` : ""}`, what + advice);
}
