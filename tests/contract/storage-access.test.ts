import { expect, it } from "vitest";
import { describeOnEveryDatabase } from "../support/storage-places.ts";
import { second } from "../support/storage-samples.ts";
import { alice } from "../support/storage-workflow.ts";

describeOnEveryDatabase("rights", (place) => {
  it("grants a role once and says so", async () => {
    const { access, audit } = await place.open();
    expect(await access.rolesOf("web:1")).toEqual([]);
    expect(await access.grantRole("web:1", "specialist", second(1), alice)).toBe(true);
    expect(await access.grantRole("web:1", "specialist", second(2), alice)).toBe(false);
    expect(await access.grantRole("web:1", "auditor", second(3), { ...alice, reason: "代岗" })).toBe(true);
    expect(await access.grantRole("cli:2", "auditor", second(4), alice)).toBe(true);
    expect(await access.rolesOf("web:1")).toEqual(["auditor", "specialist"]);
    expect(await access.listBindings("auditor")).toEqual([
      { account: "cli:2", role: "auditor", grantedBy: alice.actor, grantedAt: second(4).toISOString() },
      { account: "web:1", role: "auditor", grantedBy: alice.actor, grantedAt: second(3).toISOString() },
    ]);
    expect(await access.listBindings()).toHaveLength(3);
    expect(await access.revokeRole("web:1", "auditor", second(5), alice)).toBe(true);
    expect(await access.revokeRole("web:1", "auditor", second(6), alice)).toBe(false);
    expect(await access.rolesOf("web:1")).toEqual(["specialist"]);
    expect(await audit.list({ subject: "account:web:1" })).toMatchObject([
      { action: "role.revoked", details: { role: "auditor" }, at: second(5).toISOString() },
      { action: "role.granted", details: { role: "auditor" }, reason: "代岗" },
      { action: "role.granted", details: { role: "specialist" }, actor: alice.actor },
    ]);
  });

  it("never loses the last admin, not even when both are removed at the same moment", async () => {
    const { access, audit } = await place.open();
    for (const account of ["a", "b"]) await access.grantRole(account, "admin", second(1), alice);
    const outcomes = await Promise.allSettled(
      ["a", "b"].map((account) => access.revokeRole(account, "admin", second(2), alice)),
    );
    const refused = outcomes.filter((outcome) => outcome.status === "rejected");
    expect(refused).toMatchObject([
      { reason: { code: "conflict", safeMessage: expect.stringContaining("最后一位管理员") } },
    ]);
    expect(await access.listBindings("admin")).toHaveLength(1);
    expect(await audit.list({ action: "role.revoked" })).toHaveLength(1);
    expect(await access.revokeRole("nobody", "admin", second(3), alice)).toBe(false);
  });

  it("knows a token by its hash until it is revoked", async () => {
    const { access, audit } = await place.open();
    await access.addToken("hash-1", "api:desk", second(1), alice);
    await access.addToken("hash-2", "api:desk", second(2), alice);
    await access.addToken("hash-3", "api:other", second(2), alice);
    expect(await access.accountOfToken("hash-1")).toBe("api:desk");
    expect(await access.accountOfToken("none")).toBeUndefined();
    expect(await access.revokeTokens("api:desk", second(3), alice)).toBe(2);
    expect(await access.revokeTokens("api:desk", second(3), alice)).toBe(0);
    expect(await access.accountOfToken("hash-1")).toBeUndefined();
    expect(await access.accountOfToken("hash-3")).toBe("api:other");
    const reused = access.addToken("hash-1", "api:else", second(4), alice);
    await expect(reused).rejects.toMatchObject({ code: "conflict" });
    const log = await audit.list({ subject: "account:api:desk" });
    expect(log.map((entry) => entry.action)).toEqual(["token.revoked", "token.added", "token.added"]);
    expect(JSON.stringify(log)).not.toContain("hash-1");
  });
});
