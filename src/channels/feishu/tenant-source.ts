import { z } from "zod";
import type { Clock } from "../../shared/index.ts";
import type { ApiCaller } from "./call-api.ts";
import { FeishuCallError } from "./failures.ts";

/**
 * Whose app this is. `known: false`: the key cannot be read (the permission to is not granted); `selfBuilt`: the platform
 * has given the app the tenant's token for its secret alone, which it does for self-built apps only.
 */
export type OwnTenant = { known: true; tenantKey: string } | { known: false; selfBuilt: boolean };

export interface TenantSource {
  /** Throws when the platform does not answer. */
  get(): Promise<OwnTenant>;
}

/** How long a missing permission is believed: somebody may be switching it on. */
const BELIEVE_MS = 10 * 60 * 1000;

const tenantAnswer = z.object({ data: z.object({ tenant: z.object({ tenant_key: z.string().min(1) }) }) });

/** The key as configured, else as the platform says (permission `tenant:tenant:readonly`). */
export function createTenantSource(
  call: ApiCaller["call"],
  configured: string | undefined,
  clock: Clock,
): TenantSource {
  let kept: { tenant: OwnTenant; until: number } | undefined;
  return {
    async get() {
      if (configured !== undefined) return { known: true, tenantKey: configured };
      const now = clock().getTime();
      if (kept && now < kept.until) return kept.tenant;
      const tenant = await ask(call);
      kept = { tenant, until: tenant.known ? Number.POSITIVE_INFINITY : now + BELIEVE_MS };
      return tenant;
    },
  };
}

async function ask(call: ApiCaller["call"]): Promise<OwnTenant> {
  let hasToken = false;
  try {
    const answer: unknown = await call((lark, options) => {
      hasToken = true;
      return lark.request({ method: "GET", url: "/open-apis/tenant/v2/tenant/query" }, options);
    });
    const parsed = tenantAnswer.safeParse(answer);
    if (parsed.success) return { known: true, tenantKey: parsed.data.data.tenant.tenant_key };
    return { known: false, selfBuilt: hasToken };
  } catch (thrown) {
    if (thrown instanceof FeishuCallError && lacksPermission(thrown))
      return { known: false, selfBuilt: hasToken };
    throw thrown;
  }
}

/** 99991672: not granted to the app; 99991679: not granted by the user. Anything else says nothing about the app. */
function lacksPermission({ failure }: FeishuCallError): boolean {
  return [99991672, 99991679].includes(failure.code);
}
