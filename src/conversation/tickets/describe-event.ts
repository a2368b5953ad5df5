import type { TicketEvent } from "../../triage/index.ts";
import { describeInstant } from "./describe-time.ts";
import { type Language, say } from "./ticket-parts.ts";
import { cut, nameDepartment } from "./ticket-words.ts";

type Names = Readonly<Record<string, string>>;

/** Undefined: nothing that the asker needs to know. */
export function describeEvent(event: TicketEvent, names: Names, language: Language): string | undefined {
  const what = nameEvent(event, names, language);
  if (what === undefined) return undefined;
  const files =
    event.files.length > 0
      ? say(
          language,
          `（附件：${event.files.map(({ name }) => name).join("、")}）`,
          ` (files: ${event.files.map(({ name }) => name).join(", ")})`,
        )
      : "";
  return `${describeInstant(event.at, language)} ${what}${files}`;
}

function nameEvent(
  { kind, byName, text, details }: TicketEvent,
  names: Names,
  language: Language,
): string | undefined {
  const who = byName ?? say(language, "专员", "a specialist");
  const words = text ? say(language, `：“${cut(text, 200)}”`, `: “${cut(text, 200)}”`) : "";
  const to = typeof details["to"] === "string" ? nameDepartment(details["to"], names) : "";
  switch (kind) {
    case "opened":
      return say(language, "您提交了工单", "you submitted the ticket");
    case "claimed":
      return say(language, `${who}已受理`, `${who} has taken it`);
    case "asked":
      return say(language, `${who}请您补充${words}`, `${who} asked${words}`);
    case "replied":
      return say(language, `${who}答复${words}`, `${who} answered${words}`);
    case "asker-said":
      return say(language, `您补充${words}`, `you wrote${words}`);
    case "transferred":
    case "returned":
      return to === ""
        ? say(language, "已转交更合适的部门办理", "passed on to a more fitting department")
        : say(language, `已转交${to}办理`, `passed on to ${to}`);
    case "released":
    case "unassigned":
    case "unreachable":
      return say(language, "正在重新安排承办人员", "another specialist is being found");
    case "task-added":
      return say(language, "增加了协办部门", "another department joined");
    case "closed":
      return say(language, `已办结${words}`, `closed${words}`);
    case "close-undone":
      return say(language, "办结已撤销，继续办理", "the close was undone; work goes on");
    case "reopened":
      return say(language, "已重新打开", "reopened");
    case "cancelled":
      return say(language, "您撤回了工单", "you withdrew the ticket");
    case "merged":
      return say(language, "已并入另一张工单，在那里继续办理", "merged into another ticket");
    case "message-recalled":
      return say(language, "有一条消息被撤回", "a message was taken back");
    case "rated":
      return say(language, "您作出了评价", "you rated it");
    default:
      return undefined;
  }
}
