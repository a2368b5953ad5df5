import type { Command } from "commander";
import type { Actor } from "../access/index.ts";
import type { Application } from "../app.ts";
import { AppError } from "../shared/index.ts";
import type { ActOutcome, Ticket, TicketCommand, TicketListing, TicketView } from "../triage/index.ts";
import { lookAtDesk, runAtDesk } from "./open-publishing.ts";
import { addOperatorOptions, type OperatorOptions } from "./operator.ts";
import { addSharedOptions, type CommandContext, EXIT } from "./run-command.ts";
import { writeColumns } from "./write-columns.ts";

type Define = (name: string, description: string) => Command;

/** `tickets …`: what people handed over, for operators at the machine. What is told goes out when the service runs. */
export function addTicketsCommand(program: Command): void {
  const tickets = program.command("tickets").description("工单：转交给部门办理的诉求");
  const define: Define = (name, description) =>
    addOperatorOptions(addSharedOptions(tickets.command(name))).description(description);
  define("list", "工单列表，默认只列未办结的")
    .option("--all", "含已办结的")
    .option("--department <id>", "只列某部门的（部门编号见 desk show departments）")
    .option("--search <words>", "编号或内容中的字")
    .action((options: OperatorOptions & ListOptions) =>
      lookAtDesk(options, async ({ application, by, context }) =>
        printList(application, by, options, context),
      ),
    );
  define("show", "一张工单的内容、经过和时限")
    .argument("<ticket>", "工单编号，如 20261123-0007，或末几位")
    .action((ticket: string, options: OperatorOptions) =>
      lookAtDesk(options, async ({ application, by, context }) => {
        const view = await application.tickets.view(ticket, by);
        if (context.json) context.printJson(view);
        else context.print(writeView(view));
        return EXIT.done;
      }),
    );
  defineActions(define);
  define("faq", "由办结的工单起草常见问答（去除个人信息），待管理员审核")
    .argument("<ticket>", "工单编号")
    .action((ticket: string, options: OperatorOptions) =>
      runAtDesk(options, async ({ application, by, context }) => {
        context.printJson(await application.triage.office.draftFaq(ticket, by));
        return EXIT.done;
      }),
    );
}

interface ListOptions {
  all?: boolean;
  department?: string;
  search?: string;
}

interface Action {
  name: string;
  description: string;
  /** What the text after the ticket is. */
  text: string | null;
  toCommand(taskId: string, text: string): TicketCommand;
}

const ACTIONS: readonly Action[] = [
  { name: "claim", description: "认领", text: null, toCommand: (taskId) => ({ do: "claim", taskId }) },
  {
    name: "reply",
    description: "回复申请人",
    text: "回复内容",
    toCommand: (taskId, text) => ({ do: "reply", taskId, text }),
  },
  {
    name: "ask",
    description: "请申请人补充，等待期间不计时",
    text: "要补充什么",
    toCommand: (taskId, text) => ({ do: "ask", taskId, text }),
  },
  {
    name: "close",
    description: "办结",
    text: "办理结果",
    toCommand: (taskId, outcome) => ({ do: "close", taskId, outcome }),
  },
  {
    name: "return",
    description: "退回重新分派",
    text: "退回原因",
    toCommand: (taskId, reason) => ({ do: "return", taskId, reason }),
  },
  {
    name: "note",
    description: "内部备注，申请人看不到",
    text: "备注",
    toCommand: (taskId, text) => ({ do: "note", taskId, text }),
  },
];

function defineActions(define: Define): void {
  for (const { name, description, text, toCommand } of ACTIONS) {
    const command = define(name, description).argument("<ticket>", "工单编号");
    if (text !== null) command.argument("<text...>", text);
    command
      .option("--task <id>", "工单有几个事项时指明哪一个（编号见 tickets show）")
      .action((ticket: string, ...rest: unknown[]) => {
        const words = text === null ? [] : (rest[0] as string[]);
        const options = rest[text === null ? 0 : 1] as OperatorOptions & { task?: string };
        return act(ticket, options, (taskId) => toCommand(taskId, words.join(" ")));
      });
  }
  define("transfer", "转派给其他部门")
    .argument("<ticket>", "工单编号")
    .argument("<department>", "部门编号或名称")
    .argument("<reason...>", "转派原因")
    .option("--task <id>", "工单有几个事项时指明哪一个")
    .action(
      (ticket: string, department: string, reason: string[], options: OperatorOptions & { task?: string }) =>
        act(ticket, options, (taskId, application) => ({
          do: "transfer",
          taskId,
          to: { department: findDepartment(department, application) },
          reason: reason.join(" "),
        })),
    );
}

function act(
  wanted: string,
  options: OperatorOptions & { task?: string },
  toCommand: (taskId: string, application: Application) => TicketCommand,
): Promise<void> {
  return runAtDesk(options, async ({ application, by, context }) => {
    const { ticket } = await application.tickets.view(wanted, by);
    const command = toCommand(chooseTask(ticket, options.task), application);
    const key = `cli:${by.account}:${Date.now()}`;
    return printOutcome(await application.tickets.act(ticket.ticketId, command, by, key), context);
  });
}

