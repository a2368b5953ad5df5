import type { ReadBlock, ReadDocument } from "../types.ts";
import { unusable } from "../unusable.ts";
import { countLetters } from "./page-dom.ts";

export interface PageYield {
  blocks: readonly ReadBlock[];
  html: string;
  hasFrames: boolean;
  pictures: number;
  attachments: ReadDocument["attachments"];
}

const MIN_LETTERS = 30;
const BY_HAND = "请在浏览器中打开网页，等正文显示后复制存为文本文件（.txt），或打印为 PDF，再提交。";

/** A page without a text says why. Throws AppError `unusable-input`. */
export function refuseEmptyPage(page: PageYield): void {
  const letters = page.blocks.reduce((sum, { text }) => sum + countLetters(text), 0);
  if (letters >= MIN_LETTERS) return;
  if (page.pictures > 0) {
    throw unusable(
      "the text is in pictures",
      "网页正文是图片。请把图片存下来（JPG、PNG）后直接提交图片，或提交 PDF 附件。",
    );
  }
  if (page.hasFrames) {
    throw unusable("the text is in a frame", `网页正文在框架页里，这个文件没有包含。${BY_HAND}`);
  }
  if (isShell(page.html)) {
    throw unusable("the text is loaded by scripts", `网页正文由脚本加载，这个文件里没有正文。${BY_HAND}`);
  }
  if (page.attachments.length > 0) {
    const names = page.attachments.slice(0, 3).map(({ name }) => `“${name}”`);
    throw unusable("only attachments", `网页里没有正文，只有附件：${names.join("、")}。请下载附件后提交。`);
  }
  if (letters === 0) throw unusable("a page without text", `网页里没有找到正文。${BY_HAND}`);
}

function isShell(html: string): boolean {
  const hasScript = /<script[\s>]/i.test(html);
  const isMount =
    /<(?:div|main|section)[^>]*\sid=["']?(?:app|root|__next|__nuxt|main-app|container)["']?[^>]*>\s*<\/(?:div|main|section)>/i;
  return hasScript && (isMount.test(html) || /<script[^>]*\ssrc=/i.test(html) || /<noscript/i.test(html));
}
