import type { HttpInstance } from "@larksuiteoapi/node-sdk";
import { z } from "zod";
import type { Clock, Logger } from "../../shared/index.ts";
import type { SignInOutcome, SignInProvider } from "../sign-in-provider.ts";
import { createApiCaller } from "./call-api.ts";
import { CHANNEL_NAME } from "./dispatch.ts";
import { type CallFailure, FeishuCallError } from "./failures.ts";
import { createRestHttp } from "./http.ts";
import { createPace } from "./pace.ts";
import { createRedactor, loadSdk } from "./sdk.ts";
import { DEFAULT_TUNING, type FeishuContext, type FeishuSettings, type FeishuTuning } from "./settings.ts";
import { createTenantSource, type OwnTenant } from "./tenant-source.ts";

export interface FeishuSignInOptions {
  config: FeishuSettings & {
    /** Base URL of the sign-in pages without a trailing slash: https://accounts.feishu.cn. */
    accountsUrl: string;
    /** Of our organisation. Absent: the platform is asked. */
    tenantKey?: string;
  };
  clock: Clock;
  logger: Logger;
  tuning?: Partial<FeishuTuning>;
}

export interface FeishuSignIn extends SignInProvider {
  /** For doctor: who is let in. Throws when the platform does not answer. */
  ownTenant(): Promise<OwnTenant>;
  /** Ends waits between tries. */
  close(): void;
}

/** Signing in to the web chat and the console with Feishu's or Lark's accounts (OAuth 2 with PKCE). */
export function createFeishuSignIn({ config, tuning, ...surroundings }: FeishuSignInOptions): FeishuSignIn {
  const settings = config;
  const context: FeishuContext = {
    ...{ settings, ...surroundings, random: Math.random },
    tuning: { ...DEFAULT_TUNING, ...tuning },
  };
  const { accountsUrl, tenantKey } = config;
  const { call, close } = createApiCaller(context, createPace(context));
  const tenants = createTenantSource(call, tenantKey, context.clock);
  let http: Promise<HttpInstance> | undefined;
  const connect = () => {
    http ??= openHttp(context);
    return http;
  };
  return {
    name: CHANNEL_NAME,
    label: settings.domain.includes("larksuite") ? "Lark" : "飞书",
    authorizeUrl({ redirectUri, state, codeChallenge }) {
      const address = new URL(`${accountsUrl}/open-apis/authen/v1/authorize`);
      const query = {
        client_id: settings.appId,
        response_type: "code",
        redirect_uri: redirectUri,
        state,
        code_challenge: codeChallenge,
        code_challenge_method: "S256",
      };
      for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
      return address.href;
    },
    async identify(request) {
      try {
        const person = await readPerson(await connect(), request, context);
        return judge(person, await tenants.get());
      } catch (thrown) {
        return refuse(thrown);
      }
    },
    ownTenant: tenants.get,
    close,
  };
}

const tokenAnswer = z.object({ access_token: z.string().min(1) });
const personAnswer = z.object({
  data: z.object({ open_id: z.string().min(1), name: z.string().optional(), tenant_key: z.string().min(1) }),
});
type Person = z.output<typeof personAnswer>["data"];

async function openHttp({ settings, tuning }: FeishuContext): Promise<HttpInstance> {
  const { domain: baseUrl } = settings;
  const options = { baseUrl, timeoutMs: tuning.requestTimeoutMs, redact: createRedactor(settings) };
  return createRestHttp(await loadSdk(), options);
}

/** The person's token lives in this function only. */
async function readPerson(
  http: HttpInstance,
  { code, redirectUri, codeVerifier }: Parameters<SignInProvider["identify"]>[0],
  { settings }: FeishuContext,
): Promise<Person> {
  const answer: unknown = await http.post(`${settings.domain}/open-apis/authen/v2/oauth/token`, {
    grant_type: "authorization_code",
    client_id: settings.appId,
    client_secret: settings.appSecret,
    code,
    redirect_uri: redirectUri,
    code_verifier: codeVerifier,
  });
  const { access_token: token } = tokenAnswer.parse(answer);
  const person: unknown = await http.get(`${settings.domain}/open-apis/authen/v1/user_info`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return personAnswer.parse(person).data;
}

/**
 * Of our own organisation only. Where its key cannot be read, the platform's own rule stands in: an app that gets the
 * tenant's token by its secret alone is self-built, and the platform lets in to such an app only people of the organisation
 * that built it. An app that is not self-built gets nobody in.
 */
function judge(person: Person, own: OwnTenant): SignInOutcome {
  const isOwn = own.known ? own.tenantKey === person.tenant_key : own.selfBuilt;
  if (!isOwn) {
    const detail = own.known ? "an account of another tenant" : "our own tenant is not known";
    return { outcome: "refused", why: "other-organisation", detail };
  }
  const name = (person.name ?? "")
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, "")
    .trim()
    .slice(0, 60);
  return { outcome: "identified", account: `${CHANNEL_NAME}:${person.open_id}`, name: name || "飞书用户" };
}

type Why = Extract<SignInOutcome, { outcome: "refused" }>["why"];

const CODES: Readonly<Record<number, Why>> = {
  20003: "code",
  20004: "code",
  20024: "code",
  20049: "code",
  20065: "code",
  20010: "other-organisation",
  20021: "left",
  20022: "left",
  20066: "left",
  20050: "unavailable",
  20072: "unavailable",
  99991400: "unavailable",
};

function refuse(thrown: unknown): SignInOutcome {
  if (!(thrown instanceof FeishuCallError)) {
    // Nothing of the answer: it may hold a token.
    const detail = thrown instanceof z.ZodError ? "an answer in an unknown shape" : "the call failed";
    return { outcome: "refused", why: "unavailable", detail };
  }
  const { failure } = thrown;
  const detail = `http ${failure.httpStatus ?? "none"}, code ${failure.code}, log id ${failure.logId ?? "none"}`;
  return { outcome: "refused", why: CODES[failure.code] ?? judgeStatus(failure), detail };
}

function judgeStatus({ origin, httpStatus = 0 }: CallFailure): Why {
  return origin === "network" || httpStatus >= 500 || httpStatus === 429 ? "unavailable" : "configuration";
}
