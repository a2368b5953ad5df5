import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, YAMLParseError } from "yaml";
import type { z } from "zod";
import { AppError } from "../../shared/index.ts";
import type { DeskSettings } from "../settings-types.ts";
import { checkSettings } from "./check-settings.ts";
import { describeIssues, inChinese } from "./describe-issues.ts";
import type { KnownWords } from "./settings-problem.ts";
import {
  calendarSchema,
  departmentsFileSchema,
  dutyLineFileSchema,
  PART_NAMES,
  routingFileSchema,
  slaSchema,
  templatesFileSchema,
} from "./settings-schema.ts";

/**
 * Reads `knowledge/triage/{departments,routing,sla,calendar,templates,duty-line}.yaml`. Throws AppError `configuration` that
 * names file and entry of every fault; nothing is loaded then. `known` lets it find categories and industries that are none.
 */
export async function loadDeskSettings(
  knowledgeDirectory: string,
  known?: KnownWords,
): Promise<DeskSettings> {
  const directory = join(knowledgeDirectory, "triage");
  const faults: string[] = [];
  const read = <S extends z.ZodType>(file: string, schema: S) => readPart(directory, file, schema, faults);
  const departments = await read("departments.yaml", departmentsFileSchema);
  const routing = await read("routing.yaml", routingFileSchema);
  const sla = await read("sla.yaml", slaSchema);
  const calendar = await read("calendar.yaml", calendarSchema);
  const templates = await read("templates.yaml", templatesFileSchema);
  const dutyLine = await read("duty-line.yaml", dutyLineFileSchema);
  if (!departments || !routing || !sla || !calendar || !templates || !dutyLine) throw unusable(faults);
  const settings: DeskSettings = {
    departments: departments.departments.map(({ id, name, ...given }) => ({
      id,
      name,
      specialists: given.specialists ?? [],
      leads: given.leads ?? [],
      group: given.group ?? null,
      hours: given.hours ?? departments.hours,
      fallback: given.fallback ?? false,
    })),
    routing: routing.rules,
    sla,
    calendar,
    templates: templates.templates,
    dutyLine: dutyLine.dutyLine,
  };
  const errors = checkSettings(settings, known).filter(({ level }) => level === "error");
  if (errors.length > 0) {
    throw unusable(errors.map(({ part, text }) => `${PART_NAMES[part]}（${fileOf(part)}）：${text}`));
  }
  return settings;
}

function fileOf(part: keyof DeskSettings): string {
  return part === "dutyLine" ? "duty-line.yaml" : `${part}.yaml`;
}

async function readPart<S extends z.ZodType>(
  directory: string,
  file: string,
  schema: S,
  faults: string[],
): Promise<z.output<S> | undefined> {
  let raw: unknown;
  try {
    raw = parse(await readFile(join(directory, file), "utf8"));
  } catch (cause) {
    const line = cause instanceof YAMLParseError ? cause.linePos?.[0].line : undefined;
    const where = line === undefined ? "" : `第 ${line} 行`;
    faults.push(
      `${file} ${where}${cause instanceof YAMLParseError ? "不是合法的 YAML" : "不存在或无法读取"}`,
    );
    return undefined;
  }
  const checked = schema.safeParse(raw, inChinese);
  if (checked.success) return checked.data;
  faults.push(...describeIssues(checked.error, raw).map((fault) => `${file} ${fault}`));
  return undefined;
}

const SHOWN_FAULTS = 10;

function unusable(faults: readonly string[]): AppError {
  const shown = faults.slice(0, SHOWN_FAULTS).map((fault) => `· ${fault}`);
  const more = faults.length > SHOWN_FAULTS ? [`· 另有 ${faults.length - SHOWN_FAULTS} 处`] : [];
  return new AppError({
    code: "configuration",
    message: `knowledge/triage: ${faults.join("; ")}`,
    safeMessage: [
      "工单设置文件（knowledge/triage）无法使用：",
      ...shown,
      ...more,
      "请对照各文件开头的写作说明修正后重新启动。",
    ].join("\n"),
  });
}
