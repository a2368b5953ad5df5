import { AppError } from "../../shared/index.ts";
import type { SettingsRecord, TicketStore } from "../../storage/index.ts";
import type { DeskSettings, SettingsPart } from "../settings-types.ts";
import { checkSettings } from "./check-settings.ts";
import { hashSettings } from "./hash-settings.ts";
import { readPartContent, withPart } from "./read-settings.ts";
import type { KnownWords, SettingsProblem } from "./settings-problem.ts";
import { PART_NAMES, SETTINGS_PARTS } from "./settings-schema.ts";

const SYNC_ACCOUNT = "system:sync";

interface SyncParts {
  store: Pick<TicketStore, "settings" | "settingsHistory" | "saveSettings">;
  files: DeskSettings;
  known: KnownWords;
  at: Date;
}

/**
 * Brings the database to what the files say. A part changed at the desk stays, and a file that changed since gives a warning;
 * so does a changed file that no longer fits what was changed at the desk.
 */
export async function syncSettingsFiles({ store, files, known, at }: SyncParts): Promise<SettingsProblem[]> {
  const newest = new Map((await store.settings()).map((record) => [record.part, record]));
  const warnings: SettingsProblem[] = [];
  const wanted: SettingsPart[] = [];
  for (const part of SETTINGS_PARTS) {
    const decision = await decide(part, newest.get(part), files, store);
    if (decision === "take") wanted.push(part);
    if (decision === "edited")
      warnings.push(warn(part, "文件有改动，但这一项已在系统中修改过，仍以系统中的为准"));
  }
  const present = combine(files, newest);
  let next = present;
  for (const part of wanted) next = withPart(next, part, files[part]);
  const unfit = hasErrors(next, known) && !hasErrors(present, known);
  for (const part of wanted) {
    if (unfit && newest.has(part)) {
      warnings.push(warn(part, "文件有改动，但与系统中改过的其他设置不相符，没有采用，请核对后在系统中修改"));
      continue;
    }
    const expected = newest.get(part)?.revision ?? 0;
    await saveFile(part, files, expected, at, store);
  }
  return warnings;
}

/** Of processes that start together one writes; the others find it done. */
async function saveFile(
  part: SettingsPart,
  files: DeskSettings,
  expected: number,
  at: Date,
  store: SyncParts["store"],
): Promise<void> {
  try {
    await store.saveSettings(toRecord(part, files, at), expected, { actor: SYNC_ACCOUNT });
  } catch (thrown) {
    if (!(thrown instanceof AppError && thrown.code === "conflict")) throw thrown;
  }
}

async function decide(
  part: SettingsPart,
  record: SettingsRecord | undefined,
  files: DeskSettings,
  store: SyncParts["store"],
): Promise<"take" | "keep" | "edited"> {
  const hash = hashSettings(files[part]);
  if (!record) return "take";
  if (record.contentHash === hash) return "keep";
  if (record.origin === "file") return "take";
  const lastFile = (await store.settingsHistory(part)).find(({ origin }) => origin === "file");
  return lastFile?.contentHash === hash ? "keep" : "edited";
}

/** What the database says, completed by the files. */
function combine(files: DeskSettings, newest: ReadonlyMap<string, SettingsRecord>): DeskSettings {
  let settings = files;
  for (const part of SETTINGS_PARTS) {
    const record = newest.get(part);
    if (record) settings = withPart(settings, part, readOr(part, record.content, files));
  }
  return settings;
}

function readOr<Part extends SettingsPart>(
  part: Part,
  content: unknown,
  files: DeskSettings,
): DeskSettings[Part] {
  try {
    return readPartContent(part, content);
  } catch {
    return files[part];
  }
}

function hasErrors(settings: DeskSettings, known: KnownWords): boolean {
  return checkSettings(settings, known).some(({ level }) => level === "error");
}

function toRecord(part: SettingsPart, files: DeskSettings, at: Date): Omit<SettingsRecord, "revision"> {
  return {
    part,
    content: files[part],
    origin: "file",
    contentHash: hashSettings(files[part]),
    by: SYNC_ACCOUNT,
    at: at.toISOString(),
    reason: null,
  };
}

function warn(part: SettingsPart, why: string): SettingsProblem {
  return { level: "warning", part, entry: null, text: `${PART_NAMES[part]}：${why}` };
}
