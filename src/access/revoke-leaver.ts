import { toAppError } from "../shared/index.ts";
import type { Access } from "./create-access.ts";
import type { AccountName, Actor } from "./types.ts";

const DESK: Actor = { account: "system:desk", roles: new Set(["admin"]) };
const REASON = "账号已离开组织";

/**
 * Who is no longer with the organisation may nothing any more: tokens and roles go. The last administrator stays one:
 * without any nobody could repair anything. Safe to repeat; any other failure throws, so that it is.
 */
export async function revokeLeaver(access: Access, account: AccountName): Promise<void> {
  await access.revokeTokens(account, DESK, REASON);
  const { roles } = await access.actorOf(account);
  for (const role of roles) {
    if (role === "staff") continue;
    try {
      await access.revoke(account, role, DESK, REASON);
    } catch (thrown) {
      if (role !== "admin" || toAppError(thrown).code !== "conflict") throw thrown;
    }
  }
}
