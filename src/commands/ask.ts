import type { Command } from "commander";
import { z } from "zod";
import type { Answer, AnswerRequest } from "../answering/index.ts";
import type { Application } from "../app.ts";
import { AppError, type DocumentId, isDay } from "../shared/index.ts";
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

interface AskOptions extends SharedOptions {
  asOf?: string;
  document?: string;
  batch?: string;
  explain?: boolean;
}

const lineSchema = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  question: z.string(),
  context: z.array(z.string()).nullish(),
  document: z.string().nullish(),
  asOf: z.string().nullish(),
});

export function addAskCommand(program: Command): void {
  addSharedOptions(program.command("ask"))
    .description("就已发布的文件提问，回答附原文出处")
    .argument("[question...]", "问题")
    .option("--as-of <date>", "按这一天（YYYY-MM-DD）有效的版本回答")
    .option("--document <id>", "只依据这一份文件回答")
    .option("--batch <file>", "逐行读取 JSON 问题（- 表示标准输入），逐行输出 JSON 回答")
    .option("--explain", "同时说明作答依据的判断过程")
    .action(async (words: string[], options: AskOptions) => {
      process.exitCode = await runCommand(options, (context) => ask(words.join(" "), options, context));
    });
}

async function ask(question: string, options: AskOptions, context: CommandContext): Promise<number> {
  requireOneSource(question, options);
  const { asOf, document } = options;
  const asked = toRequest({ question, asOf, document });
  const application = await openForReading(context);
  try {
    const answerOne = async (request: AnswerRequest) => {
      if (request.documentId) await requireKnown(application, request.documentId);
      const startedAt = performance.now();
      const answer = await application.answerer.answerQuestion(request);
      return { answer, elapsedMs: Math.round((performance.now() - startedAt) * 10) / 10 };
    };
    if (options.batch) {
      return await runBatch(context, options.batch, async (line) => {
        const parsed = lineSchema.safeParse(line);
        if (!parsed.success) throw unusableLine(parsed.error);
        const { id, ...input } = parsed.data;
        // A line's own day and document come before those of the command.
        const request = toRequest({
          ...input,
          asOf: input.asOf ?? asOf,
          document: input.document ?? document,
        });
        return { id, ...toJson(await answerOne(request), options.explain) };
      });
    }
    const outcome = await answerOne(asked);
    if (context.json) context.printJson(toJson(outcome, options.explain));
    else await answerPeople(outcome.answer, options.explain ?? false, context);
    return EXIT.done;
  } finally {
    await application.close();
  }
}

function requireOneSource(question: string, { batch }: AskOptions): void {
  const isAsked = question.trim() !== "";
  if (isAsked !== Boolean(batch)) return;
  throw new AppError({
    code: "usage",
    message: isAsked ? "a question beside a batch" : "no question",
    safeMessage: isAsked
      ? "--batch 与问题只能给出一个：请去掉问题，或去掉 --batch。"
      : "请写出问题，例如：ask 天使轮有什么基金可以对接",
  });
}

function toRequest(input: {
  question: string;
  context?: string[] | null | undefined;
  document?: string | null | undefined;
  asOf?: string | null | undefined;
}): AnswerRequest {
  if (input.asOf && !isDay(input.asOf)) {
    throw new AppError({
      code: "usage",
      message: "bad as-of day",
      safeMessage: `日期应为日历上有的一天，写成 YYYY-MM-DD，现为“${input.asOf}”。`,
    });
  }
  return {
    question: input.question,
    ...(input.context && { context: input.context }),
    ...(input.document && { documentId: input.document as DocumentId }),
    ...(input.asOf && { asOf: input.asOf }),
  };
}

async function requireKnown({ storage }: Application, documentId: DocumentId): Promise<void> {
  if (await storage.knowledge.getDocument(documentId)) return;
  throw new AppError({
    code: "not-found",
    message: `no document ${documentId}`,
    safeMessage: `没有编号为 ${documentId} 的文件。请用 documents 查看文件编号。`,
  });
}

function toJson({ answer, elapsedMs }: { answer: Answer; elapsedMs: number }, explain = false): object {
  const {
    kind,
    citations,
    notStated,
    nextStep,
    notices,
    asOf,
    engine,
    conclusion,
    followUps,
    resolvedQuestion,
    reasons,
  } = answer;
  return {
    kind,
    conclusion,
    answer: answer.answer,
    citations,
    notStated,
    nextStep,
    notices,
    asOf,
    engine,
    ...(followUps && { followUps }),
    elapsedMs,
    ...(explain && { resolvedQuestion, reasons }),
  };
}

async function answerPeople(answer: Answer, explain: boolean, context: CommandContext): Promise<void> {
  context.print(await writeForPeople(answer, explain, context.io.interactive));
  const isFound = answer.kind === "answered" || answer.kind === "partial";
  if (!context.config.languageModel || !isFound || answer.engine === "model") return;
  context.io.stderr.write(
    "提示：语言模型没有给出可用的回答，以上为原文摘录；若一直如此，请运行 doctor 检查。\n",
  );
}

async function writeForPeople(answer: Answer, explain: boolean, colour: boolean): Promise<string> {
  const { renderAnswer } = await import("../conversation/index.ts");
  const { renderForTerminal } = await import("../channels/terminal/index.ts");
  const text = renderForTerminal(renderAnswer(answer), { colour });
  return explain ? `${text}\n\n${answer.reasons.map((reason) => `# ${reason}`).join("\n")}` : text;
}
