import { type Actor, requireRight } from "../../access/index.ts";
import { AppError, type Clock, type IdSource } from "../../shared/index.ts";
import type { AbsenceRecord, TicketStore } from "../../storage/index.ts";
import { standIn } from "../routing/stand-in.ts";
import type { Absence, Department, DeskSettings } from "../settings-types.ts";

export interface AbsenceDeskOptions {
  store: Pick<TicketStore, "addAbsence" | "cancelAbsence" | "absences">;
  settings(): Pick<DeskSettings, "departments">;
  clock: Clock;
  ids: IdSource;
}

export interface NewAbsence {
  /** Absent: the actor's own. For others it needs the right to manage triage. */
  account?: string;
  /** ISO 8601; half-open. */
  from: string;
  to: string;
  /** An account, or the name of a specialist as written; null: the department's queue. */
  deputy: string | null;
  note?: string | null;
}

export interface SetAbsence {
  absence: Absence;
  /** Earlier entries of the same person that it overlapped; they are cancelled. */
  replaced: readonly Absence[];
  /** In Chinese: what should be known, for example that the deputy is away as well. */
  warnings: readonly string[];
}

export interface AbsenceDesk {
  /** Not cancelled and not over, as of the last `refresh` or change. */
  current(): readonly Absence[];
  refresh(): Promise<void>;
  /** Throws `forbidden`, `unusable-input` (times, who is no specialist, deputy unknown or of another department). */
  set(wanted: NewAbsence, by: Actor): Promise<SetAbsence>;
  /** Own ones, or any with the right to manage triage. Throws `not-found` when there is none such. */
  cancel(absenceId: string, by: Actor): Promise<Absence>;
  /** Present and coming ones of an account, earliest first. */
  list(account: string): readonly Absence[];
}

const LONGEST_DAYS = 366;
const LONGEST_NOTE = 200;
const DAY_MS = 24 * 60 * 60 * 1000;

export async function createAbsenceDesk(options: AbsenceDeskOptions): Promise<AbsenceDesk> {
  const { store, clock } = options;
  let known: readonly Absence[] = [];
  const refresh = async () => {
    known = (await store.absences(clock())).map(toAbsence);
  };
  const list = (account: string) =>
    known
      .filter((one) => one.account === account && Date.parse(one.to) > clock().getTime())
      .toSorted((one, other) => Date.parse(one.from) - Date.parse(other.from));
  await refresh();
  return {
    current: () => known,
    refresh,
    list,
    async set(wanted, by) {
      requireRight(by, "work-tickets");
      await refresh();
      const absence = checkAbsence(wanted, by, options);
      const replaced = list(absence.account).filter((one) => overlap(one, absence));
      const origin = { actor: by.account };
      await store.addAbsence(absence, origin, clock());
      // Afterwards: between the two the person is away twice, never not at all.
      for (const one of replaced) await store.cancelAbsence(one.absenceId, clock(), origin);
      await refresh();
      return { absence, replaced, warnings: warnOfDeputy(absence, known, options.settings().departments) };
    },
    async cancel(absenceId, by) {
      requireRight(by, "work-tickets");
      await refresh();
      const absence = known.find((one) => one.absenceId === absenceId);
      if (!absence) throw noSuchAbsence(absenceId);
      if (absence.account !== by.account) requireRight(by, "manage-triage");
      const cancelled = await store.cancelAbsence(absenceId, clock(), { actor: by.account });
      await refresh();
      if (!cancelled) throw noSuchAbsence(absenceId);
      return absence;
    },
  };
}

function toAbsence({ cancelledAt: _cancelledAt, ...absence }: AbsenceRecord): Absence {
  return absence;
}

function overlap(one: Absence, other: Absence): boolean {
  return Date.parse(one.from) < Date.parse(other.to) && Date.parse(other.from) < Date.parse(one.to);
}

