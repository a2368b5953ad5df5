import type { Urgency } from "../../triage/index.ts";
import type { InboundMessage } from "../types.ts";
import { NUMBER } from "./read-asker-command.ts";
import { foldWidth } from "./ticket-words.ts";

export type WorkAct = "claim" | "release" | "ask" | "reply" | "close" | "return" | "note" | "undo-close";

/** What those who work on tickets want, by a button or typed. `ticket`: an id, or a number as typed. */
export type WorkCommand =
  | { do: "act"; act: WorkAct; ticket: string; task?: string; text: string }
  /** `target`: id or name of a department, account or name of a colleague. */
  | { do: "transfer"; ticket: string; task?: string; target: string; reason: string }
  | { do: "add-task"; ticket: string; target: string; text: string }
  | { do: "set-urgency"; ticket: string; urgency: Urgency; reason: string }
  | { do: "merge"; ticket: string; into: string }
  | { do: "card"; ticket: string }
  | { do: "list"; words: string }
  | { do: "my-work" }
  | { do: "templates"; ticket: string; template: string }
  | { do: "absence"; words: string }
  | { do: "help" };

const ACTS: ReadonlySet<string> = new Set<WorkAct>([
  ...(["claim", "release", "ask", "reply", "close", "return", "note", "undo-close"] as const),
]);

function isAct(name: string): name is WorkAct {
  return ACTS.has(name);
}

export function readWorkAction({
  name,
  values,
  form = {},
}: NonNullable<InboundMessage["action"]>): WorkCommand | undefined {
  const ticket = (values["ticket"] ?? "").trim();
  const text = (form["text"] ?? values["text"] ?? "").trim();
  const taskId = values["task"];
  const task = taskId === undefined || taskId === "" ? {} : { task: taskId };
  switch (name) {
    case "ticket.do": {
      const act = values["do"] ?? "";
      if (act === "transfer") {
        return { do: "transfer", ticket, ...task, target: (form["target"] ?? "").trim(), reason: text };
      }
      return isAct(act) ? { do: "act", act, ticket, ...task, text } : undefined;
    }
    case "ticket.card":
    case "ticket.show":
      return { do: "card", ticket };
    case "ticket.list":
      return { do: "list", words: (values["words"] ?? "").trim() };
    case "ticket.my-work":
      return { do: "my-work" };
    case "ticket.template":
      return { do: "templates", ticket, template: values["template"] ?? "" };
    default:
      return undefined;
  }
}

const VERBS: Readonly<Record<string, WorkAct>> = {
  认领: "claim",
  接单: "claim",
  放回: "release",
  取消认领: "release",
  追问: "ask",
  回复: "reply",
  答复: "reply",
  办结: "close",
  退回: "return",
  备注: "note",
  撤销办结: "undo-close",
};

const SEPARATOR = String.raw`(?:\s*[:：,，]\s*|\s+)`;
const WITH_REST = new RegExp(
  `^(?<verb>${Object.keys(VERBS).join("|")})\\s*${NUMBER}(?:${SEPARATOR}(?<rest>[\\s\\S]*))?$`,
  "u",
);
const TARGET = String.raw`(?:给|到|至)?\s*(?:@|＠)?(?<target>[^\s，,:：]{1,40})`;

type Groups = Readonly<Record<string, string | undefined>>;

