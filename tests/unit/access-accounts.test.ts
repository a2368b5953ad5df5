import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Access, createAccess, operatorOf, revokeLeaver } from "../../src/access/index.ts";
import { createManualClock } from "../../src/shared/index.ts";
import { openTemporaryStorage } from "../support/temporary-storage.ts";

let storage: Awaited<ReturnType<typeof openTemporaryStorage>>;
let access: Access;
const operator = operatorOf("zhang");

beforeEach(async () => {
  storage = await openTemporaryStorage();
  access = createAccess(storage.access, createManualClock(new Date("2026-11-23T00:00:00Z")).now);
});

afterEach(async () => {
  await storage.remove();
});

describe("who has left the organisation", () => {
  it("may nothing any more, by role or by token", async () => {
    await access.grant("feishu:ou_1", "admin", operator);
    await access.grant("feishu:ou_2", "admin", operator);
    const token = await access.issueToken("feishu:ou_1", operator);
    await revokeLeaver(access, "feishu:ou_1");
    expect([...(await access.actorOf("feishu:ou_1")).roles]).toEqual(["staff"]);
    expect(await access.verifyToken(token)).toBeUndefined();
    await revokeLeaver(access, "feishu:ou_1");
  });

  it("stays administrator as the last one, and keeps nothing else", async () => {
    await access.grant("feishu:ou_1", "admin", operator);
    await access.grant("feishu:ou_1", "auditor", operator);
    await revokeLeaver(access, "feishu:ou_1");
    expect([...(await access.actorOf("feishu:ou_1")).roles]).toEqual(["staff", "admin"]);
  });

  it("is tried again when a role could not be taken", async () => {
    await access.grant("feishu:ou_1", "auditor", operator);
    const broken: Access = { ...access, revoke: () => Promise.reject(new Error("the disk is full")) };
    await expect(revokeLeaver(broken, "feishu:ou_1")).rejects.toThrow("the disk is full");
  });
});

describe("accounts", () => {
  it("are staff, and more when granted", async () => {
    expect([...(await access.actorOf("feishu:ou_1")).roles]).toEqual(["staff"]);
    expect(await access.grant("feishu:ou_1", "admin", operator, "首位管理员")).toBe(true);
    expect(await access.grant("feishu:ou_1", "admin", operator)).toBe(false);
    expect([...(await access.actorOf("feishu:ou_1")).roles]).toEqual(["staff", "admin"]);
    expect(await access.list(operator, "admin")).toMatchObject([
      { account: "feishu:ou_1", grantedBy: "cli:zhang" },
    ]);
    const [entry] = await storage.audit.list({ subject: "account:feishu:ou_1" });
    expect(entry).toMatchObject({ actor: "cli:zhang", reason: "首位管理员" });
  });

  it("grant nothing without the right, and keep the last admin", async () => {
    const staff = await access.actorOf("feishu:ou_2");
    for (const act of [
      () => access.grant("feishu:ou_2", "admin", staff),
      () => access.revoke("feishu:ou_1", "admin", staff),
      () => access.list(staff),
      () => access.issueToken("api:x", staff),
      () => access.revokeTokens("api:x", staff),
    ]) {
      await expect(act()).rejects.toMatchObject({ code: "forbidden" });
    }
    await access.grant("feishu:ou_1", "admin", operator);
    await expect(access.revoke("feishu:ou_1", "admin", operator)).rejects.toMatchObject({ code: "conflict" });
    await access.grant("feishu:ou_2", "admin", operator);
    expect(await access.revoke("feishu:ou_1", "admin", operator)).toBe(true);
  });

  it("refuse bad names, unknown roles and the program's own accounts", async () => {
    await expect(access.grant("zhang", "admin", operator)).rejects.toMatchObject({ code: "usage" });
    await expect(access.grant("feishu:ou_1", "root", operator)).rejects.toMatchObject({ code: "usage" });
    await expect(access.grant("system:sync", "admin", operator)).rejects.toMatchObject({ code: "usage" });
  });
});

describe("tokens", () => {
  it("name their account until they are revoked, and stand nowhere", async () => {
    await access.grant("api:portal", "auditor", operator);
    const token = await access.issueToken("api:portal", operator);
    expect(token).toMatch(/^xc_[\w-]{43}$/);
    expect(await access.issueToken("api:portal", operator)).not.toBe(token);
    expect(await access.verifyToken(token)).toMatchObject({ account: "api:portal" });
    expect([...((await access.verifyToken(token))?.roles ?? [])]).toEqual(["staff", "auditor"]);
    for (const wrong of ["", "xc_", `${token}x`, token.slice(0, -1), "令牌", "x".repeat(100_000)]) {
      expect(await access.verifyToken(wrong)).toBeUndefined();
    }
    expect(JSON.stringify(await storage.audit.list())).not.toContain(token);
    expect(await access.revokeTokens("api:portal", await access.actorOf("api:portal"))).toBe(2);
    expect(await access.verifyToken(token)).toBeUndefined();
  });
});
