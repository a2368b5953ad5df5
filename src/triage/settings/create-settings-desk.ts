import { type Actor, requireRight } from "../../access/index.ts";
import { AppError, type Clock } from "../../shared/index.ts";
import type { SettingsRecord, TicketStore } from "../../storage/index.ts";
import { withRule } from "../routing/suggest-routing-changes.ts";
import type { DeskSettings, RoutingRule, SettingsPart } from "../settings-types.ts";
import { changeDepartments, type DepartmentChange } from "./change-departments.ts";
import { checkSettings } from "./check-settings.ts";
import { changedEntries, describeSettingsChange } from "./describe-settings-change.ts";
import { hashSettings } from "./hash-settings.ts";
import { readPartContent, unusableSettings, withPart } from "./read-settings.ts";
import type { KnownWords, SettingsProblem } from "./settings-problem.ts";
import { PART_NAMES, SETTINGS_PARTS } from "./settings-schema.ts";
import { syncSettingsFiles } from "./sync-settings-files.ts";

export interface SettingsDeskOptions {
  store: Pick<TicketStore, "settings" | "settingsHistory" | "saveSettings">;
  /** As `loadDeskSettings` read them. */
  files: DeskSettings;
  known?: KnownWords;
  clock: Clock;
}

export interface SettingsPreview {
  /** What would be different, a line a change. */
  changes: readonly string[];
  /** Errors that would keep it from being saved, and new warnings. */
  problems: readonly SettingsProblem[];
}

export interface SavedSettings extends SettingsPreview {
  /** `unchanged`: it says so already; nothing was written. */
  outcome: "saved" | "unchanged";
  revision: number;
}

/** The settings as they are, and how they are changed. Rights, reasons and checks are here; texts of errors say the next step. */
export interface SettingsDesk {
  /** As of the last `refresh` or `save`. */
  current(): DeskSettings;
  revisionOf(part: SettingsPart): number;
  /** Of the settings as they are, and what the start said of files that were not taken. */
  problems(): readonly SettingsProblem[];
  /** Reads again what other processes saved. */
  refresh(): Promise<void>;
  /** Throws `unusable-input` when the content has not the shape of the part. */
  preview(part: SettingsPart, content: unknown): SettingsPreview;
  /**
   * Throws `forbidden`, `unusable-input` (no reason, faults), `conflict` (not at `expectedRevision`; absent: the one that
   * `current` shows).
   */
  save(
    part: SettingsPart,
    content: unknown,
    by: Actor,
    reason: string,
    expectedRevision?: number,
  ): Promise<SavedSettings>;
  /** Members, group and leads of one department, on what is newest. */
  changeDepartment(change: DepartmentChange, by: Actor, reason: string): Promise<SavedSettings>;
  /** Puts a rule into the newest routing table, in the place of the one with its id, else before all others. */
  adoptRule(rule: RoutingRule, by: Actor, reason: string): Promise<SavedSettings>;
  /** Newest first. */
  history(part: SettingsPart): Promise<SettingsRecord[]>;
  /** From one revision to another, in words. */
  diff(part: SettingsPart, from: number, to: number): Promise<string[]>;
  /** Saves what an earlier revision said as a new one. */
  rollback(part: SettingsPart, revision: number, by: Actor, reason: string): Promise<SavedSettings>;
  /** Back to what the file says; from then on the part follows its file again. */
  followFile(part: SettingsPart, by: Actor, reason: string): Promise<SavedSettings>;
}

type Revisions = Readonly<Record<SettingsPart, number>>;

interface Snapshot {
  settings: DeskSettings;
  revisions: Revisions;
  /** Parts of the database that cannot be read; their files stand in. */
  unreadable: readonly SettingsProblem[];
}

/** Brings the database to what the files say and reads it. */
export async function createSettingsDesk(options: SettingsDeskOptions): Promise<SettingsDesk> {
  const { store, files, known = {}, clock } = options;
  const fromFiles = await syncSettingsFiles({ store, files, known, at: clock() });
  let snapshot = await readSnapshot(store, files);
  const refresh = async () => {
    snapshot = await readSnapshot(store, files);
  };
  const put = (change: Change) =>
    saveChange(change, { store, clock, known, snapshot: () => snapshot, refresh });
  return {
    current: () => snapshot.settings,
    revisionOf: (part) => snapshot.revisions[part],
    problems: () => [...snapshot.unreadable, ...checkSettings(snapshot.settings, known), ...fromFiles],
    refresh,
    preview: (part, content) => previewChange(part, readPartContent(part, content), snapshot.settings, known),
    save: (part, content, by, reason, expectedRevision) =>
      put({ part, content, by, reason, expectedRevision, origin: "desk" }),
    async changeDepartment(change, by, reason) {
      requireRight(by, "manage-triage");
      await refresh();
      const content = changeDepartments(snapshot.settings.departments, change);
      return put({ part: "departments", content, by, reason, origin: "desk" });
    },
    async adoptRule(rule, by, reason) {
      requireRight(by, "manage-triage");
      await refresh();
      return put({
        part: "routing",
        content: withRule(snapshot.settings.routing, rule),
        by,
        reason,
        origin: "desk",
      });
    },
    history: (part) => store.settingsHistory(part),
    async diff(part, from, to) {
      const [before, after] = [await findRevision(store, part, from), await findRevision(store, part, to)];
      const read = (record: SettingsRecord) => readPartContent(part, record.content);
      return describeSettingsChange(part, read(before), read(after), snapshot.settings);
    },
    async rollback(part, revision, by, reason) {
      requireRight(by, "manage-triage");
      const { content } = await findRevision(store, part, revision);
      return put({
        part,
        content,
        by,
        reason: reason && `退回到第 ${revision} 版：${reason}`,
        origin: "desk",
      });
    },
    followFile: (part, by, reason) => put({ part, content: files[part], by, reason, origin: "file" }),
  };
}

