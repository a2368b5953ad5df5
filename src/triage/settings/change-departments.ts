import { AppError } from "../../shared/index.ts";
import type { Department, Specialist } from "../settings-types.ts";

/** A small change of one department. */
export type DepartmentChange =
  | { do: "save-member"; department: string; member: Specialist }
  /** Also takes them from the leads of this department. */
  | { do: "remove-member"; department: string; account: string }
  | { do: "set-group"; department: string; group: string | null }
  | { do: "set-leads"; department: string; leads: readonly string[] };

/** The departments after it. Throws `not-found` when there is no such department or member. */
export function changeDepartments(
  departments: readonly Department[],
  change: DepartmentChange,
): Department[] {
  if (!departments.some(({ id }) => id === change.department)) {
    throw new AppError({
      code: "not-found",
      message: `no department ${change.department}`,
      safeMessage: `没有编号为“${change.department}”的部门。现有：${departments.map(({ id, name }) => `${name}（${id}）`).join("、")}。`,
    });
  }
  return departments.map((one) => (one.id === change.department ? changeOne(one, change) : one));
}

function changeOne(department: Department, change: DepartmentChange): Department {
  switch (change.do) {
    case "save-member":
      return { ...department, specialists: putMember(department.specialists, change.member) };
    case "remove-member":
      return removeMember(department, change.account);
    case "set-group":
      return { ...department, group: change.group };
    case "set-leads":
      return { ...department, leads: change.leads };
  }
}

function putMember(specialists: readonly Specialist[], member: Specialist): Specialist[] {
  const there = specialists.some(({ account }) => account === member.account);
  if (!there) return [...specialists, member];
  return specialists.map((one) => (one.account === member.account ? member : one));
}

function removeMember(department: Department, account: string): Department {
  const { specialists, leads, name } = department;
  if (!specialists.some((one) => one.account === account) && !leads.includes(account)) {
    throw new AppError({
      code: "not-found",
      message: `${account} is not in ${department.id}`,
      safeMessage: `${account} 不在${name}的专员和负责人中，无需移除。`,
    });
  }
  return {
    ...department,
    specialists: specialists.filter((one) => one.account !== account),
    leads: leads.filter((one) => one !== account),
  };
}
