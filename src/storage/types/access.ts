import type { ChangeOrigin } from "./audit.ts";

export interface RoleBinding {
  account: string;
  role: string;
  grantedBy: string;
  grantedAt: string;
}

export interface AccessStore {
  rolesOf(account: string): Promise<string[]>;
  listBindings(role?: string): Promise<RoleBinding[]>;
  /** False: was bound already. Writes the audit entry in the same transaction. */
  grantRole(account: string, role: string, at: Date, origin: ChangeOrigin): Promise<boolean>;
  /** False: was not bound. Throws `conflict` when it would remove the last admin. */
  revokeRole(account: string, role: string, at: Date, origin: ChangeOrigin): Promise<boolean>;
  /** Tokens are kept as SHA-256 only. */
  addToken(tokenHash: string, account: string, at: Date, origin: ChangeOrigin): Promise<void>;
  accountOfToken(tokenHash: string): Promise<string | undefined>;
  /** Returns how many were revoked. */
  revokeTokens(account: string, at: Date, origin: ChangeOrigin): Promise<number>;
}