interface Change {
  part: SettingsPart;
  content: unknown;
  by: Actor;
  reason: string;
  expectedRevision?: number | undefined;
  origin: SettingsRecord["origin"];
}

interface SavingParts {
  store: SettingsDeskOptions["store"];
  clock: Clock;
  known: KnownWords;
  snapshot(): Snapshot;
  refresh(): Promise<void>;
}

async function saveChange(change: Change, { store, clock, known, snapshot, refresh }: SavingParts) {
  const { part, by, origin } = change;
  requireRight(by, "manage-triage");
  const reason = readReason(change.reason, part);
  const revision = change.expectedRevision ?? snapshot().revisions[part];
  // What other processes saved counts for the checks; that the part itself moved is found by its revision.
  await refresh();
  const { settings, revisions } = snapshot();
  const content = readPartContent(part, change.content);
  const preview = previewChange(part, content, settings, known);
  const errors = preview.problems.filter(({ level }) => level === "error");
  if (errors.length > 0)
    throw unusableSettings(
      part,
      errors.map(({ text }) => text),
    );
  if (preview.changes.length === 0 && revision === revisions[part] && origin === "desk") {
    return { ...preview, outcome: "unchanged" as const, revision };
  }
  const contentHash = hashSettings(content);
  const record = { part, content, origin, contentHash, by: by.account, at: clock().toISOString(), reason };
  const details = { changed: changedEntries(part, settings[part], content) };
  try {
    const saved = await store.saveSettings(record, revision, { actor: by.account, reason, details });
    return { ...preview, outcome: "saved" as const, revision: saved.revision };
  } finally {
    // After a conflict as well: who tries again should see what is there now.
    await refresh();
  }
}

function previewChange<Part extends SettingsPart>(
  part: Part,
  content: DeskSettings[Part],
  settings: DeskSettings,
  known: KnownWords,
): SettingsPreview {
  const before = new Set(checkSettings(settings, known).map(({ text }) => text));
  const next = withPart(settings, part, content);
  return {
    changes: describeSettingsChange(part, settings[part], content, next),
    problems: checkSettings(next, known).filter(({ text }) => !before.has(text)),
  };
}

const LONGEST_REASON = 200;

function readReason(reason: string, part: SettingsPart): string {
  const said = reason.trim();
  if (said !== "" && said.length <= LONGEST_REASON) return said;
  throw new AppError({
    code: "unusable-input",
    message: `settings ${part}: reason ${said === "" ? "missing" : "too long"}`,
    safeMessage: `修改“${PART_NAMES[part]}”须写明原因（${LONGEST_REASON} 字以内），它会记入操作日志。请补上后再保存。`,
  });
}

async function findRevision(
  store: Pick<TicketStore, "settingsHistory">,
  part: SettingsPart,
  revision: number,
): Promise<SettingsRecord> {
  const history = await store.settingsHistory(part);
  const found = history.find((record) => record.revision === revision);
  if (found) return found;
  throw new AppError({
    code: "not-found",
    message: `settings ${part} have no revision ${revision}`,
    safeMessage: `“${PART_NAMES[part]}”没有第 ${revision} 版，现有第 ${history.map((one) => one.revision).join("、")} 版。`,
  });
}

async function readSnapshot(store: Pick<TicketStore, "settings">, files: DeskSettings): Promise<Snapshot> {
  const records = new Map((await store.settings()).map((record) => [record.part, record]));
  const unreadable: SettingsProblem[] = [];
  const revisions: Partial<Record<SettingsPart, number>> = {};
  let settings = files;
  for (const part of SETTINGS_PARTS) {
    const record = records.get(part);
    revisions[part] = record?.revision ?? 0;
    if (!record) continue;
    try {
      settings = withPart(settings, part, readPartContent(part, record.content));
    } catch {
      const text = `系统中的“${PART_NAMES[part]}”（第 ${record.revision} 版）无法读取，暂用文件中的设置，请重新保存一次`;
      unreadable.push({ level: "error", part, entry: null, text });
    }
  }
  return { settings, revisions: revisions as Revisions, unreadable };
}
