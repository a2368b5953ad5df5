import type { Command } from "commander";
import type { Application } from "../app.ts";
import { AppError } from "../shared/index.ts";
import type { Department, SettingsPart } from "../triage/index.ts";
import { lookAtDesk, runAtDesk } from "./open-publishing.ts";
import { addOperatorOptions, type OperatorOptions } from "./operator.ts";
import { addSharedOptions, EXIT } from "./run-command.ts";

type Define = (name: string, description: string) => Command;

const PARTS: readonly SettingsPart[] = ["departments", "routing", "sla", "calendar", "templates", "dutyLine"];

/** `desk …`: departments, routing table, terms, calendar and figures of the service desk. */
export function addDeskCommand(program: Command): void {
  const desk = program.command("desk").description("服务台：部门与分派表、办理时限、统计、知识缺口");
  const define: Define = (name, description) =>
    addOperatorOptions(addSharedOptions(desk.command(name))).description(description);
  defineSettings(define);
  defineDepartments(define);
  defineFigures(define);
}

function defineSettings(define: Define): void {
  define("show", "现行设置（YAML）及其问题")
    .argument("[part]", `${PARTS.join("、")}，缺省为全部`)
    .action((part: string | undefined, options: OperatorOptions) =>
      lookAtDesk(options, async ({ application, by, context }) => {
        const view = await application.triage.settings.show(by);
        const shown =
          part === undefined ? view.settings : { [readPart(part)]: view.settings[readPart(part)] };
        if (context.json) {
          context.printJson({ ...view, settings: shown });
          return EXIT.done;
        }
        const { stringify } = await import("yaml");
        const notes = view.problems.map(({ text }) => `# ⚠ ${text}`);
        context.print([...notes, stringify(shown, { lineWidth: 0 })].join("\n"));
        return EXIT.done;
      }),
    );
  define("set", "修改一项设置（YAML 文件）；先核对，有错不保存，须写 --reason")
    .argument("<part>", PARTS.join("、"))
    .argument("<file>", "YAML 文件，写法同 knowledge/triage")
    .action((part: string, file: string, options: OperatorOptions) =>
      runAtDesk(options, async ({ application, by, context }) => {
        const { settings } = application.triage;
        const wanted = readPart(part);
        const { revisions } = await settings.show(by);
        const content = await readYaml(file, wanted);
        const reason = requireReason(options);
        const saved = await settings.save(wanted, content, by, {
          expectedRevision: revisions[wanted] ?? 0,
          reason,
        });
        for (const { text } of saved.problems) context.print(`⚠ ${text}`);
        context.print(`已保存：${wanted}，第 ${saved.revisions[wanted] ?? 0} 次修改。`);
        return EXIT.done;
      }),
    );
  define("history", "一项设置的历次修改")
    .argument("<part>", PARTS.join("、"))
    .action((part: string, options: OperatorOptions) =>
      lookAtDesk(options, async ({ application, by, context }) => {
        for (const entry of await application.triage.settings.history(readPart(part), by))
          context.printJson(entry);
        return EXIT.done;
      }),
    );
  define("rollback", "恢复到某一次的设置，须写 --reason")
    .argument("<part>", PARTS.join("、"))
    .argument("<revision>", "第几次修改，见 history")
    .action((part: string, revision: string, options: OperatorOptions) =>
      runAtDesk(options, async ({ application, by, context }) => {
        const wanted = readPart(part);
        await application.triage.settings.rollback(wanted, Number(revision), by, requireReason(options));
        context.print(`已恢复：${wanted}，第 ${revision} 次修改时的内容。`);
        return EXIT.done;
      }),
    );
}

/** What is changed most often, without a file. */
function defineDepartments(define: Define): void {
  define("add-specialist", "把一个账号登记为某部门的专员，并授予专员角色；须写 --reason")
    .argument("<department>", "部门编号或名称")
    .argument("<account>", "如 feishu:ou_xxx")
    .argument("<name>", "对外称呼")
    .option("--lead", "同时登记为负责人，逾期时提醒")
    .action(
      (department: string, account: string, name: string, options: OperatorOptions & { lead?: boolean }) =>
        runAtDesk(options, async ({ application, by, context }) => {
          const found = findDepartment(department, application);
          const reason = requireReason(options);
          const { settingsDesk } = application.triage;
          await settingsDesk.changeDepartment(
            { do: "save-member", department: found.id, member: { account, name } },
            by,
            reason,
          );
          if (options.lead) {
            const leads = [...new Set([...found.leads, account])];
            await settingsDesk.changeDepartment({ do: "set-leads", department: found.id, leads }, by, reason);
          }
          await application.access.grant(account, "specialist", by, reason);
          context.print(`已登记：${found.name} ${name}（${account}）。`);
          return EXIT.done;
        }),
    );
  define("remove-specialist", "从某部门移除一位专员；手上的工单回到待认领；须写 --reason")
    .argument("<department>", "部门编号或名称")
    .argument("<account>", "如 feishu:ou_xxx")
    .action((department: string, account: string, options: OperatorOptions) =>
      runAtDesk(options, async ({ application, by, context }) => {
        const { id, name } = findDepartment(department, application);
        const change = { do: "remove-member", department: id, account } as const;
        await application.triage.settingsDesk.changeDepartment(change, by, requireReason(options));
        context.print(
          `已移除：${name} ${account}。如不再办理任何工单，请用 revoke specialist ${account} 收回角色。`,
        );
        return EXIT.done;
      }),
    );
  define("set-group", "设定部门的工单群（飞书群编号 feishu:oc_xxx；none 表示不设）；须写 --reason")
    .argument("<department>", "部门编号或名称")
    .argument("<group>", "如 feishu:oc_xxx，或 none")
    .action((department: string, group: string, options: OperatorOptions) =>
      runAtDesk(options, async ({ application, by, context }) => {
        const { id, name } = findDepartment(department, application);
        const change = { do: "set-group", department: id, group: group === "none" ? null : group } as const;
        await application.triage.settingsDesk.changeDepartment(change, by, requireReason(options));
        context.print(
          group === "none" ? `${name}不再有工单群。` : `已设定：${name}的工单卡片发到 ${group}。`,
        );
        return EXIT.done;
      }),
    );
}

