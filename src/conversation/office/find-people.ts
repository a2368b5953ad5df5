import type { Department, DeskSettings, Specialist } from "../../triage/index.ts";
import { misuse } from "./office-reply.ts";

type Settings = Pick<DeskSettings, "departments">;

/** By id or name, or by part of exactly one name: 科委. */
export function findDepartment(words: string, { departments }: Settings): Department | undefined {
  const wanted = words.trim().replace(/的$/u, "");
  if (wanted === "") return undefined;
  const exact = departments.find(({ id, name }) => id === wanted.toLowerCase() || name === wanted);
  if (exact) return exact;
  const like = departments.filter(({ name }) => wanted.length >= 2 && name.includes(wanted));
  return like.length === 1 ? like[0] : undefined;
}

/** Throws `usage` with the names that there are. */
export function requireDepartment(words: string, settings: Settings): Department {
  const found = findDepartment(words, settings);
  if (found) return found;
  const names = settings.departments.map(({ name }) => name).join("、");
  throw misuse(
    words.trim() === ""
      ? `请写明部门。现有：${names}。`
      : `没有部门“${words.trim()}”，或不止一个部门符合。现有：${names}。`,
  );
}

export interface FoundPerson extends Specialist {
  department: Department;
}

/** A specialist of a department, or the only one of that name. Throws `usage` when it is nobody, or not clear who. */
export function requirePerson(person: string, department: string, settings: Settings): FoundPerson {
  const wanted = person.trim().replace(/^[@＠]/u, "");
  const within = department.trim() === "" ? settings.departments : [requireDepartment(department, settings)];
  const found = within.flatMap((each) =>
    each.specialists
      .filter(({ account, name }) => account === wanted || name === wanted)
      .map((one) => ({ ...one, department: each })),
  );
  const [only, ...others] = found;
  if (only && others.length === 0) return only;
  const where = within.length === 1 ? (within[0]?.name ?? "") : "各部门";
  if (!only) {
    const names = within.flatMap(({ specialists }) => specialists.map(({ name }) => name)).slice(0, 20);
    const known = names.length > 0 ? `现有专员：${names.join("、")}。` : "目前没有已登记的专员。";
    throw misuse(`${where}没有名为“${wanted}”的专员。${known}`);
  }
  const choices = found.map((each) => `${each.department.name} ${each.name}（${each.account}）`).join("；");
  throw misuse(`“${wanted}”不止一处：${choices}。请写明部门，或把姓名换成括号里的账号。`);
}

/** Where an account is specialist or lead. */
export function departmentsOf(account: string, { departments }: Settings): Department[] {
  return departments.filter(
    ({ specialists, leads }) => specialists.some((one) => one.account === account) || leads.includes(account),
  );
}

export function nameOf(account: string, { departments }: Settings): string | undefined {
  return departments.flatMap(({ specialists }) => specialists).find((one) => one.account === account)?.name;
}
