import { basename } from "node:path";
import type { Command } from "commander";
import type { ParsedDocument } from "../knowledge/index.ts";
import { describeMetadata } from "./describe-metadata.ts";
import {
  addSharedOptions,
  type CommandContext,
  EXIT,
  runCommand,
  type SharedOptions,
} from "./run-command.ts";
import { withDocumentReader } from "./with-document-reader.ts";
import { writeColumns } from "./write-columns.ts";

interface OutlineOptions extends SharedOptions {
  text?: boolean;
}

export function addOutlineCommand(program: Command): void {
  addSharedOptions(program.command("outline"))
    .description("查看一份文件的结构和元数据，不写入数据库")
    .argument("<file>", "文件（docx、doc、pdf、图片、html、xlsx、csv、md、txt）；同名 .yaml 为元数据")
    .option("--text", "只输出规范化后的全文（引文的起止位置以它为准）")
    .action(async (file: string, options: OutlineOptions) => {
      process.exitCode = await runCommand(options, (context) => showOutline(file, options, context));
    });
}

async function showOutline(file: string, options: OutlineOptions, context: CommandContext): Promise<number> {
  const parsed = await parseFile(file, context);
  if (context.json) context.printJson(toJson(parsed));
  else if (options.text)
    context.io.stdout.write(parsed.text.endsWith("\n") ? parsed.text : `${parsed.text}\n`);
  else for (const line of describe(parsed)) context.print(line);
  return EXIT.done;
}

async function parseFile(file: string, context: CommandContext): Promise<ParsedDocument> {
  const { loadPlaces, openSidecar, readDocumentFile, readSource } = await import("../knowledge/index.ts");
  const { DEFAULT_READ_LIMITS } = await import("../readers/index.ts");
  const places = await loadPlaces(context.config.knowledgeDirectory);
  const source = await readSource(file, DEFAULT_READ_LIMITS.maxBytes);
  const sidecar = openSidecar(source);
  const { bytes } = source;
  return withDocumentReader(context, (reader) =>
    readDocumentFile({ bytes, fileName: basename(file), ...(sidecar && { sidecar }) }, { reader, places }),
  );
}

function toJson({ metadata, text, nodes, clauses, warnings, reading }: ParsedDocument): object {
  return { metadata, text, nodes, clauses, warnings, ...(reading && { reading }) };
}

function describe({ metadata, nodes, clauses, warnings }: ParsedDocument): string[] {
  const tree = nodes.map(({ section, level, heading }) => {
    const shown = heading === section || section.endsWith(heading) ? section : `${section}  ${heading}`;
    return "  ".repeat(level) + shown;
  });
  return [
    ...writeColumns(describeMetadata(metadata)),
    "",
    ...tree,
    "",
    `共 ${nodes.length} 个节点，${clauses.length} 个可引用的条款或段落。`,
    ...warnings.map((warning) => `注意：${warning}`),
  ];
}
