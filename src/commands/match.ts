import type { Command } from "commander";
import { z } from "zod";
import type { Application } from "../app.ts";
import type { FieldId } from "../enterprises/index.ts";
import type { MatchRequest, RequestedMatch } from "../matching/index.ts";
import { AppError, isDay } from "../shared/index.ts";
import { unusableLine } from "./describe-bad-line.ts";
import { openForReading } from "./open-for-reading.ts";
import {
  addSharedOptions,
  type CommandContext,
  EXIT,
  runBatch,
  runCommand,
  type SharedOptions,
} from "./run-command.ts";

interface MatchOptions extends SharedOptions {
  asOf?: string;
  batch?: string;
  profile?: string;
  limit?: string;
  explain?: boolean;
}

const lineSchema = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  message: z.string().nullish(),
  profile: z.record(z.string(), z.unknown()).nullish(),
  asOf: z.string().nullish(),
  asked: z.array(z.string()).nullish(),
  limit: z.int().min(1).max(100).nullish(),
});

export function addMatchCommand(program: Command): void {
  addSharedOptions(program.command("match"))
    .description("按企业情况匹配项目，逐条给出条件的判定和出处")
    .argument("[message...]", "企业情况，例如：我们做小核酸药的，天使轮，想融资")
    .option("--profile <file>", "企业情况的 JSON 文件（字段见 README）")
    .option("--as-of <date>", "按这一天（YYYY-MM-DD）判定")
    .option("--limit <count>", "最多列出几个项目（默认 8）")
    .option("--batch <file>", "逐行读取 JSON（- 表示标准输入），逐行输出 JSON 结果")
    .option("--explain", "说明排序理由，以及未列出的项目为什么没有列出")
    .action(async (words: string[], options: MatchOptions) => {
      process.exitCode = await runCommand(options, (context) => match(words.join(" "), options, context));
    });
}

async function match(message: string, options: MatchOptions, context: CommandContext): Promise<number> {
  requireOneSource(message, options);
  const asked = toRequest({
    ...(message.trim() !== "" && { message }),
    ...(options.profile && { profile: await readProfileFile(options.profile) }),
    asOf: options.asOf,
    limit: readLimit(options.limit),
  });
  const application = await openForReading(context, { hints: false });
  try {
    const matchOne = async (request: MatchRequest) => {
      const startedAt = performance.now();
      const outcome = await application.matching.matchRequest(request);
      return { outcome, elapsedMs: Math.round((performance.now() - startedAt) * 10) / 10 };
    };
    if (options.batch) {
      return await runBatch(context, options.batch, async (line) => {
        const parsed = lineSchema.safeParse(line);
        if (!parsed.success) throw unusableLine(parsed.error);
        const { id, ...input } = parsed.data;
        const request = toRequest({ ...input, asOf: input.asOf ?? options.asOf });
        const { outcome, elapsedMs } = await matchOne(request);
        const then = await application.matching.matchRequest({
          ...request,
          asked: [...(request.asked ?? []), ...outcome.result.ask.map(({ field }) => field)],
        });
        return { id, ...(await toJson(outcome, application, elapsedMs)), askNext: then.result.ask };
      });
    }
    const { outcome, elapsedMs } = await matchOne(asked);
    if (context.json) context.printJson(await toJson(outcome, application, elapsedMs));
    else context.print(await writeForPeople(outcome, application, options.explain ?? false, context));
    return EXIT.done;
  } finally {
    await application.close();
  }
}

function requireOneSource(message: string, { batch, profile }: MatchOptions): void {
  const isGiven = message.trim() !== "" || profile !== undefined;
  if (isGiven !== Boolean(batch)) return;
  throw new AppError({
    code: "usage",
    message: isGiven ? "a message beside a batch" : "nothing to match",
    safeMessage: isGiven
      ? "--batch 与企业情况只能给出一个：请去掉其中之一。"
      : "请写出企业情况，例如：match 我们做小核酸药的，天使轮，想融资；或用 --profile 指定 JSON 文件。",
  });
}

async function readProfileFile(path: string): Promise<Record<string, unknown>> {
  const { readFile } = await import("node:fs/promises");
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(await readFile(path, "utf8")));
  } catch (cause) {
    throw new AppError({
      code: "unusable-input",
      message: `cannot read the profile: ${String(cause)}`,
      safeMessage: `无法读取企业情况文件“${path}”。它应是一个 JSON 对象，形如 {"industryWords": "小核酸药", "stage": "天使轮"}。`,
      cause,
    });
  }
}

function readLimit(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 100) return limit;
  throw new AppError({
    code: "usage",
    message: "bad limit",
    safeMessage: `--limit 应为 1 到 100 的整数，现为“${text}”。`,
  });
}

interface Given {
  message?: string | null | undefined;
  profile?: Record<string, unknown> | null | undefined;
  asOf?: string | null | undefined;
  asked?: FieldId[] | null | undefined;
  limit?: number | null | undefined;
}

function toRequest({ message, profile, asOf, asked, limit }: Given): MatchRequest {
  if (asOf && !isDay(asOf)) {
    throw new AppError({
      code: "unusable-input",
      message: "bad as-of day",
      safeMessage: `日期应为日历上有的一天，写成 YYYY-MM-DD，现为“${asOf}”。`,
    });
  }
  return {
    ...(message && { message }),
    ...(profile && { profile }),
    ...(asOf && { asOf }),
    ...(asked && { asked }),
    ...(limit && { limit }),
  };
}

async function toJson(
  outcome: RequestedMatch,
  { matching }: Application,
  elapsedMs: number,
): Promise<object> {
  const { describeRequestedMatch } = await import("../matching/index.ts");
  return { ...describeRequestedMatch(outcome, matching), elapsedMs };
}

async function writeForPeople(
  outcome: RequestedMatch,
  { matching }: Application,
  explain: boolean,
  context: CommandContext,
): Promise<string> {
  const { writeMatchReply } = await import("../conversation/index.ts");
  const { renderForTerminal } = await import("../channels/terminal/index.ts");
  const text = renderForTerminal(writeMatchReply(outcome, matching.lexicon), {
    colour: context.io.interactive,
  });
  if (!explain) return text;
  const { matches, leftOut } = outcome.result;
  const reasons = matches.flatMap(({ programId, ranking }) => [
    `# ${programId}`,
    ...ranking.map(({ points, because }) => `#   ${points >= 0 ? "+" : ""}${points} ${because}`),
  ]);
  const absent = leftOut.map(({ programId, name, why }) => `# 未列出 ${programId} ${name}：${why}`);
  return `${text}\n\n${[...reasons, ...absent].join("\n")}`;
}
