import { type Command, InvalidArgumentError } from "commander";
import { isDay, toShanghaiDay } from "../shared/index.ts";
import { readCount } from "./audit.ts";
import { lookAtDesk, runAtDesk } from "./open-publishing.ts";
import { addOperatorOptions, type OperatorOptions } from "./operator.ts";
import { addSharedOptions, EXIT } from "./run-command.ts";

function readDay(text: string): string {
  if (isDay(text)) return text;
  throw new InvalidArgumentError("应为日历上有的一天，写成 YYYY-MM-DD。");
}

/** `watch`: what needs attention; `given`: an answer as it was given. */
export function addWatchCommands(program: Command): void {
  addOperatorOptions(addSharedOptions(program.command("watch")))
    .description("需要关注的事项：有效期将满或已满、草案久未定稿、引文失效、久未复核")
    .option("--day <day>", "按哪一天看（YYYY-MM-DD，默认今天）", readDay)
    .action((options: OperatorOptions & { day?: string }) =>
      lookAtDesk(options, async ({ application: { publishing }, context }) => {
        const findings = await publishing.watch(options.day);
        for (const finding of findings) {
          if (context.json) context.printJson(finding);
          else context.print(`${finding.title}：${finding.text}`);
        }
        if (!context.json && findings.length === 0) context.print("没有需要关注的事项。");
        return EXIT.done;
      }),
    );
  addOperatorOptions(addSharedOptions(program.command("given")))
    .description("按当时的原样显示一次历史回答及其所引版本；不给编号则列出近期的提问（均记入操作日志）")
    .argument("[turn]", "回答编号")
    .option("--find <text>", "提问中含有的词")
    .option("--days <n>", "最近多少天", readCount, 30)
    .action((turn: string | undefined, options: OperatorOptions & { find?: string; days: number }) =>
      runAtDesk(options, async ({ application: { publishing }, by, context }) => {
        if (turn === undefined) {
          const { find, days } = options;
          const heads = await publishing.findAnswers(by, { days, ...(find && { text: find }) });
          for (const head of heads) {
            if (context.json) context.printJson(head);
            else
              context.print(
                `${head.turnId}  ${toShanghaiDay(new Date(head.at))}  ${head.kind}  ${head.question}`,
              );
          }
          if (!context.json && heads.length === 0) context.print("没有符合条件的提问。");
          return EXIT.done;
        }
        const { describeLifeState } = await import("../publishing/index.ts");
        const given = await publishing.getAnswer(turn, by);
        if (context.json) {
          context.printJson(given);
          return EXIT.done;
        }
        context.print(`${given.at}  问：${given.question}`);
        context.print(given.answer.answer);
        for (const [index, { number, state, quoteHolds }] of given.citations.entries()) {
          const version =
            number === null
              ? "版本未记录"
              : `第${number}版，现为“${state === null ? "未知" : describeLifeState(state)}”`;
          context.print(`[${index + 1}] ${version}；引文${quoteHolds ? "与该版本一致" : "无法核对"}`);
        }
        return EXIT.done;
      }),
    );
}
