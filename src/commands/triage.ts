import type { Command } from "commander";
import { z } from "zod";
import { AppError } from "../shared/index.ts";
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

interface TriageOptions extends SharedOptions {
  batch?: string;
}

const lineSchema = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  text: z.string(),
  profile: z.record(z.string(), z.unknown()).nullish(),
});

/** `triage`: what a request is, how urgent, and which department takes it. Writes nothing. */
export function addTriageCommand(program: Command): void {
  addSharedOptions(program.command("triage"))
    .description("判断一项诉求的类别、紧急程度和受理部门（按园区分派表），并说明理由")
    .argument("[text...]", "诉求原话，例如：想找2000平带环评的厂房，月底前要签约")
    .option("--batch <file>", "逐行读取 JSON（- 表示标准输入），逐行输出 JSON 结果")
    .action(async (words: string[], options: TriageOptions) => {
      process.exitCode = await runCommand(options, (context) => triage(words.join(" "), options, context));
    });
}

async function triage(text: string, { batch }: TriageOptions, context: CommandContext): Promise<number> {
  if ((text.trim() !== "") === Boolean(batch)) throw oneSource(Boolean(batch));
  const application = await openForReading(context, { hints: false });
  try {
    const { triageRequest } = application.triage;
    if (batch) {
      return await runBatch(context, batch, async (line) => {
        const parsed = lineSchema.safeParse(line);
        if (!parsed.success) throw unusableLine(parsed.error);
        const { id, text: request, profile } = parsed.data;
        return { id, ...(await triageRequest({ text: request, ...(profile && { profile }) })) };
      });
    }
    const result = await triageRequest({ text });
    if (context.json) context.printJson(result);
    else context.print(writeForPeople(result));
    return EXIT.done;
  } finally {
    await application.close();
  }
}

type Triaged = Awaited<ReturnType<Awaited<ReturnType<typeof openForReading>>["triage"]["triageRequest"]>>;

function writeForPeople({ safetyNotice, spam, ...found }: Triaged): string {
  const also = found.alsoNames.length > 0 ? [`另涉事项：${found.alsoNames.join("、")}`] : [];
  const lines = [
    ...(safetyNotice === undefined ? [] : [safetyNotice, ""]),
    `类别：${found.category} ${found.categoryName}`,
    `紧急程度：${found.urgency}`,
    `受理部门：${found.lead.join("、")}`,
    ...also,
    `理由：${found.reason}`,
    `把握：${Math.round(found.confidence * 100)} %`,
    ...(spam ? ["这条内容像是广告或无关信息，不会转交。"] : []),
  ];
  return lines.join("\n");
}

function oneSource(isBatch: boolean): AppError {
  return new AppError({
    code: "usage",
    message: isBatch ? "a text beside a batch" : "nothing to triage",
    safeMessage: isBatch
      ? "--batch 与诉求原话只能给出一个：请去掉其中之一。"
      : "请写出诉求，例如：triage 想找2000平带环评的厂房，月底前要签约；或用 --batch 指定文件。",
  });
}