function chooseTask({ tasks, number }: Ticket, wanted: string | undefined): string {
  const open = tasks.filter(({ state }) => state !== "closed" && state !== "cancelled");
  const found =
    wanted === undefined ? (open.length > 0 ? open : tasks) : tasks.filter(({ taskId }) => taskId === wanted);
  const [task] = found;
  if (task && found.length === 1) return task.taskId;
  throw new AppError({
    code: "usage",
    message: "which task is not clear",
    safeMessage: `工单 ${number} 有 ${tasks.length} 个事项，请用 --task 指明：${tasks.map(({ taskId, summary }) => `${taskId}（${summary.slice(0, 20)}）`).join("、")}。`,
  });
}

function findDepartment(words: string, { tickets }: Application): string {
  const { departments } = tickets.settings();
  const found = departments.find(({ id, name }) => id === words || name === words);
  if (found) return found.id;
  throw new AppError({
    code: "usage",
    message: `no department ${words}`,
    safeMessage: `没有部门“${words}”。可用：${departments.map(({ id, name }) => `${name}（${id}）`).join("、")}。`,
  });
}

function printOutcome(result: ActOutcome, context: CommandContext): number {
  if (context.json) context.printJson(result);
  else if (result.outcome === "refused") context.print(result.refusal.zh);
  else
    context.print(
      `${result.outcome === "unchanged" ? "没有变化" : "已办理"}：工单 ${result.ticket.number}，${result.ticket.status}`,
    );
  return result.outcome === "refused" ? EXIT.failed : EXIT.done;
}

async function printList(
  { tickets }: Application,
  by: Actor,
  { all, department, search }: ListOptions,
  context: CommandContext,
): Promise<number> {
  const filter = {
    ...(!all && { open: true }),
    ...(department && { department }),
    ...(search && { search }),
  };
  const found = await tickets.list({ ...filter, limit: 200 }, by);
  if (context.json) for (const listing of found) context.printJson(listing);
  else if (found.length === 0) context.print(all ? "没有工单。" : "没有未办结的工单。");
  else context.print(writeColumns(found.map(toRow)).join("\n"));
  return EXIT.done;
}

function toRow({ ticket, departmentNames, dueAt, breached }: TicketListing): string[] {
  const departments = [
    ...new Set(ticket.tasks.map(({ department }) => departmentNames[department] ?? department)),
  ];
  const due = dueAt === null ? "" : breached ? "已超时" : `${inShanghai(dueAt)} 前`;
  const text = ticket.text.replace(/\s+/gu, " ");
  return [ticket.number, ticket.status, ticket.urgency, departments.join("、"), due, text.slice(0, 40)];
}

function writeView({ ticket, events, departmentNames }: TicketView): string {
  const tasks = ticket.tasks.map(
    ({ taskId, department, state, assigneeName, summary, reason }) =>
      `  ${taskId}  ${departmentNames[department] ?? department}  ${STATES[state]}${assigneeName ? ` ${assigneeName}` : ""}  ${summary.slice(0, 40)}\n    ${reason}`,
  );
  const log = events.map(
    ({ at, byName, by, kind, text }) =>
      `  ${inShanghai(at)}  ${byName ?? nameOf(by, ticket)}  ${KINDS[kind]}${text ? `：${text}` : ""}`,
  );
  const { categoryName, reason } = ticket.classification;
  return [
    `工单 ${ticket.number}  ${ticket.status}  ${categoryName}  ${ticket.urgency}`,
    `内容：${ticket.text}`,
    `判断：${reason}`,
    ...(ticket.enterprise ? [`企业：${ticket.enterprise.name ?? "未具名"}`] : []),
    "事项：",
    ...tasks,
    "经过：",
    ...log,
  ].join("\n");
}

function nameOf(account: string, { asker }: Ticket): string {
  if (account === asker.account) return "提问人";
  return account.startsWith("system:") ? "系统" : account;
}

const KINDS: Readonly<Record<TicketView["events"][number]["kind"], string>> = {
  opened: "提交",
  claimed: "认领",
  released: "放回待认领",
  transferred: "转派",
  returned: "退回",
  asked: "追问",
  replied: "答复",
  closed: "办结",
  "close-undone": "撤销办结",
  reopened: "重新打开",
  cancelled: "撤回",
  merged: "合并",
  absorbed: "并入另一张工单",
  "task-added": "增加协办",
  reclassified: "调整类别或紧急程度",
  noted: "备注",
  "asker-said": "补充",
  "message-recalled": "撤回一条消息",
  reminded: "提醒",
  breached: "超时",
  rated: "评价",
  unreachable: "部门无人可通知",
  unassigned: "承办人不在岗，放回待认领",
};

const STATES = {
  queued: "待认领",
  claimed: "处理中",
  asking: "待企业补充",
  answered: "已回复",
  closed: "已办结",
  cancelled: "已撤回",
} as const;

/** `11-23 17:00`, Asia/Shanghai. */
function inShanghai(instant: string): string {
  const local = new Date(Date.parse(instant) + 8 * 60 * 60 * 1000).toISOString();
  return `${local.slice(5, 10)} ${local.slice(11, 16)}`;
}
