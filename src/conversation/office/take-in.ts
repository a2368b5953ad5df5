import type { Registration } from "./keep-registrations.ts";
import type { OfficeTurn } from "./office-parts.ts";

/** Into the settings, then the role: each may be repeated, so that an interrupted one is finished by doing it again. */
export async function takeIn(
  { options, context }: Pick<OfficeTurn, "options" | "context">,
  { account, name, department }: Registration,
  why: string,
): Promise<void> {
  const known = options.settings
    .current()
    .departments.find(({ id }) => id === department)
    ?.specialists.find((one) => one.account === account);
  const member = { ...known, account, name };
  const reason = `${why}：${name}`;
  await options.settings.changeDepartment({ do: "save-member", department, member }, context.actor, reason);
  await options.access.grant(account, "specialist", context.actor, reason);
}
