import type { TicketEvent } from "../../triage/index.ts";
import type { ReplyBlock } from "../types.ts";
import { describeInstant } from "./describe-time.ts";
import { cut, nameDepartment } from "./ticket-words.ts";

const MAX_SHOWN = 6;

/** The latest of the log, as those who work on a ticket read it. */
export function writeLog(
  events: readonly TicketEvent[],
  names: Readonly<Record<string, string>>,
): ReplyBlock[] {
  const lines = events.flatMap((event) => {
    const what = describe(event, names);
    return what === undefined ? [] : [`${describeInstant(event.at)} ${what}${nameFiles(event)}`];
  });
  if (lines.length === 0) return [];
  const left = lines.length - MAX_SHOWN;
  const title = left > 0 ? `最近往来（前 ${left} 条略）：` : "往来记录：";
  return [{ type: "list", title, items: lines.slice(-MAX_SHOWN) }];
}

function nameFiles({ files }: TicketEvent): string {
  return files.length > 0 ? `（附件：${files.map(({ name }) => name).join("、")}）` : "";
}

function describe(
  { kind, byName, text, details }: TicketEvent,
  names: Readonly<Record<string, string>>,
): string | undefined {
  const who = byName ?? "专员";
  const quoted = text ? `：“${cut(text, 160)}”` : "";
  const reason = text ? `，原因：${cut(text, 160)}` : "";
  const to = typeof details["to"] === "string" ? nameDepartment(details["to"], names) : "其他部门";
  switch (kind) {
    case "claimed":
      return `${who}认领`;
    case "released":
      return `${who}放回待认领${reason}`;
    case "transferred":
      return `${who}转派${to}${reason}`;
    case "returned":
      return `${who}退回${reason}`;
    case "asked":
      return `${who}追问${quoted}`;
    case "replied":
      return `${who}答复${quoted}`;
    case "closed":
      return `${who}办结${quoted}`;
    case "close-undone":
      return `${who}撤销办结`;
    case "reopened":
      return `企业重新打开${quoted}`;
    case "cancelled":
      return `企业撤回${quoted}`;
    case "absorbed":
      return `并入另一工单${quoted}`;
    case "task-added":
      return `${who}请部门协办${reason}`;
    case "reclassified":
      return `${who}调整类别或紧急程度${reason}`;
    case "noted":
      return text ? `${who}备注${quoted}` : undefined;
    case "asker-said":
      return `企业补充${quoted}`;
    case "message-recalled":
      return "有一条消息被其发送人撤回";
    case "unassigned":
      return `承办人不在岗，放回待认领${reason}`;
    case "unreachable":
      return `部门无人可通知${reason}`;
    case "rated":
      return `企业评价${typeof details["score"] === "number" ? ` ${details["score"]} 分` : ""}${quoted}`;
    default:
      return undefined;
  }
}
