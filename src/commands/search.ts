import { type Command, InvalidArgumentError } from "commander";
import { z } from "zod";
import type { RankedClause, Retriever } from "../retrieval/index.ts";
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

interface SearchCommandOptions extends SharedOptions {
  top: number;
  explain?: boolean;
  batch?: string;
}

const MAX_TOP = 1000;

const lineSchema = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  query: z.string(),
  context: z.array(z.string()).nullish(),
});

export function addSearchCommand(program: Command): void {
  addSharedOptions(program.command("search"))
    .description("检索已发布的条款，按相关程度排序")
    .argument("[query...]", "检索词或问题")
    .option("--top <k>", "返回的条数", parseTop, 10)
    .option("--explain", "列出每条得分的构成，以及对检索词的理解")
    .option("--batch <file>", "逐行读取 JSON 检索词（- 表示标准输入），逐行输出 JSON 结果")
    .action(async (words: string[], options: SearchCommandOptions) => {
      process.exitCode = await runCommand(options, (context) => search(words.join(" "), options, context));
    });
}

function parseTop(value: string): number {
  const top = Number(value);
  if (!Number.isInteger(top) || top < 1 || top > MAX_TOP) {
    throw new InvalidArgumentError(`应为 1 到 ${MAX_TOP} 的整数。`);
  }
  return top;
}

async function search(
  query: string,
  options: SearchCommandOptions,
  context: CommandContext,
): Promise<number> {
  if (!options.batch && query.trim() === "") {
    throw new AppError({
      code: "usage",
      message: "no query",
      safeMessage: "请写出检索词，例如：search 人才安居",
    });
  }
  const application = await openForReading(context);
  try {
    const run = (text: string, earlier: readonly string[]) =>
      timeSearch(application.retriever, text, earlier, options);
    if (options.batch) {
      return await runBatch(context, options.batch, async (line) => {
        const parsed = lineSchema.safeParse(line);
        if (!parsed.success) throw unusableLine(parsed.error);
        const { id, query: text, context: earlier } = parsed.data;
        return { id, ...(await run(text, earlier ?? [])).json };
      });
    }
    const found = await run(query, []);
    if (context.json) context.printJson(found.json);
    else for (const part of writeForPeople(found.hits, options.explain ?? false)) context.print(part);
    if (!context.json && options.explain) context.print(found.understood);
    return EXIT.done;
  } finally {
    await application.close();
  }
}

async function timeSearch(
  retriever: Retriever,
  query: string,
  earlier: readonly string[],
  { top, explain }: SearchCommandOptions,
) {
  const startedAt = performance.now();
  const { hits, analysis } = await retriever.search(query, { top }, earlier);
  const elapsedMs = Math.round((performance.now() - startedAt) * 10) / 10;
  const words = analysis.words.map(({ text, alternatives }) =>
    alternatives.length > 0 ? `${text}（${alternatives.join("、")}）` : text,
  );
  return {
    hits,
    json: {
      hits: hits.map((hit) => toHitJson(hit, explain ?? false)),
      ...(explain && { words: analysis.words }),
      elapsedMs,
    },
    understood: `检索词：${words.join("、") || "（没有可用的检索词）"}；用时 ${elapsedMs} 毫秒`,
  };
}

function toHitJson({ clause, rank, score, parts, coverage }: RankedClause, explain: boolean): object {
  const { documentId, title, passageId, section, heading, text, start, end } = clause;
  return {
    rank,
    score: round(score),
    documentId,
    ...(passageId !== null && { passageId }),
    ...{ title, section, heading, text, start, end },
    ...(explain && { coverage: round(coverage), parts: roundParts(parts) }),
  };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function roundParts(parts: RankedClause["parts"]): object {
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, round(part)]));
}

const PART_NAMES: Readonly<Record<keyof RankedClause["parts"], string>> = {
  words: "词语",
  grams: "字组",
  lexicon: "近义与纠错",
  heading: "标题",
  document: "文件",
  vector: "向量",
  place: "地区",
  coverage: "覆盖",
  closeness: "相邻",
  kinds: "所问类别",
  emptiness: "无实质内容",
};

function writeForPeople(hits: readonly RankedClause[], explain: boolean): string[] {
  if (hits.length === 0) return ["没有找到相关条款。可换一种说法再试，或用 documents 查看已发布的文件。"];
  return hits.map(({ clause, rank, score, parts, coverage }) => {
    const place = [`《${clause.title}》`, clause.passageId ?? clause.section].filter(
      (part) => part !== "《》",
    );
    const lines = [`${String(rank).padStart(2)}. ${place.join(" ")}　得分 ${score.toFixed(1)}`];
    if (clause.heading.length > 0) lines.push(`    ${clause.heading.join(" › ")}`);
    lines.push(`    ${clause.text.replaceAll("\n", "\n    ")}`);
    if (explain) lines.push(`    # ${explainParts(parts)}；覆盖率 ${Math.round(coverage * 100)}%`);
    return `${lines.join("\n")}\n`;
  });
}

function explainParts(parts: RankedClause["parts"]): string {
  return (Object.keys(PART_NAMES) as (keyof typeof PART_NAMES)[])
    .filter((name) => Math.abs(parts[name]) >= 0.005)
    .map((name) => `${PART_NAMES[name]} ${parts[name].toFixed(2)}`)
    .join(" · ");
}
