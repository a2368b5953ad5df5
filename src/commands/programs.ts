import type { Command } from "commander";
import type { Application } from "../app.ts";
import type { Clause } from "../knowledge/index.ts";
import type { ProgramListing, Suggestion } from "../matching/index.ts";
import { AppError, type DocumentId } from "../shared/index.ts";
import { lookAtDesk, reasonOf, runAtDesk } from "./open-publishing.ts";
import { addOperatorOptions, type OperatorOptions } from "./operator.ts";
import { addSharedOptions, type CommandContext, EXIT } from "./run-command.ts";
import { writeColumns } from "./write-columns.ts";

/** `programs …`: the catalogue of measures that enterprises are matched with. */
export function addProgramsCommand(program: Command): void {
  const programs = program.command("programs").description("项目目录：匹配所依据的政策措施，逐条有出处");
  const define = (name: string, description: string) =>
    addOperatorOptions(addSharedOptions(programs.command(name))).description(description);
  define("list", "全部项目；--problems 只列依据已变动的")
    .option("--state <state>", "published 已生效、proposed 待审核、withdrawn 已撤下、rejected 未通过")
    .option("--problems", "只列原文依据已变动的项目")
    .action((options: OperatorOptions & { state?: string; problems?: boolean }) =>
      lookAtDesk(options, async ({ application, by, context }) => {
        const state = readState(options.state);
        const listings = await application.programs.list(by, {
          ...(state && { state }),
          ...(options.problems && { problemsOnly: true }),
        });
        return printListings(listings, context);
      }),
    );
  define("show", "一个项目的全部内容（YAML）")
    .argument("<id>", "项目编号，如 P02")
    .action((id: string, options: OperatorOptions) =>
      lookAtDesk(options, async ({ application, by, context }) => {
        const shown = await application.programs.show(id, by);
        if (context.json) context.printJson(shown);
        else context.print([...shown.listing.problems.map((each) => `# ${each}`), shown.yaml].join("\n"));
        return EXIT.done;
      }),
    );
  define("check", "核对每个项目的引文是否仍与已发布的文件逐字一致").action((options: OperatorOptions) =>
    lookAtDesk(options, async ({ application, by, context }) => {
      const listings = await application.programs.list(by, { state: "published" });
      const broken = listings.filter(({ problems }) => problems.length > 0);
      if (context.json) context.printJson({ checked: listings.length, broken });
      else {
        for (const { programId, name, problems } of broken)
          for (const problem of problems) context.print(`${programId} ${name}：${problem}`);
        context.print(`共核对 ${listings.length} 个项目，${broken.length} 个需要处理。`);
      }
      return broken.length === 0 ? EXIT.done : EXIT.failed;
    }),
  );
  defineSuggest(define);
  defineDecisions(define);
}

type Define = (name: string, description: string) => Command;

function defineSuggest(define: Define): void {
  define("suggest", "从一份文件起草项目条目，供管理员审核；不会自动生效")
    .argument("<document>", "文件路径，或已入库文件的编号")
    .option("--propose", "登记为待审核")
    .option("--min <share>", "只要把握不低于此值的（0–1，默认 0.5）", "0.5")
    .action((document: string, options: OperatorOptions & { propose?: boolean; min: string }) =>
      runAtDesk(options, async ({ application, by, context }) => {
        const source = await readSource(document, application);
        const least = Number(options.min);
        const all = await application.programs.suggest(source, by);
        const suggestions = all.filter(({ confidence }) => confidence >= least);
        for (const suggestion of suggestions) {
          await printSuggestion(suggestion, context);
          if (options.propose && suggestion.duplicateOf === null)
            await application.programs.propose(suggestion.program, by, "suggested", options.reason);
        }
        if (!context.json) {
          const kept = options.propose
            ? "已登记为待审核，用 programs publish 编号 生效。"
            : "加 --propose 登记为待审核。";
          context.print(
            suggestions.length === 0
              ? "没有找到可起草的措施。"
              : `# 共起草 ${suggestions.length} 项。${kept}`,
          );
        }
        return EXIT.done;
      }),
    );
  define("propose", "登记一个项目（YAML 文件，写法见 knowledge/programs），等待审核")
    .argument("<file>", "YAML 文件")
    .action((file: string, options: OperatorOptions) =>
      runAtDesk(options, async ({ application, by, context }) => {
        const listing = await application.programs.propose(await readYaml(file), by, "desk", options.reason);
        return printListings([listing], context);
      }),
    );
}

