import type { Command } from "commander";
import { AppError, toShanghaiDay } from "../shared/index.ts";
import { lookAtDesk, runAtDesk } from "./open-publishing.ts";
import { addOperatorOptions, type OperatorOptions } from "./operator.ts";
import { addSharedOptions, type CommandContext, EXIT } from "./run-command.ts";
import { writeColumns } from "./write-columns.ts";

/** `enterprises …`: whom policies look for. Every look is audited. */
export function addEnterprisesCommand(program: Command): void {
  const enterprises = program.command("enterprises").description("企业名录与画像（查看会记入日志）");
  const define = (name: string, description: string) =>
    addOperatorOptions(addSharedOptions(enterprises.command(name))).description(description);
  define("template", "写出导入用的表格模板（xlsx）")
    .argument("<file>", "写到哪个文件")
    .action((file: string, options: OperatorOptions) =>
      lookAtDesk(options, async ({ application: { matching }, context }) => {
        const { writeEnterpriseTemplate } = await import("../enterprises/index.ts");
        const { writeFile } = await import("node:fs/promises");
        await writeFile(file, await writeEnterpriseTemplate(matching.lexicon));
        context.print(`模板已写到 ${file}。`);
        return EXIT.done;
      }),
    );
  define("import", "导入企业清单（xlsx 或 csv，第一行为列名）")
    .argument("<file>", "表格文件")
    .action((file: string, options: OperatorOptions) => runImport(file, options));
  define("list", "查找企业")
    .option("--search <text>", "名称或信用代码")
    .option("--limit <count>", "最多几家（默认 50）", "50")
    .action((options: OperatorOptions & { search?: string; limit: string }) =>
      runAtDesk(options, async ({ application, by, context }) => {
        const found = await application.enterprises.list(by, {
          limit: Number(options.limit) || 50,
          ...(options.search && { search: options.search }),
        });
        if (context.json) for (const each of found) context.printJson(each);
        else {
          const rows = found.map((each) => [
            each.enterpriseId,
            each.creditCode ?? "未提供信用代码",
            each.name ?? "未命名",
          ]);
          context.print(rows.length === 0 ? "没有符合条件的企业。" : writeColumns(rows).join("\n"));
        }
        return EXIT.done;
      }),
    );
  define("show", "一家企业的画像，每项注明来源、日期、有效期")
    .argument("<id>", "企业编号")
    .action((id: string, options: OperatorOptions) =>
      runAtDesk(options, async ({ application, by, context }) => {
        const { describeProfile } = await import("../enterprises/index.ts");
        const profile = await application.enterprises.profile(id, by, toShanghaiDay(context.clock()));
        const rows = describeProfile(profile, application.matching.lexicon);
        if (context.json) context.printJson({ enterpriseId: id, fields: rows });
        else
          context.print(
            writeColumns(rows.map(({ label, value, note }) => [label, value, note ?? ""])).join("\n"),
          );
        return EXIT.done;
      }),
    );
  define("assign", "把企业交给一位服务专员")
    .argument("<id>", "企业编号")
    .argument("<account>", "专员账号，如 feishu:ou_…")
    .action((id: string, account: string, options: OperatorOptions) =>
      runAtDesk(options, async ({ application, by, context }) => {
        await application.enterprises.assignSpecialist(id, account, by, context.clock());
        context.print(`已交给 ${account}。`);
        return EXIT.done;
      }),
    );
}

async function runImport(file: string, options: OperatorOptions): Promise<void> {
  await runAtDesk(options, async ({ application, by, context }) => {
    const [{ readFile }, { basename }, { readEnterpriseFile }] = await Promise.all([
      import("node:fs/promises"),
      import("node:path"),
      import("../enterprises/index.ts"),
    ]);
    const bytes = await readFile(file).catch((cause: unknown) => {
      throw new AppError({
        code: "unusable-input",
        message: `cannot read ${file}`,
        safeMessage: `无法读取“${file}”，请检查路径。可先用 enterprises template 写出模板。`,
        cause,
      });
    });
    const { rows } = await readEnterpriseFile(bytes, basename(file));
    const outcome = await application.enterprises.importList(
      rows,
      `file:${basename(file)}`,
      by,
      context.clock(),
    );
    return reportImport(outcome, context);
  });
}

function reportImport(
  outcome: Awaited<ReturnType<import("../enterprises/index.ts").EnterpriseService["importList"]>>,
  context: CommandContext,
): number {
  const { added, updated, problems } = outcome;
  if (context.json) context.printJson(outcome);
  else {
    for (const { line, problem } of problems) context.print(`第 ${line} 行：${problem.message}`);
    context.print(`新增 ${added} 家，更新 ${updated} 家，${problems.length} 处需要核对。`);
  }
  return problems.length === 0 ? EXIT.done : EXIT.failed;
}
