import { AppError } from "../shared/index.ts";
import type { AccountName, Role } from "./types.ts";

const ACCOUNT = /^[a-z][a-z0-9-]{0,31}:[^\s\p{C}]{1,200}$/u;
const ROLES: readonly Role[] = ["staff", "specialist", "admin", "auditor"];

/** `channel:user`. Throws AppError `usage`. */
export function parseAccountName(value: string): AccountName {
  const name = value.trim();
  if (ACCOUNT.test(name)) return name;
  throw new AppError({
    code: "usage",
    message: `bad account name: ${JSON.stringify(name.slice(0, 80))}`,
    safeMessage: `账号“${name.slice(0, 80)}”的写法不对，应为“渠道:用户编号”，例如 feishu:ou_xxxx 或 cli:zhang。`,
  });
}

const MAX_SHOWN = 8;

/** For people, where no name is known: 账号 …a1b2, or the whole of a short one. */
export function describeAccount(account: string): string {
  const user = account.slice(account.indexOf(":") + 1);
  return `账号 ${user.length > MAX_SHOWN ? `…${user.slice(-4)}` : user}`;
}

/** Throws AppError `usage`. */
export function parseRole(value: string): Role {
  const role = ROLES.find((known) => known === value);
  if (role) return role;
  throw new AppError({
    code: "usage",
    message: `unknown role ${JSON.stringify(value.slice(0, 40))}`,
    safeMessage: `没有“${value.slice(0, 40)}”这个角色。可用角色：specialist（部门专员）、admin（管理员）、auditor（审计员）。`,
  });
}

/** Roles as stored → known ones; everybody is staff. */
export function toRoles(stored: readonly string[]): ReadonlySet<Role> {
  return new Set(["staff", ...ROLES.filter((role) => stored.includes(role))] as Role[]);
}