function findDepartment(words: string, { triage }: Application): Department {
  const { departments } = triage.settingsDesk.current();
  const found = departments.find(({ id, name }) => id === words || name === words);
  if (found) return found;
  throw new AppError({
    code: "usage",
    message: `no department ${words}`,
    safeMessage: `没有部门“${words}”。可用：${departments.map(({ id, name }) => `${name}（${id}）`).join("、")}。`,
  });
}

function defineFigures(define: Define): void {
  define("figures", "工单统计；--file 另存为 xlsx")
    .option("--from <date>", "起（YYYY-MM-DD，含）")
    .option("--to <date>", "止（不含）")
    .option("--file <file>", "另存为 xlsx")
    .option("--texts", "工单表带上原文（不含联系方式）")
    .action((options: OperatorOptions & FiguresOptions) =>
      lookAtDesk(options, async ({ application, by, context }) => {
        const period = { from: options.from, to: options.to };
        const { office } = application.triage;
        if (options.file === undefined) {
          const { figures, lines } = await office.describeFigures(period, by);
          if (context.json) context.printJson(figures);
          else context.print(lines.join("\n"));
          return EXIT.done;
        }
        const file = await office.figuresFile({ ...period, texts: options.texts }, by);
        const { writeFile } = await import("node:fs/promises");
        await writeFile(options.file, file.bytes);
        context.print(`已保存：${options.file}`);
        return EXIT.done;
      }),
    );
  define("gaps", "知识缺口：文件答不上来的问题，按意思归并计数")
    .option("--state <state>", "open 待补充、answered 已补充、dismissed 不处理", "open")
    .action((options: OperatorOptions & { state: string }) =>
      lookAtDesk(options, async ({ application, by, context }) => {
        const state = readState(options.state);
        for (const gap of await application.triage.gaps.list(by, { state, limit: 100 }))
          context.printJson(gap);
        return EXIT.done;
      }),
    );
  define("suggest", "由转派记录统计出的分派表修改建议").action((options: OperatorOptions) =>
    lookAtDesk(options, async ({ application, by, context }) => {
      for (const suggestion of await application.triage.office.suggestRouting({}, by))
        context.printJson(suggestion);
      return EXIT.done;
    }),
  );
}

interface FiguresOptions {
  from?: string;
  to?: string;
  file?: string;
  texts?: boolean;
}

function readPart(text: string): SettingsPart {
  const part = PARTS.find((each) => each === text || (each === "dutyLine" && text === "duty-line"));
  if (part) return part;
  throw new AppError({
    code: "usage",
    message: `no part ${text}`,
    safeMessage: `没有名为“${text}”的设置。可用：${PARTS.join("、")}。`,
  });
}

function readState(text: string): "open" | "answered" | "dismissed" {
  if (text === "open" || text === "answered" || text === "dismissed") return text;
  throw new AppError({
    code: "usage",
    message: "unknown state",
    safeMessage: `--state 应为 open、answered、dismissed 之一，现为“${text}”。`,
  });
}

function requireReason({ reason }: OperatorOptions): string {
  if (reason?.trim()) return reason.trim();
  throw new AppError({
    code: "usage",
    message: "no reason",
    safeMessage: "修改设置须写明原因：加 --reason 原因。",
  });
}

/** A file may hold the part under its name, as in knowledge/triage, or the content itself. */
async function readYaml(path: string, part: SettingsPart): Promise<unknown> {
  const [{ readFile }, { parse }] = await Promise.all([import("node:fs/promises"), import("yaml")]);
  try {
    const content: unknown = parse(await readFile(path, "utf8"));
    const inside = typeof content === "object" && content !== null && part in content;
    return inside ? (content as Record<string, unknown>)[part] : content;
  } catch (cause) {
    throw new AppError({
      code: "unusable-input",
      message: `cannot read ${path}: ${String(cause)}`,
      safeMessage: `无法读取“${path}”，它应是一个 YAML 文件。可用 desk show ${part} 查看写法。`,
      cause,
    });
  }
}
