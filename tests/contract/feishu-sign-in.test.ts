import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createFeishuSignIn } from "../../src/channels/index.ts";
import { createManualClock, silentLogger } from "../../src/shared/index.ts";
import { OAUTH_APP, type OauthServer, OWN_TENANT, startOauthServer } from "../support/feishu-server/oauth.ts";

const REDIRECT = "https://policy.example.gov.cn/auth/feishu/callback";
const VERIFIER = "v".repeat(43);

let oauth: OauthServer;
const clock = createManualClock(new Date("2026-11-23T01:00:00Z"));

beforeAll(async () => {
  oauth = await startOauthServer();
});

afterAll(() => oauth.close());

beforeEach(() => {
  oauth.forgive();
  oauth.person = { openId: "ou_tester", name: "测试员甲", tenantKey: OWN_TENANT };
});

function open(more: { tenantKey?: string } = {}) {
  return createFeishuSignIn({
    config: {
      ...{ ...OAUTH_APP, domain: oauth.url, accountsUrl: oauth.url, transport: "ws" as const },
      ...more,
    },
    clock: clock.now,
    logger: silentLogger,
    tuning: { retryDelaysMs: [], requestTimeoutMs: 2_000 },
  });
}

async function signIn(provider: ReturnType<typeof open>, verifier = VERIFIER) {
  const codeChallenge = createHash("sha256").update(VERIFIER).digest("base64url");
  const address = provider.authorizeUrl({ redirectUri: REDIRECT, state: "s", codeChallenge });
  const back = (await fetch(address, { redirect: "manual" })).headers.get("location") ?? "";
  const code = new URL(back).searchParams.get("code") ?? "";
  return provider.identify({ code, redirectUri: REDIRECT, codeVerifier: verifier });
}

const refused = (why: string) => ({ outcome: "refused", why });

describe("who is let in", () => {
  it("are people of the tenant that the platform says is ours, asked once", async () => {
    const provider = open();
    expect(await signIn(provider)).toEqual({
      outcome: "identified",
      account: "feishu:ou_tester",
      name: "测试员甲",
    });
    oauth.person.tenantKey = "tenant-other";
    expect(await signIn(provider)).toMatchObject(refused("other-organisation"));
    expect(oauth.seen.filter(({ path }) => path === "tenant/v2/tenant/query")).toHaveLength(1);
  });

  it("are people of the configured tenant, whatever the platform says", async () => {
    const provider = open({ tenantKey: "tenant-configured" });
    expect(await signIn(provider)).toMatchObject(refused("other-organisation"));
    oauth.person.tenantKey = "tenant-configured";
    expect(await signIn(provider)).toMatchObject({ outcome: "identified" });
  });

  it("are those whom the platform lets in, where it does not name our tenant but has shown the app to be self-built", async () => {
    const provider = open();
    oauth.failNext("tenant", { code: 99991672 });
    expect(await provider.ownTenant()).toEqual({ known: false, selfBuilt: true });
    expect(await signIn(provider)).toMatchObject({ outcome: "identified" });
    // The permission was granted meanwhile: from then on keys are compared.
    clock.advance(10 * 60 * 1000);
    oauth.person.tenantKey = "tenant-other";
    expect(await signIn(provider)).toMatchObject(refused("other-organisation"));
  });

  it.each([
    ["the app gets no token of the tenant", "tenant-token", { status: 200, code: 10014 }],
    ["the tenant's address fails", "tenant", { status: 500, rawBody: "" }],
    ["the tenant's address says something else", "tenant", { code: 99991661 }],
  ] as const)("is nobody when %s", async (_case, route, failure) => {
    const provider = open();
    oauth.failNext(route, failure, failure, failure);
    expect((await signIn(provider)).outcome).toBe("refused");
  });

  it("is nobody with another verifier: the code was stolen", async () => {
    expect(await signIn(open(), "w".repeat(43))).toMatchObject(refused("code"));
  });

  it("is nobody without a tenant, and markup or control characters in names are only characters", async () => {
    const provider = open();
    oauth.person = { openId: "ou_tester", name: "<b>甲\u202E\n</b>", tenantKey: OWN_TENANT };
    expect(await signIn(provider)).toMatchObject({ name: "<b>甲</b>" });
    oauth.person.tenantKey = "";
    expect((await signIn(provider)).outcome).toBe("refused");
  });
});

it("says nothing of tokens, codes and secrets in what is logged", async () => {
  oauth.failNext("token", { status: 400, code: 20002 });
  const outcome = await signIn(open());
  expect(outcome).toMatchObject({ why: "configuration" });
  expect(JSON.stringify(outcome)).not.toContain(OAUTH_APP.appSecret);
});
