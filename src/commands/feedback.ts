import type { Command } from "commander";
import { AppError } from "../shared/index.ts";
import type { FeedbackView } from "../triage/index.ts";
import { lookAtDesk } from "./open-publishing.ts";
import { addOperatorOptions, type OperatorOptions } from "./operator.ts";
import { addSharedOptions, EXIT } from "./run-command.ts";

type Options = OperatorOptions & { from?: string; to?: string; verdict?: string; limit?: string };

/** `feedback …`: what people say of the answers they got. */
export function addFeedbackCommand(program: Command): void {
  const feedback = program.command("feedback").description("答复评价：有帮助、没帮助及原因");
  const define = (name: string, description: string) =>
    addOperatorOptions(addSharedOptions(feedback.command(name)))
      .description(description)
      .option("--from <date>", "起（YYYY-MM-DD，含），默认三十天前")
      .option("--to <date>", "止（不含），默认明天");
  define("figures", "期间的评价次数、有帮助的比例、没帮助的原因").action((options: Options) =>
    lookAtDesk(options, async ({ application, by, context }) => {
      const figures = await application.triage.feedback.figures(by, periodOf(options));
      if (context.json) {
        context.printJson(figures);
        return EXIT.done;
      }
      const { describeFeedback } = await import("../triage/index.ts");
      for (const line of describeFeedback(figures)) context.print(line);
      return EXIT.done;
    }),
  );
  define("list", "逐条评价，最近的在前；不显示评价人和提问人")
    .option("--verdict <verdict>", "只列 helpful（有帮助）或 unhelpful（没帮助）")
    .option("--limit <count>", "最多列几条", "50")
    .action((options: Options) =>
      lookAtDesk(options, async ({ application, by, context }) => {
        const filter = { verdict: readVerdict(options.verdict), limit: readLimit(options.limit) };
        const views = await application.triage.feedback.list(by, periodOf(options), filter);
        for (const view of views) {
          if (context.json) context.printJson(view);
          else context.print(describe(view));
        }
        if (!context.json && views.length === 0) context.print("期间没有评价。");
        return EXIT.done;
      }),
    );
}

function periodOf({ from, to }: Options): { from: string | undefined; to: string | undefined } {
  return { from, to };
}

function describe({ at, channel, verdict, causeName, reason, question, sections }: FeedbackView): string {
  const judged = verdict === "helpful" ? "有帮助" : `没帮助${causeName ? `（${causeName}）` : ""}`;
  const cited = sections.length > 0 ? `［引用 ${sections.join("、")}］` : "";
  const words = reason ? `\n    说明：${reason.replaceAll("\n", " ")}` : "";
  return `${at.slice(0, 16).replace("T", " ")}  ${channel}  ${judged}  ${question ?? "（提问已删除）"}${cited}${words}`;
}

function readVerdict(text: string | undefined): "helpful" | "unhelpful" | undefined {
  if (text === undefined || text === "helpful" || text === "unhelpful") return text;
  throw new AppError({
    code: "usage",
    message: "unknown verdict",
    safeMessage: `--verdict 应为 helpful 或 unhelpful，现为“${text}”。`,
  });
}

function readLimit(text = "50"): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 10_000) return limit;
  throw new AppError({
    code: "usage",
    message: "bad limit",
    safeMessage: `--limit 应为 1 到 10000 的整数，现为“${text}”。`,
  });
}
