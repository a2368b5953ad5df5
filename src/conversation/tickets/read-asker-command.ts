import type { InboundMessage } from "../types.ts";
import type { RequestEdit, RequestForm } from "./submit-request.ts";
import { foldWidth } from "./ticket-words.ts";

/** What an asker wants of their tickets, by a button or typed. `ticket`: an id, or a number as typed. */
export type AskerCommand =
  | { do: "start"; question: string }
  | { do: "submit"; request?: string; form: RequestForm }
  | { do: "drop"; request?: string }
  | { do: "add-to"; request?: string; ticket: string; form: RequestForm }
  | { do: "edit"; change: RequestEdit }
  | { do: "mine" }
  | { do: "show"; ticket: string }
  | { do: "add"; ticket: string }
  | { do: "say"; ticket: string; text: string }
  | { do: "withdraw"; ticket: string; reason: string }
  | { do: "reopen"; ticket: string; reason: string }
  | { do: "rate"; ticket: string; score: number; comment: string }
  | { do: "ask-bot"; question: string };

export function readAskerAction({
  name,
  values,
  form = {},
}: NonNullable<InboundMessage["action"]>): AskerCommand | undefined {
  if (name === "match.specialist") return { do: "start", question: "" };
  if (!name.startsWith("ticket.")) return undefined;
  const read = (key: string) => (form[key] ?? values[key] ?? "").trim();
  const ticket = (values["ticket"] ?? "").trim();
  const request = values["request"];
  const asked = request === undefined ? {} : { request };
  switch (name.slice("ticket.".length)) {
    case "start":
      return { do: "start", question: read("question") };
    case "submit":
      return { do: "submit", ...asked, form };
    case "drop":
      return { do: "drop", ...asked };
    case "add-to":
      return { do: "add-to", ...asked, ticket, form };
    case "mine":
      return { do: "mine" };
    case "show":
    case "add":
      return { do: name === "ticket.show" ? "show" : "add", ticket };
    case "say":
      return { do: "say", ticket, text: read("text") };
    case "withdraw":
      return { do: "withdraw", ticket, reason: read("text") };
    case "reopen":
      return { do: "reopen", ticket, reason: read("text") };
    case "rate":
      return { do: "rate", ticket, score: Number(values["score"]), comment: read("comment") };
    case "ask-bot":
      return { do: "ask-bot", question: read("question") };
    default:
      return undefined;
  }
}

export const NUMBER = String.raw`(?:工单|ticket)?\s*[#＃]?\s*(?<ticket>\d{8}-\d{3,6}|(?!20\d\d\s*年)\d{3,6}(?!\d))`;
const REST = String.raw`(?:[\s:：,，。]+(?<rest>[\s\S]*))?`;

type Groups = Readonly<Record<string, string | undefined>>;