function defineDecisions(define: Define): void {
  for (const [name, description] of [
    ["publish", "审核通过，开始用于匹配"],
    ["withdraw", "撤下，不再用于匹配"],
    ["reject", "不予通过（须写 --reason）"],
  ] as const) {
    define(name, description)
      .argument("<id>", "项目编号")
      .action((id: string, options: OperatorOptions) =>
        runAtDesk(options, async ({ application: { programs }, by, context }) => {
          const { reason } = reasonOf(options);
          if (name === "reject" && reason === undefined) throw missingReason();
          const listing =
            name === "reject"
              ? await programs.reject(id, by, reason ?? "")
              : await programs[name](id, by, reason);
          return printListings([listing], context);
        }),
      );
  }
}

const STATES = {
  published: "已生效",
  proposed: "待审核",
  superseded: "已更新",
  withdrawn: "已撤下",
  rejected: "未通过",
} as const;

function readState(text: string | undefined): ProgramListing["state"] | undefined {
  if (text === undefined || Object.hasOwn(STATES, text)) return text as ProgramListing["state"] | undefined;
  throw new AppError({
    code: "usage",
    message: "unknown state",
    safeMessage: `--state 应为 ${Object.keys(STATES).join("、")} 之一，现为“${text}”。`,
  });
}

function printListings(listings: readonly ProgramListing[], context: CommandContext): number {
  if (context.json) for (const listing of listings) context.printJson(listing);
  else if (listings.length === 0) context.print("没有符合条件的项目。");
  else {
    const rows = listings.map(({ programId, state, kind, name, problems }) => [
      programId,
      STATES[state],
      kind,
      problems.length > 0 ? `${name}  ⚠ ${problems.join("；")}` : name,
    ]);
    context.print(writeColumns(rows).join("\n"));
  }
  return EXIT.done;
}

async function printSuggestion(suggestion: Suggestion, context: CommandContext): Promise<void> {
  if (context.json) {
    context.printJson(suggestion);
    return;
  }
  const { stringify } = await import("yaml");
  const { program, confidence, notes, duplicateOf } = suggestion;
  const heads = [
    `# 把握 ${Math.round(confidence * 100)} %`,
    ...(duplicateOf ? [`# 与已有项目 ${duplicateOf} 出自同一条款`] : []),
    ...notes.map((note) => `# ${note}`),
  ];
  context.print(`${heads.join("\n")}\n${stringify(program, { lineWidth: 0 })}---`);
}

async function readSource(
  document: string,
  { knowledge, storage }: Application,
): Promise<{ documentId: DocumentId | null; title: string; text: string; clauses: readonly Clause[] }> {
  const stored = await storage.knowledge.getDocument(document as DocumentId);
  const versionId =
    stored?.publishedVersionId ??
    (stored && (await storage.knowledge.listVersions(stored.documentId)).at(-1)?.versionId);
  if (stored && versionId) {
    return {
      documentId: stored.documentId,
      title: stored.title,
      text: await knowledge.documentText(versionId),
      clauses: await knowledge.getClauses(versionId),
    };
  }
  const { readFile } = await import("node:fs/promises");
  const { basename } = await import("node:path");
  const bytes = await readFile(document).catch((cause: unknown) => {
    throw new AppError({
      code: "unusable-input",
      message: `neither a document nor a file: ${document}`,
      safeMessage: `既没有编号为“${document}”的文件，也读不到这个路径。请用 documents 查看编号，或检查路径。`,
      cause,
    });
  });
  const parsed = await knowledge.readFile({ bytes, fileName: basename(document) });
  return { documentId: null, title: parsed.metadata.title, text: parsed.text, clauses: parsed.clauses };
}

async function readYaml(path: string): Promise<unknown> {
  const [{ readFile }, { parse }] = await Promise.all([import("node:fs/promises"), import("yaml")]);
  try {
    return parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw new AppError({
      code: "unusable-input",
      message: `cannot read ${path}: ${String(cause)}`,
      safeMessage: `无法读取“${path}”，它应是一个 YAML 文件。可用 programs show P02 查看写法。`,
      cause,
    });
  }
}

function missingReason(): AppError {
  return new AppError({
    code: "usage",
    message: "no reason",
    safeMessage: "不予通过须写明原因：加 --reason 原因。",
  });
}
