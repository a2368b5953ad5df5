import { z } from "zod";
import type { OfficeTurn } from "./office-parts.ts";

/** A request that nobody decided in this time counts as dropped. */
const EXPIRY_MS = 7 * 24 * 60 * 60 * 1000;
const MAX_KEPT = 10;

const registrationSchema = z.object({
  /** Key of the message that asked for it. */
  request: z.string(),
  account: z.string(),
  name: z.string(),
  department: z.string(),
  departmentName: z.string(),
  /** ISO 8601. */
  at: z.string(),
  state: z.enum(["pending", "approved", "refused"]),
  byName: z.string().nullable(),
  decidedAt: z.string().nullable(),
});

/** Somebody's wish to work for a department, and what became of it. */
export type Registration = z.infer<typeof registrationSchema>;

const stateSchema = z.object({ requests: z.array(registrationSchema) });
const indexSchema = z.object({ accounts: z.array(z.string()) });
const INDEX = "office:register";

type Parts = Pick<OfficeTurn, "options" | "at">;

function keyOf(account: string): string {
  return `${INDEX}:${account}`;
}

export async function registrationsOf({ options }: Parts, account: string): Promise<Registration[]> {
  const stored = stateSchema.safeParse((await options.dialogues.getDialogue(keyOf(account)))?.state);
  return stored.success ? stored.data.requests : [];
}

export function isWaiting({ state, at: asked }: Registration, at: Date): boolean {
  return state === "pending" && at.getTime() - Date.parse(asked) <= EXPIRY_MS;
}

/** In the place of the one with its key, else behind the others. Goes with the person's other dialogues when they are forgotten. */
export async function saveRegistration({ options, at }: Parts, registration: Registration): Promise<void> {
  const { account, request } = registration;
  const others = (await registrationsOf({ options, at }, account)).filter((one) => one.request !== request);
  await options.dialogues.saveDialogue({
    sessionKey: keyOf(account),
    account,
    state: { requests: [...others, registration].slice(-MAX_KEPT) },
    updatedAt: at.toISOString(),
  });
}

/** So that an administrator who has no card finds it. */
export async function noteAccount({ options, at }: Parts, account: string): Promise<void> {
  const accounts = await noted(options);
  const waiting = [];
  for (const each of accounts)
    if (each !== account && (await waits({ options, at }, each))) waiting.push(each);
  await options.dialogues.saveDialogue({
    sessionKey: INDEX,
    account: "system:desk",
    state: { accounts: [...waiting, account] },
    updatedAt: at.toISOString(),
  });
}

/** Oldest first. */
export async function waitingRegistrations(parts: Parts): Promise<Registration[]> {
  const found = [];
  for (const account of await noted(parts.options)) found.push(...(await registrationsOf(parts, account)));
  return found.filter((one) => isWaiting(one, parts.at)).sort((one, other) => one.at.localeCompare(other.at));
}

async function waits(parts: Parts, account: string): Promise<boolean> {
  return (await registrationsOf(parts, account)).some((one) => isWaiting(one, parts.at));
}

async function noted({ dialogues }: OfficeTurn["options"]): Promise<string[]> {
  const stored = indexSchema.safeParse((await dialogues.getDialogue(INDEX))?.state);
  return stored.success ? stored.data.accounts : [];
}
