import { AppError } from "../../shared/index.ts";
import type { DeskSettings, SettingsPart } from "../settings-types.ts";
import { describeIssues, inChinese } from "./describe-issues.ts";
import { PART_NAMES, schemaOf } from "./settings-schema.ts";

/** Content of a part from the database or from a person. Throws AppError `unusable-input` that names every fault. */
export function readPartContent<Part extends SettingsPart>(part: Part, content: unknown): DeskSettings[Part] {
  const checked = schemaOf(part).safeParse(content, inChinese);
  if (checked.success) return checked.data as DeskSettings[Part];
  throw unusableSettings(part, describeIssues(checked.error, content));
}

const SHOWN_FAULTS = 5;

export function unusableSettings(part: SettingsPart, faults: readonly string[]): AppError {
  const more = faults.length > SHOWN_FAULTS ? `（另有 ${faults.length - SHOWN_FAULTS} 处）` : "";
  return new AppError({
    code: "unusable-input",
    message: `settings ${part} not accepted: ${faults.join("; ")}`,
    safeMessage: `“${PART_NAMES[part]}”没有保存：${faults.slice(0, SHOWN_FAULTS).join("；")}${more}。请修改后再保存。`,
  });
}

export function withPart<Part extends SettingsPart>(
  settings: DeskSettings,
  part: Part,
  content: DeskSettings[Part],
): DeskSettings {
  return { ...settings, [part]: content };
}