const TYPED: readonly [RegExp, (groups: Groups) => AskerCommand][] = [
  [/^(?:提交|确认提交|确认转交|确定提交|submit)$/iu, () => ({ do: "submit", form: {} })],
  [/^(?:另提一单|submit as new)$/iu, () => ({ do: "submit", form: {} })],
  [
    /^(?:(?:算了|那就?|先|还是)*(?:取消|不转|不用|不要|不提交|不找|不需要)(?:转交|提交|吧|了)*|算了吧?|cancel(?: it)?|never ?mind|forget it)$/iu,
    () => ({ do: "drop" }),
  ],
  [
    /^(?:不|别|不要|不想|先不)(?:留|提供|给|填|写)(?:我的)?(?:电话|手机号?|联系方式|号码)了?$|^(?:删掉|去掉|删除|清空)(?:我的)?(?:电话|手机号?|联系方式|号码)$/iu,
    () => ({ do: "edit", change: { edit: "contact", contact: "" } }),
  ],
  [
    /^(?:改成|改为|修改为|内容改成|内容改为|change to|change it to)\s*[:：]?\s*(?<rest>[\s\S]+)$/iu,
    ({ rest = "" }) => ({ do: "edit", change: { edit: "text", text: rest.trim() } }),
  ],
  [
    /^(?:电话|手机|手机号|联系方式|联系电话|微信|邮箱|phone|contact|email)\s*(?:是|为|[:：])?\s*(?=.*[\dA-Za-z@])(?<rest>[^\s?？][^?？]{2,100})$/iu,
    ({ rest = "" }) => ({ do: "edit", change: { edit: "contact", contact: rest.trim() } }),
  ],
  [
    /^(?:不提供|不要提供|别提供)企业概况$|^(?:no|without) profile$/iu,
    () => ({ do: "edit", change: { edit: "share", share: false } }),
  ],
  [
    /^(?:提供|可以提供)企业概况$|^with profile$/iu,
    () => ({ do: "edit", change: { edit: "share", share: true } }),
  ],
  [
    new RegExp(`^(?:补充到|加到|并入|add to)\\s*${NUMBER}$`, "iu"),
    ({ ticket = "" }) => ({ do: "add-to", ticket, form: {} }),
  ],
  [
    /^(?:我的工单|我的工单列表|查看我的工单|工单|工单进度|进度|我的进度|查看进度|查进度|工单进展|我的诉求|我提交的工单|my tickets?|ticket status)$/iu,
    () => ({ do: "mine" }),
  ],
  [
    new RegExp(
      `^(?:工单|进度|查看|查看工单|查询工单|查工单|工单进度|查看进度|ticket|show)\\s*${NUMBER}(?:\\s*的?(?:进度|进展|情况))?$`,
      "iu",
    ),
    ({ ticket = "" }) => ({ do: "show", ticket }),
  ],
  [/^(?<ticket>\d{8}-\d{3,6})$/u, ({ ticket = "" }) => ({ do: "show", ticket })],
  [
    new RegExp(`^(?:补充|补充工单|add)\\s*${NUMBER}${REST}$`, "iu"),
    ({ ticket = "", rest = "" }) =>
      rest.trim() === "" ? { do: "add", ticket } : { do: "say", ticket, text: rest.trim() },
  ],
  [
    new RegExp(`^(?:撤回|撤销|取消|withdraw)\\s*${NUMBER}${REST}$`, "iu"),
    ({ ticket = "", rest = "" }) => ({ do: "withdraw", ticket, reason: rest.trim() }),
  ],
  [
    new RegExp(`^(?:重新打开|重开|继续办理|reopen)\\s*${NUMBER}${REST}$`, "iu"),
    ({ ticket = "", rest = "" }) => ({ do: "reopen", ticket, reason: rest.trim() }),
  ],
  [
    new RegExp(`^(?:评价|评分|打分|rate)\\s*${NUMBER}[\\s:：,，]+(?<score>\\d{1,2})\\s*分?${REST}$`, "iu"),
    ({ ticket = "", score = "", rest = "" }) => ({
      do: "rate",
      ticket,
      score: Number(score),
      comment: rest.trim(),
    }),
  ],
  [
    /^(?:@?(?:问|请问)贤策|问(?:一下)?机器人|问(?:一下)?政策助手|ask (?:the )?bot|ask xiance)(?=[\s,，:：。、]|$)[\s,，:：。、]*(?<rest>[\s\S]*)$/iu,
    ({ rest = "" }) => ({ do: "ask-bot", question: rest.trim() }),
  ],
  [/^(?:问贤策|问机器人)(?<rest>[\s\S]+)$/u, ({ rest = "" }) => ({ do: "ask-bot", question: rest.trim() })],
];

export function readAskerWords(text: string): AskerCommand | undefined {
  const plain = foldWidth(text.trim()).replace(/^[/]/u, "");
  const short = plain.replace(/[。.!！~～]+$/u, "").trim();
  for (const [pattern, make] of TYPED) {
    const groups = pattern.exec(short)?.groups ?? (pattern.test(short) ? {} : undefined);
    if (groups) return make(groups);
  }
  return undefined;
}
