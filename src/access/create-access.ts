import { AppError, type Clock } from "../shared/index.ts";
import type { AccessStore, RoleBinding } from "../storage/index.ts";
import { parseAccountName, parseRole, toRoles } from "./account-name.ts";
import { requireRight } from "./rights.ts";
import { hashToken, makeToken } from "./tokens.ts";
import type { AccountName, Actor } from "./types.ts";

export interface Access {
  /** With the roles bound now; every account is staff. */
  actorOf(account: AccountName): Promise<Actor>;
  /** False: was bound already. Needs `manage-roles`. */
  grant(account: string, role: string, by: Actor, reason?: string): Promise<boolean>;
  /** False: was not bound. Throws `conflict` for the last admin. Needs `manage-roles`. */
  revoke(account: string, role: string, by: Actor, reason?: string): Promise<boolean>;
  /** Needs `manage-roles`. */
  list(by: Actor, role?: string): Promise<RoleBinding[]>;
  /** The token is in nobody's keeping but the receiver's: shown once. Needs `manage-roles`. */
  issueToken(account: string, by: Actor, reason?: string): Promise<string>;
  /** Undefined: unknown or revoked. */
  verifyToken(token: string): Promise<Actor | undefined>;
  /** How many were revoked. Needs `manage-roles`, but everybody may revoke their own. */
  revokeTokens(account: string, by: Actor, reason?: string): Promise<number>;
}

export function createAccess(store: AccessStore, clock: Clock): Access {
  const actorOf = async (account: AccountName): Promise<Actor> => ({
    account,
    roles: toRoles(await store.rolesOf(account)),
  });
  return {
    actorOf,
    async grant(account, role, by, reason) {
      requireRight(by, "manage-roles");
      const name = ownable(parseAccountName(account));
      return store.grantRole(name, parseRole(role), clock(), originOf(by, reason));
    },
    async revoke(account, role, by, reason) {
      requireRight(by, "manage-roles");
      return store.revokeRole(parseAccountName(account), parseRole(role), clock(), originOf(by, reason));
    },
    async list(by, role) {
      requireRight(by, "manage-roles");
      return store.listBindings(role === undefined ? undefined : parseRole(role));
    },
    async issueToken(account, by, reason) {
      requireRight(by, "manage-roles");
      const name = ownable(parseAccountName(account));
      const token = makeToken();
      await store.addToken(hashToken(token), name, clock(), originOf(by, reason));
      return token;
    },
    async verifyToken(token) {
      const account = await store.accountOfToken(hashToken(token));
      return account === undefined ? undefined : actorOf(account);
    },
    async revokeTokens(account, by, reason) {
      const name = parseAccountName(account);
      if (name !== by.account) requireRight(by, "manage-roles");
      return store.revokeTokens(name, clock(), originOf(by, reason));
    },
  };
}

/** Who has the data directory in hand can do everything to it; the audit log should say who that was. */
export function operatorOf(name: string): Actor {
  return { account: parseAccountName(`cli:${name}`), roles: new Set(["staff", "admin", "auditor"]) };
}

function originOf(by: Actor, reason: string | undefined) {
  return { actor: by.account, ...(reason !== undefined && { reason }) };
}

/** The program's own accounts belong to nobody. */
function ownable(account: AccountName): AccountName {
  if (!account.startsWith("system:")) return account;
  throw new AppError({
    code: "usage",
    message: `${account} is no person's account`,
    safeMessage: `${account} 是系统内部账号，不能授权。请填写人员或接口的账号。`,
  });
}
