import { type Command, InvalidArgumentError } from "commander";
import type { AuditEntry } from "../storage/index.ts";
import { lookAtDesk } from "./open-publishing.ts";
import { addOperatorOptions, type OperatorOptions } from "./operator.ts";
import { addSharedOptions, EXIT } from "./run-command.ts";

/** `audit list` and `audit verify`: the append-only log. */
export function addAuditCommand(program: Command): void {
  const audit = program.command("audit").description("操作日志：查看，核验未被改动");
  addOperatorOptions(addSharedOptions(audit.command("list")))
    .description("最近的操作，新的在前")
    .option("--subject <subject>", "只看某一对象，形如 document:编号、version:编号")
    .option("--limit <n>", "条数", readCount, 30)
    .action((options: OperatorOptions & { subject?: string; limit: number }) =>
      lookAtDesk(options, async ({ application: { publishing }, by, context }) => {
        const { subject, limit } = options;
        const entries = await publishing.audit.list(by, { ...(subject && { subject }), limit });
        for (const entry of entries) {
          if (context.json) context.printJson(entry);
          else context.print(describeEntry(entry));
        }
        if (!context.json && entries.length === 0) context.print("没有记录。");
        return EXIT.done;
      }),
    );
  addOperatorOptions(addSharedOptions(audit.command("verify")))
    .description("逐条核验日志的哈希链；--head 给出另存的末条哈希，可发现结尾被截断")
    .option("--head <hash>", "先前另存的末条哈希")
    .action((options: OperatorOptions & { head?: string }) =>
      lookAtDesk(options, async ({ application: { publishing }, by, context }) => {
        const verdict = await publishing.audit.verify(by, options.head);
        if (context.json) context.printJson(verdict);
        else if (verdict.intact) {
          context.print(`日志完整：共 ${verdict.entries} 条。`);
          context.print(`末条哈希：${verdict.headHash}`);
          context.print("请把末条哈希另存到别处，下次核验时用 --head 给出，可发现结尾被截断。");
        } else {
          context.print(
            `日志已被改动：第 ${verdict.brokenAt} 条起不一致（${verdict.why}）。请立即保全数据目录并核查备份。`,
          );
        }
        return verdict.intact ? EXIT.done : EXIT.failed;
      }),
    );
}

function describeEntry({ sequence, at, actor, action, subject, reason }: AuditEntry): string {
  const time = new Date(at).toLocaleString("sv-SE", { timeZone: "Asia/Shanghai" });
  return `${String(sequence).padStart(6)}  ${time}  ${actor}  ${action}  ${subject}${reason ? `  原因：${reason}` : ""}`;
}

export function readCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new InvalidArgumentError("应为正整数。");
}
