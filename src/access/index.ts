export { describeAccount, parseAccountName, parseRole } from "./account-name.ts";
export { type Access, createAccess, operatorOf } from "./create-access.ts";
export { revokeLeaver } from "./revoke-leaver.ts";
export { can, requireRight } from "./rights.ts";
export type { AccountName, Actor, Audience, Operation, Role, Visibility } from "./types.ts";
export { canSee, describeVisibility, parseVisibility, publicAudience } from "./visibility.ts";
