import type { Command } from "commander";
import type { FaqProblem } from "../publishing/index.ts";
import { AppError } from "../shared/index.ts";
import { lookAtDesk, reasonOf, runAtDesk } from "./open-publishing.ts";
import { addOperatorOptions, type OperatorOptions } from "./operator.ts";
import { addSharedOptions, type CommandContext, EXIT } from "./run-command.ts";

/** `faq …`: questions that are answered before the search, each with its sources. */
export function addFaqCommand(program: Command): void {
  const faq = program.command("faq").description("常见问答：问法、答复、出处；先于检索作答");
  const define = (name: string, description: string) =>
    addOperatorOptions(addSharedOptions(faq.command(name))).description(description);
  define("list", "全部条目及其问题").action((options: OperatorOptions) =>
    lookAtDesk(options, async ({ application: { publishing }, by, context }) => {
      const { describeLifeState } = await import("../publishing/index.ts");
      const entries = await publishing.faq.list(by);
      for (const { record, content, problems } of entries) {
        if (context.json) context.printJson({ ...record, content, problems });
        else {
          context.print(
            `${record.faqId}  第${record.revision}稿  ${describeLifeState(record.state)}  ${content.questions[0] ?? ""}`,
          );
          printProblems(problems, context);
        }
      }
      if (!context.json && entries.length === 0)
        context.print("还没有常见问答。用 faq save 文件.yaml 新增。");
      return EXIT.done;
    }),
  );
  define(
    "save",
    "新增或修订一条：YAML 含 questions、answer、sources（documentId、section、quote）、validUntil、owner",
  )
    .argument("<file>", "YAML 文件")
    .option("--id <id>", "修订已有的条目")
    .action((file: string, options: OperatorOptions & { id?: string }) =>
      runAtDesk(options, async ({ application: { publishing }, by, context }) => {
        const { readFaqContent } = await import("../publishing/index.ts");
        const content = readFaqContent(await readYaml(file));
        const { record, problems } = await publishing.faq.save(content, by, options.id);
        if (context.json) context.printJson({ ...record, problems });
        else {
          context.print(`已保存 ${record.faqId} 第${record.revision}稿。`);
          printProblems(problems, context);
        }
        return problems.length === 0 ? EXIT.done : EXIT.failed;
      }),
    );
  for (const [name, verb] of [
    ["submit", "提交复核"],
    ["withdraw", "申请撤下"],
  ] as const) {
    define(name, verb)
      .argument("<id>", "条目编号")
      .action((id: string, options: OperatorOptions) =>
        runAtDesk(options, async ({ application: { publishing }, by, context }) => {
          const decision = await publishing.faq[name](id, by, reasonOf(options));
          if (context.json) context.printJson(decision);
          else context.print(describeOutcome(decision.outcome));
          return decision.outcome === "blocked" ? EXIT.failed : EXIT.done;
        }),
      );
  }
}

function describeOutcome(outcome: "done" | "waiting" | "blocked"): string {
  if (outcome === "done") return "已生效。";
  return outcome === "waiting"
    ? "已提交，需另一位管理员用 review approve 复核。"
    : "未提交：请先按提示修改条目。";
}

function printProblems(problems: readonly FaqProblem[], context: CommandContext): void {
  for (const { message } of problems) context.print(`  需修改：${message}`);
}

async function readYaml(file: string): Promise<unknown> {
  const [{ readFile }, { parse }] = await Promise.all([import("node:fs/promises"), import("yaml")]);
  try {
    return parse(await readFile(file, "utf8"));
  } catch (cause) {
    throw new AppError({
      code: "unusable-input",
      message: `cannot read ${file}: ${String(cause)}`,
      safeMessage: `无法读取“${file}”。请确认文件存在，且是 UTF-8 编码的 YAML。`,
      cause,
    });
  }
}
