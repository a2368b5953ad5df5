import { appendAudit, describeChange } from "../audit/append-audit.ts";
import { changeWithin } from "../change-lock.ts";
import type { Database } from "../dialect.ts";
import { toInstant, toText } from "../row-values.ts";
import type { AccessStore } from "../types.ts";

type TokensPart = Pick<AccessStore, "addToken" | "accountOfToken" | "revokeTokens">;

/** Revoked tokens stay, so that their hash cannot be given out again. */
export function createTokens({ read, write }: Database): TokensPart {
  return {
    addToken: (tokenHash, account, at, origin) =>
      changeWithin(write, async (transaction) => {
        await transaction("access_tokens").insert({
          token_hash: toText(tokenHash),
          account: toText(account),
          created_at: toInstant(at),
          revoked_at: null,
        });
        await appendAudit(transaction, describeChange("token.added", `account:${account}`, {}, at, origin));
      }),
    async accountOfToken(tokenHash) {
      const row: { account: string } | undefined = await read("access_tokens")
        .where("token_hash", toText(tokenHash))
        .whereNull("revoked_at")
        .first("account");
      return row?.account;
    },
    revokeTokens: (account, at, origin) =>
      changeWithin(write, async (transaction) => {
        const tokens = await transaction("access_tokens")
          .where("account", toText(account))
          .whereNull("revoked_at")
          .update({ revoked_at: toInstant(at) });
        if (tokens === 0) return 0;
        const entry = describeChange("token.revoked", `account:${account}`, { tokens }, at, origin);
        await appendAudit(transaction, entry);
        return tokens;
      }),
  };
}