const TYPED: readonly [RegExp, (groups: Groups) => WorkCommand][] = [
  [
    WITH_REST,
    ({ verb = "", ticket = "", rest = "" }) => ({
      do: "act",
      act: VERBS[verb] ?? "note",
      ticket,
      text: rest.trim(),
    }),
  ],
  [
    new RegExp(
      `^(?:转派|转给|转交)\\s*${NUMBER}\\s*${TARGET}(?:${SEPARATOR}(?:原因\\s*[:：是为]?\\s*)?(?<rest>[\\s\\S]*))?$`,
      "u",
    ),
    ({ ticket = "", target = "", rest = "" }) => ({ do: "transfer", ticket, target, reason: rest.trim() }),
  ],
  [
    new RegExp(`^(?:协办|会商)\\s*${NUMBER}\\s*${TARGET}(?:${SEPARATOR}(?<rest>[\\s\\S]*))?$`, "u"),
    ({ ticket = "", target = "", rest = "" }) => ({ do: "add-task", ticket, target, text: rest.trim() }),
  ],
  [
    new RegExp(
      `^(?:改紧急(?:程度)?|紧急程度|调整紧急程度)\\s*${NUMBER}\\s*(?:为|到)?\\s*(?<urgency>紧急|高|中|低)(?:${SEPARATOR}(?:原因\\s*[:：]?\\s*)?(?<rest>[\\s\\S]*))?$`,
      "u",
    ),
    ({ ticket = "", urgency = "中", rest = "" }) => ({
      do: "set-urgency",
      ticket,
      urgency: urgency as Urgency,
      reason: rest.trim(),
    }),
  ],
  [
    new RegExp(
      `^合并\\s*${NUMBER}\\s*(?:到|至|入|并入)\\s*(?:工单)?\\s*#?(?<into>\\d{8}-\\d{3,6}|\\d{3,6})$`,
      "u",
    ),
    ({ ticket = "", into = "" }) => ({ do: "merge", ticket, into }),
  ],
  [
    new RegExp(`^(?:工单|查看工单|查工单|查看|卡片|ticket|show)\\s*${NUMBER}$`, "iu"),
    ({ ticket = "" }) => ({ do: "card", ticket }),
  ],
  [/^(?<ticket>\d{8}-\d{3,6})$/u, ({ ticket = "" }) => ({ do: "card", ticket })],
  [
    /^(?:工单列表|工单清单|工单池|部门工单|全部工单)(?:[\s:：]+(?<rest>.{1,20}))?$/u,
    ({ rest = "" }) => ({ do: "list", words: rest.trim() }),
  ],
  [/^(?:我的待办|待办工单|我的待办工单|我在办的工单|我承办的工单)$/u, () => ({ do: "my-work" })],
  [
    new RegExp(`^(?:模板|答复模板|回复模板)\\s*${NUMBER}(?:\\s+(?<rest>\\S{1,40}))?$`, "u"),
    ({ ticket = "", rest = "" }) => ({ do: "templates", ticket, template: rest.trim() }),
  ],
  [/^(?:工单帮助|专员帮助|工单指令)$/u, () => ({ do: "help" })],
];

/** Leave of the one who speaks; what exactly, triage reads. */
const ABSENCE =
  /^(?:我(?:要|将|想|准备|申请)?.{0,24}?(?:休假|请假|休息|年假|病假|事假|婚假|产假|陪产|调休|外出|出差|离岗|脱产|不在)|(?:休假|请假)(?:登记|[:：\s])|我?(?:销假|取消休假|取消请假|提前(?:回来|上班|返岗)|回来上班了?|已返岗|返岗))/u;
const MAX_ABSENCE = 60;

export function readWorkWords(text: string): WorkCommand | undefined {
  const plain = foldWidth(text.trim());
  const short = plain.replace(/[。.!！~]+$/u, "");
  for (const [pattern, make] of TYPED) {
    const found = pattern.exec(pattern === WITH_REST ? plain : short);
    if (found) return make(found.groups ?? {});
  }
  const isAbsence = plain.length <= MAX_ABSENCE && ABSENCE.test(plain) && !/[?？吗]/u.test(plain);
  return isAbsence ? { do: "absence", words: plain } : undefined;
}

/** Words under a card: the ticket is known by where they stand. Without a verb they are the answer. */
export type ThreadWords =
  | { do: "act"; act: WorkAct; text: string }
  | { do: "transfer"; target: string; reason: string }
  | { do: "answer"; text: string };

const THREAD_VERB = new RegExp(
  `^(?<verb>${Object.keys(VERBS).join("|")})(?:${SEPARATOR}(?<rest>[\\s\\S]*))?$`,
  "u",
);
const THREAD_TRANSFER = new RegExp(
  `^转派\\s*${TARGET}(?:${SEPARATOR}(?:原因\\s*[:：是为]?\\s*)?(?<rest>[\\s\\S]*))?$`,
  "u",
);

export function readThreadWords(text: string): ThreadWords {
  const plain = foldWidth(text.trim());
  const verb = THREAD_VERB.exec(plain)?.groups;
  if (verb) return { do: "act", act: VERBS[verb["verb"] ?? ""] ?? "note", text: (verb["rest"] ?? "").trim() };
  const transfer = THREAD_TRANSFER.exec(plain)?.groups;
  if (transfer)
    return { do: "transfer", target: transfer["target"] ?? "", reason: (transfer["rest"] ?? "").trim() };
  return { do: "answer", text: plain };
}
