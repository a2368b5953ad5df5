import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, YAMLParseError } from "yaml";
import type { z } from "zod";
import type { ProfileLexicon } from "../../enterprises/index.ts";
import type { Direction, Program } from "../types.ts";
import { checkProgram, checkReferences } from "./check-program.ts";
import type { CheckingContext } from "./check-test.ts";
import { describeIssues } from "./describe-issues.ts";
import { directionsFileSchema, readDirections } from "./direction-schema.ts";
import { LIST_FILES, type ListFileEntry, listFileSchema, readListEntries } from "./list-schema.ts";
import { type ProgramProblem, toConfigurationError } from "./program-problem.ts";
import { programFileSchema } from "./program-schema.ts";
import { toProgram } from "./to-program.ts";

export interface ProgramFiles {
  /** By id. */
  programs: Program[];
  directions: Direction[];
  lists: ListFileEntry[];
}

interface Fault {
  file: string;
  entry: string | null;
  problem: ProgramProblem;
}

/**
 * Reads `knowledge/programs/`: one YAML a program, `directions.yaml`, `lists/*.yaml`. Throws AppError `configuration` that
 * names file, entry and field of every fault; nothing is loaded then.
 */
export async function loadProgramFiles(
  knowledgeDirectory: string,
  lexicon: ProfileLexicon,
): Promise<ProgramFiles> {
  const directory = join(knowledgeDirectory, "programs");
  const faults: Fault[] = [];
  const rawDirections = await readEntry(directory, "directions.yaml", directionsFileSchema, faults);
  const { directions, problems } = readDirections(rawDirections ?? { directions: [] }, lexicon);
  faults.push(...problems.map((one) => ({ file: "directions.yaml", ...one })));
  const context = { lexicon, directions: new Map(directions.map((one) => [one.id, one])) };
  const programs: { file: string; program: Program }[] = [];
  for (const file of await listYamlFiles(directory)) {
    const program = await readProgramFile(directory, file, context, faults);
    if (program) programs.push({ file, program });
  }
  faults.push(...checkReferences(programs));
  const lists: ListFileEntry[] = [];
  for (const { file, list } of LIST_FILES) {
    const raw = await readEntry(directory, file, listFileSchema, faults);
    if (!raw) continue;
    const read = readListEntries(raw, list, context);
    lists.push(...read.entries);
    faults.push(...read.problems.map((one) => ({ file, ...one })));
  }
  if (faults.length > 0)
    throw toConfigurationError(faults.map((one) => ({ ...one, file: join("programs", one.file) })));
  programs.sort((one, other) => one.program.id.localeCompare(other.program.id, "en", { numeric: true }));
  return { programs: programs.map(({ program }) => program), directions, lists };
}

async function readProgramFile(
  directory: string,
  file: string,
  context: CheckingContext,
  faults: Fault[],
): Promise<Program | undefined> {
  const raw = await readEntry(directory, file, programFileSchema, faults);
  if (!raw) return undefined;
  const made = toProgram(raw);
  const checked = checkProgram(made.program, context);
  const problems = [...made.problems, ...checked.problems];
  const named = file.replace(/\.ya?ml$/, "");
  if (named !== raw.id && !named.startsWith(`${raw.id}-`))
    problems.push({
      place: "id",
      what: `编号“${raw.id}”与文件名不符`,
      next: `请把文件改名为 ${raw.id}-名称.yaml，或改正编号`,
    });
  faults.push(...problems.map((problem) => ({ file, entry: raw.id, problem })));
  return checked.program;
}

async function listYamlFiles(directory: string): Promise<string[]> {
  try {
    const names = await readdir(directory);
    return names.filter((name) => /\.ya?ml$/.test(name) && name !== "directions.yaml").sort();
  } catch (cause) {
    const problem = { place: "目录", what: "不存在或无法读取", next: "请建立该目录并放入项目文件" };
    throw toConfigurationError([{ file: "programs", entry: null, problem }], cause);
  }
}

async function readEntry<S extends z.ZodType>(
  directory: string,
  file: string,
  schema: S,
  faults: Fault[],
): Promise<z.output<S> | undefined> {
  let raw: unknown;
  try {
    raw = parse(await readFile(join(directory, file), "utf8"));
  } catch (cause) {
    const line = cause instanceof YAMLParseError ? cause.linePos?.[0].line : undefined;
    const what = cause instanceof YAMLParseError ? "不是合法的 YAML" : "无法读取";
    const place = line === undefined ? "文件" : `第 ${line} 行`;
    faults.push({
      file,
      entry: null,
      problem: { place, what, next: "请检查缩进、引号和冒号；写法见 knowledge/programs/README.md" },
    });
    return undefined;
  }
  const checked = schema.safeParse(raw);
  if (checked.success) return checked.data;
  faults.push(...describeIssues(checked.error, raw).map((one) => ({ file, ...one })));
  return undefined;
}
