import { eventHeader } from "./schema.ts";

/**
 * Why an event is none of ours, although it came by our connection: it names another app, or, where our organisation is
 * known, another one. An app that an organisation made for itself serves that organisation alone; people of others who share
 * a group with it come in events of our own organisation.
 */
export function findForeign(
  data: unknown,
  own: { appId: string; tenantKey: string | undefined },
): string | undefined {
  const { app_id, tenant_key } = eventHeader.safeParse(data).data ?? {};
  if (app_id !== undefined && app_id !== own.appId) return "an event of another app";
  if (own.tenantKey !== undefined && tenant_key !== undefined && tenant_key !== own.tenantKey)
    return "an event of another organisation";
  return undefined;
}
