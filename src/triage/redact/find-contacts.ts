import type { PersonalSpan } from "./redact-types.ts";

const EMAIL =
  /[a-z0-9][a-z0-9._%+-]*\s?(?:@|\(at\)|\[at\]|艾特)\s?[a-z0-9-]+(?:\s?(?:\.|点)\s?[a-z0-9-]+)*\s?(?:\.|点)\s?[a-z]{2,}/gu;

const LINK = /(?:https?:\/\/|www\.)[^\s一-鿿，。；、“”‘’《》〔〕<>"']+/gu;
/** A public authority's page stays, unless something is handed over in it. */
const PUBLIC_PAGE = /^(?:https?:\/\/)?(?:[a-z0-9-]+\.)*gov\.cn(?:[/?#:]|$)/u;
const CREDENTIALS = /:\/\/[^/?#]*@|[?&#;](?:[^=&#]*)=/u;
/** Files and groups that are opened by whoever has the link. */
const SHARED =
  /(?:pan\.baidu|aliyundrive|alipan|weiyun|docs\.qq|kdocs|yuque|feishu\.cn|larksuite|larkoffice|dingtalk|qun\.qq|work\.weixin|u\.wechat|t\.me|meeting\.tencent|zoom\.us|notion\.so|dropbox|drive\.google|docs\.google|1drv)/u;
const OPAQUE = /(?=[a-z0-9_-]*\d)(?=[a-z0-9_-]*[a-z])[a-z0-9_-]{16,}/u;
const LONG_DIGITS = /\d{7,}/u;

const CHAT_WORD =
  "(?:企业微信|微信|薇信|威信|维信|wechat|weixin|v信|vx|wx|q{2}|钉钉|飞书|抖音|快手|小红书|telegram|whatsapp|line|skype|加我?[vq]|\\+v|加微|加薇)";
/** 微信号：abc_1234, 加V abc1234, QQ 12345. A word that follows by chance has neither digits nor a marker before it. */
const CHAT_IDS: readonly RegExp[] = [
  new RegExp(
    `${CHAT_WORD}\\s?(?:号码|账号|帐号|号|id|no\\.?)\\s?(?:[:是为叫]|is)?\\s?([a-z0-9][a-z0-9_-]{3,24})(?![a-z0-9_])`,
    "gu",
  ),
  new RegExp(`${CHAT_WORD}\\s?(?:[:是为叫]|is)\\s?([a-z0-9][a-z0-9_-]{3,24})(?![a-z0-9_])`, "gu"),
  /加(?:我|个|一下)?(?:微信|微|薇信|v信?|vx|wx|q{2})\s?:?\s?([a-z][a-z0-9_-]{5,19})(?![a-z0-9_])/gu,
  new RegExp(`${CHAT_WORD}\\s?([a-z0-9](?=[a-z_-]*\\d)[a-z0-9_-]{4,24})(?![a-z0-9_])`, "gu"),
];

/** Addresses of mail and chat, links that open something. Of folded text. */
export function findContacts(folded: string): PersonalSpan[] {
  const found: PersonalSpan[] = [];
  for (const { 0: text, index } of folded.matchAll(LINK)) {
    const link = text.replace(/[.,;:!?)\]}]+$/u, "");
    const handsOver = CREDENTIALS.test(link) || SHARED.test(link);
    if (handsOver || (!PUBLIC_PAGE.test(link) && (OPAQUE.test(link) || LONG_DIGITS.test(link)))) {
      found.push({ kind: "link", start: index, end: index + link.length, put: "〔链接〕" });
    }
  }
  for (const { 0: text, index } of folded.matchAll(EMAIL)) {
    found.push({ kind: "email", start: index, end: index + text.length, put: "〔邮箱〕" });
  }
  for (const pattern of CHAT_IDS) {
    for (const match of folded.matchAll(pattern)) {
      const id = match[1] ?? "";
      const start = match.index + match[0].length - id.length;
      found.push({ kind: "chat-id", start, end: start + id.length, put: "〔社交账号〕" });
    }
  }
  return found;
}

/** Places of public pages whose address holds long numbers; these stay whole. */
export function findPublicPages(folded: string): { start: number; end: number }[] {
  return [...folded.matchAll(LINK)]
    .filter(({ 0: text }) => PUBLIC_PAGE.test(text) && !CREDENTIALS.test(text))
    .map(({ 0: text, index }) => ({ start: index, end: index + text.length }));
}
