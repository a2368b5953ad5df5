import type { Command } from "commander";
import { publicAudience } from "../access/index.ts";
import type { ListInput } from "../matching/index.ts";
import { AppError, toShanghaiDay } from "../shared/index.ts";
import type { MaintainedList } from "../storage/index.ts";
import { lookAtDesk, runAtDesk } from "./open-publishing.ts";
import { addOperatorOptions, type OperatorOptions } from "./operator.ts";
import { addSharedOptions, EXIT } from "./run-command.ts";

const LISTS: readonly MaintainedList[] = ["space", "projects", "policies", "contacts", "events"];
const NAMES = "space 空间载体、projects 研发项目、policies 扶持政策、contacts 沟通联络、events 活动与赛事";

/** `lists …`: 四清单 and the calendar of events. */
export function addListsCommand(program: Command): void {
  const lists = program.command("lists").description("四清单和活动日历：每条有出处");
  const define = (name: string, description: string) =>
    addOperatorOptions(addSharedOptions(lists.command(name))).description(description);
  define("show", "查看一份清单")
    .argument("<list>", NAMES)
    .action((list: string, options: OperatorOptions) =>
      lookAtDesk(options, async ({ application, context }) => {
        const today = toShanghaiDay(context.clock());
        const found = await application.lists.search({ list: toList(list) }, publicAudience, today);
        if (context.json) context.printJson(found);
        else {
          context.print(`${found.title}（${found.entries.length} 条）`);
          for (const { entryId, name, details, source } of found.entries) {
            const facts = details.map(({ label, value }) => `${label}：${value}`).join("；");
            context.print(`· ${name}  ${facts}${source ? `  依据 ${source.section}` : ""}  [${entryId}]`);
          }
          for (const note of found.notes) context.print(note);
        }
        return EXIT.done;
      }),
    );
  define("export", "把四清单写成表格（xlsx）")
    .argument("<file>", "写到哪个文件")
    .action((file: string, options: OperatorOptions) =>
      lookAtDesk(options, async ({ application, context }) => {
        const { writeFile } = await import("node:fs/promises");
        const all = await application.lists.all(publicAudience, toShanghaiDay(context.clock()));
        await writeFile(file, await application.lists.toXlsx(all));
        context.print(`四清单已写到 ${file}。`);
        return EXIT.done;
      }),
    );
  define("save", "登记或更新一条：YAML 写法见 knowledge/programs/README.md")
    .argument("<list>", NAMES)
    .argument("<file>", "YAML 文件，一条一个文件")
    .option("--id <id>", "更新已有的一条")
    .action((list: string, file: string, options: OperatorOptions & { id?: string }) =>
      runAtDesk(options, async ({ application, by, context }) => {
        const { id, reason } = options;
        const entry = { list: toList(list), content: await readEntry(file) };
        const saved = await application.lists.save(
          { ...entry, ...(id && { entryId: id }), ...(reason && { reason }) },
          by,
          context.clock(),
        );
        if (context.json) context.printJson(saved);
        else context.print(`已登记，编号 ${saved.entryId}。`);
        return EXIT.done;
      }),
    );
  define("remove", "移除一条")
    .argument("<id>", "编号，用 lists show 查看")
    .action((id: string, options: OperatorOptions) =>
      runAtDesk(options, async ({ application, by, context }) => {
        const removed = await application.lists.remove(id, by, context.clock());
        context.print(removed ? "已移除。" : `没有编号为 ${id} 的条目。`);
        return removed ? EXIT.done : EXIT.failed;
      }),
    );
}

function toList(text: string): MaintainedList {
  const list = LISTS.find((each) => each === text);
  if (list) return list;
  throw new AppError({
    code: "usage",
    message: "unknown list",
    safeMessage: `没有名为“${text}”的清单。可用：${NAMES}。`,
  });
}

async function readEntry(path: string): Promise<ListInput> {
  const [{ readFile }, { parse }] = await Promise.all([import("node:fs/promises"), import("yaml")]);
  try {
    return parse(await readFile(path, "utf8")) as ListInput;
  } catch (cause) {
    throw new AppError({
      code: "unusable-input",
      message: `cannot read ${path}: ${String(cause)}`,
      safeMessage: `无法读取“${path}”，它应是一个 YAML 文件，至少含 name。`,
      cause,
    });
  }
}
