export type Language = "zh" | "en";

/** What the interface says when it refuses: what happened and the next step. */
const WORDS = {
  malformed: {
    zh: "消息格式不正确，请刷新页面后重试。",
    en: "The message could not be read. Please reload the page and try again.",
  },
  "too-fast": {
    zh: "发送得有些频繁，请约一分钟后再试。",
    en: "You are sending too fast. Please try again in about a minute.",
  },
  "too-many-pages": {
    zh: "打开的页面过多，请关闭其他贤策页面后重试。",
    en: "Too many pages are open. Please close some of them and try again.",
  },
  "no-session": {
    zh: "会话已失效，请刷新页面；若仍如此，请允许浏览器保存本站的 Cookie。",
    en: "The session has ended. Please reload the page; if it happens again, allow this site to keep cookies.",
  },
  "signed-out": {
    zh: "登录已失效，请刷新页面后重新登录。",
    en: "You are no longer signed in. Please reload the page and sign in again.",
  },
  foreign: {
    zh: "请求来自其他网站，未被接受。请在本站页面内操作。",
    en: "The request came from another site and was not accepted. Please use this site's own pages.",
  },
  "body-too-large": {
    zh: "请求内容过大，请缩短后重试。",
    en: "The request is too large. Please shorten it and try again.",
  },
  "no-file": {
    zh: "没有收到文件，请重新选择后发送。",
    en: "No file arrived. Please choose it again and send it.",
  },
  "empty-file": {
    zh: "文件没有内容，请检查后重新发送。",
    en: "The file is empty. Please check it and send it again.",
  },
  "file-too-large": {
    zh: "单个文件不能超过 30 MB，本次发送未被接收。请压缩或拆分后重新发送。",
    en: "A file may have up to 30 MB; nothing of this message was taken. Please make it smaller or split it.",
  },
  "too-many-files": {
    zh: "一次最多发送 5 个文件，本次发送未被接收。请分次发送。",
    en: "Up to 5 files can be sent at once; nothing of this message was taken. Please send them in parts.",
  },
  "files-waiting": {
    zh: "您之前发送的文件还在处理，请稍候再发送。",
    en: "Your earlier files are still being read. Please wait a little before sending more.",
  },
  "files-full": {
    zh: "当前待处理的文件较多，暂时不能接收，请几分钟后重试。",
    en: "Many files are waiting to be read. Please try again in a few minutes.",
  },
  "cut-off": {
    zh: "文件没有传完，请检查网络后重新发送。",
    en: "The file did not arrive completely. Please check the connection and send it again.",
  },
} as const satisfies Record<string, Record<Language, string>>;

export type Word = keyof typeof WORDS;

export function choose(word: Word, language: Language): string {
  return WORDS[word][language];
}

/** What a request asks for; without a word of its own what the browser prefers, Chinese when it says neither. */
export function readLanguage(
  asked: unknown,
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Language {
  if (asked === "zh" || asked === "en") return asked;
  const preferred = String(headers["accept-language"] ?? "").match(/\b(?:zh|en)\b/i)?.[0];
  return preferred?.toLowerCase() === "en" ? "en" : "zh";
}
