/** staff: enterprise people (everybody). specialist: of a department. admin: of the commission. auditor: reads the log. */
export type Role = "staff" | "specialist" | "admin" | "auditor";

/** A platform's account, written `feishu:ou_…`, `web:…`, `cli:name`, `api:name`, `system:sync`. */
export type AccountName = string;

/** Who does something, with the roles bound to the account. */
export interface Actor {
  account: AccountName;
  roles: ReadonlySet<Role>;
}

/** Who may read an answer: everybody who sees the chat it goes to. */
export interface Audience {
  account: AccountName | null;
  roles: ReadonlySet<Role>;
  chatKind: "direct" | "group";
  /** `feishu:oc_…`; null outside chats. */
  chat: string | null;
}

/**
 * Who may learn from a document. `groups`: members of these chats, in the chat. `internal`: specialists, admins and
 * auditors, in direct chats only. Specialists, admins and auditors see `groups` documents in direct chats as well.
 */
export type Visibility =
  | { kind: "public" }
  | { kind: "groups"; chats: readonly string[] }
  | { kind: "internal" };

export type Operation =
  | "submit-document"
  | "review-document"
  | "publish-document"
  | "withdraw-document"
  | "change-visibility"
  | "manage-faq"
  | "read-review"
  | "read-audit"
  | "manage-roles"
  | "read-answers"
  | "read-enterprises"
  | "manage-enterprises"
  | "read-programs"
  | "manage-programs"
  | "work-tickets"
  | "read-tickets"
  | "manage-triage"
  | "read-figures";
