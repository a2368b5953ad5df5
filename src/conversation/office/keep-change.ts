import { z } from "zod";
import { type RoutingRule, SETTINGS_PARTS } from "../../triage/index.ts";
import type { OfficeTurn } from "./office-parts.ts";

/** A change that was shown and not confirmed for so long counts as dropped. */
const EXPIRY_MS = 24 * 60 * 60 * 1000;

const whatSchema = z.discriminatedUnion("kind", [
  /** `matter`: id of a category, or of a rule. */
  z.object({ kind: z.literal("reroute"), matter: z.string(), department: z.string() }),
  z.object({
    kind: z.literal("rule"),
    rule: z.custom<RoutingRule>((value) => typeof value === "object" && value !== null),
  }),
  z.object({
    kind: z.literal("rollback"),
    part: z.enum(SETTINGS_PARTS),
    revision: z.number(),
  }),
  /** A department's group: another chat in the place of the one it had. */
  z.object({ kind: z.literal("bind"), department: z.string(), group: z.string() }),
]);

const changeSchema = z.object({
  /** Key of the message that asked for it. */
  change: z.string(),
  what: whatSchema,
  reason: z.string(),
  /** Of the part, when its changes were shown. */
  revision: z.number(),
  at: z.string(),
  /** What became of it, for a second click. */
  done: z.string().nullable(),
});

/** A change of the settings that waits for its administrator's word. One a person. */
export type PendingChange = z.infer<typeof changeSchema>;

type Parts = Pick<OfficeTurn, "options" | "context" | "at">;

function keyOf({ context }: Parts): string {
  return `office:change:${context.actor.account}`;
}

export async function pendingChange(parts: Parts): Promise<PendingChange | undefined> {
  const stored = changeSchema.safeParse((await parts.options.dialogues.getDialogue(keyOf(parts)))?.state);
  if (!stored.success) return undefined;
  return parts.at.getTime() - Date.parse(stored.data.at) > EXPIRY_MS ? undefined : stored.data;
}

export async function saveChange(parts: Parts, state: PendingChange): Promise<void> {
  const { account } = parts.context.actor;
  const updatedAt = parts.at.toISOString();
  await parts.options.dialogues.saveDialogue({ sessionKey: keyOf(parts), account, state, updatedAt });
}