function checkAbsence(wanted: NewAbsence, by: Actor, { settings, clock, ids }: AbsenceDeskOptions): Absence {
  const account = wanted.account ?? by.account;
  if (account !== by.account) requireRight(by, "manage-triage");
  const [from, to] = [Date.parse(wanted.from), Date.parse(wanted.to)];
  if (!(from < to)) throw unusable("休假的结束时间须晚于开始时间，请重新说明从哪天到哪天。");
  if (to <= clock().getTime()) throw unusable("您说的日子已经过去，请重新说明从哪天到哪天。");
  if (to - from > LONGEST_DAYS * DAY_MS)
    throw unusable("一次最多登记一年，请分次登记，或请管理员将其移出部门专员。");
  const note = wanted.note?.trim() || null;
  if (note && note.length > LONGEST_NOTE) throw unusable(`备注请控制在 ${LONGEST_NOTE} 字以内。`);
  const own = settings().departments.filter(({ specialists }) =>
    specialists.some((one) => one.account === account),
  );
  if (own.length === 0)
    throw unusable(`${account} 不是任何部门的专员，无需登记休假。如应列为专员，请联系管理员添加。`);
  const deputy =
    wanted.deputy === null ? null : findDeputy(wanted.deputy, account, own, settings().departments);
  return {
    absenceId: ids(),
    account,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    deputy,
    note,
  };
}

/** A deputy takes tasks of the department, so works there. */
function findDeputy(
  wanted: string,
  account: string,
  own: readonly Department[],
  all: readonly Department[],
): string {
  const colleagues = own.flatMap(({ specialists }) => specialists).filter((one) => one.account !== account);
  const matches = (one: { account: string; name: string }) => one.account === wanted || one.name === wanted;
  const found = [...new Set(colleagues.filter(matches).map((one) => one.account))];
  const [only] = found;
  if (found.length === 1 && only !== undefined) return only;
  const names = [...new Set(colleagues.map(({ name }) => name))].join("、");
  const choice =
    names === "" ? "所在部门没有其他专员，可不设代理人，工单将进入部门队列。" : `可选：${names}。`;
  if (found.length > 1) throw unusable(`有不止一位专员叫“${wanted}”，请写明账号。`);
  if (wanted === account || own.some(({ specialists }) => specialists.some(matches))) {
    throw unusable(`代理人不能是休假者本人。${choice}`);
  }
  const elsewhere = all.find(({ specialists }) => specialists.some(matches));
  if (elsewhere) throw unusable(`“${wanted}”是${elsewhere.name}的专员，代理人须为同部门专员。${choice}`);
  throw unusable(`“${wanted}”不是本部门的专员，不能作为代理人。${choice}`);
}

function warnOfDeputy(
  absence: Absence,
  known: readonly Absence[],
  departments: readonly Department[],
): string[] {
  const { account, deputy } = absence;
  if (deputy === null) return ["未指定代理人，期间新来的工单进入部门队列。"];
  const departmentsOfBoth = departments.filter(
    ({ specialists }) =>
      specialists.some((one) => one.account === account) && specialists.some((one) => one.account === deputy),
  );
  const others = known.filter((one) => one.account === deputy && overlap(one, absence));
  const moments = [absence, ...others].map(({ from }) =>
    Math.max(Date.parse(from), Date.parse(absence.from)),
  );
  const reached = moments.every((moment) =>
    departmentsOfBoth.some((department) => standIn(account, department, known, new Date(moment)) !== null),
  );
  if (!reached) return ["代理人在此期间也休假且没有可用的代理人，届时工单进入部门队列。"];
  return others.length > 0 ? ["代理人在此期间也有休假，届时由代理人的代理人接手。"] : [];
}

function unusable(safeMessage: string): AppError {
  return new AppError({
    code: "unusable-input",
    message: `absence not accepted: ${safeMessage}`,
    safeMessage,
  });
}

function noSuchAbsence(absenceId: string): AppError {
  return new AppError({
    code: "not-found",
    message: `no open absence ${absenceId}`,
    safeMessage: "没有找到这条休假登记，可能已取消或已结束。请查看休假列表后重试。",
  });
}
