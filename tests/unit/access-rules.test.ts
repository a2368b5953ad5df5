import { describe, expect, it } from "vitest";
import {
  type Actor,
  type Audience,
  can,
  canSee,
  operatorOf,
  parseAccountName,
  parseRole,
  parseVisibility,
  publicAudience,
  type Role,
  requireRight,
} from "../../src/access/index.ts";
import { AppError } from "../../src/shared/index.ts";

const roles = (...names: Role[]): ReadonlySet<Role> => new Set(names);
const person = (...names: Role[]): Actor => ({ account: "feishu:ou_1", roles: roles(...names) });

function audience(chatKind: Audience["chatKind"], chat: string | null, ...names: Role[]): Audience {
  return { account: "feishu:ou_1", roles: roles(...names), chatKind, chat };
}

describe("rights", () => {
  it("leave publishing to admins", () => {
    expect(can(roles("admin"), "publish-document")).toBe(true);
    for (const role of ["staff", "specialist", "auditor"] as const) {
      expect(can(roles(role), "publish-document"), role).toBe(false);
      expect(can(roles(role), "submit-document"), role).toBe(false);
      expect(can(roles(role), "manage-roles"), role).toBe(false);
    }
  });

  it("let auditors read and change nothing", () => {
    expect(can(roles("auditor"), "read-audit")).toBe(true);
    expect(can(roles("auditor"), "read-answers")).toBe(true);
    expect(can(roles("auditor"), "manage-faq")).toBe(false);
  });

  it("leave the data of enterprises to admins, and the catalogue to those who keep it", () => {
    for (const role of ["staff", "specialist", "auditor"] as const) {
      expect(can(roles(role), "read-enterprises"), role).toBe(false);
      expect(can(roles(role), "manage-enterprises"), role).toBe(false);
      expect(can(roles(role), "manage-programs"), role).toBe(false);
    }
    expect(can(roles("admin"), "manage-enterprises")).toBe(true);
    expect(can(roles("specialist"), "read-programs")).toBe(true);
    expect(can(roles("staff"), "read-programs")).toBe(false);
  });

  it("do not trip over a role that nobody knows", () => {
    expect(can(new Set(["root" as Role]), "read-audit")).toBe(false);
  });

  it("are refused politely, with who can help", () => {
    const refusal = catchError(() => requireRight(person("staff"), "submit-document"));
    expect(refusal.code).toBe("forbidden");
    expect(refusal.safeMessage).toMatch(/抱歉.*“提交文件”.*管理员.*feishu:ou_1/);
    expect(() => requireRight(person("staff", "admin"), "submit-document")).not.toThrow();
  });

  it("are the operator's at the command line", () => {
    expect(operatorOf("zhang")).toMatchObject({ account: "cli:zhang" });
    expect(can(operatorOf("zhang").roles, "manage-roles")).toBe(true);
  });
});

describe("visibility", () => {
  const groups = { kind: "groups", chats: ["feishu:oc_1"] } as const;
  const internal = { kind: "internal" } as const;

  it("shows public documents to everybody", () => {
    expect(canSee({ kind: "public" }, publicAudience)).toBe(true);
    expect(canSee({ kind: "public" }, audience("direct", null, "staff"))).toBe(true);
  });

  it("shows documents of groups in these groups, and to insiders in direct chats", () => {
    expect(canSee(groups, audience("group", "feishu:oc_1", "staff"))).toBe(true);
    expect(canSee(groups, audience("group", "feishu:oc_2", "admin"))).toBe(false);
    expect(canSee(groups, audience("direct", null, "staff"))).toBe(false);
    expect(canSee(groups, audience("direct", "feishu:oc_1", "staff"))).toBe(false);
    expect(canSee(groups, audience("direct", null, "specialist"))).toBe(true);
    expect(canSee(groups, publicAudience)).toBe(false);
  });

  it("shows internal documents to insiders, never in a group", () => {
    expect(canSee(internal, audience("direct", null, "staff", "auditor"))).toBe(true);
    expect(canSee(internal, audience("group", "feishu:oc_1", "admin"))).toBe(false);
    expect(canSee(internal, audience("direct", null, "staff"))).toBe(false);
    expect(canSee(internal, publicAudience)).toBe(false);
  });

  it("is internal when damaged or unknown", () => {
    expect(parseVisibility({ kind: "public" })).toEqual({ kind: "public" });
    expect(parseVisibility({ kind: "groups", chats: ["a:b"] })).toEqual({ kind: "groups", chats: ["a:b"] });
    for (const damaged of [
      undefined,
      null,
      "public",
      ["public"],
      {},
      { kind: "PUBLIC" },
      { kind: "groups" },
      { kind: "groups", chats: [] },
      { kind: "groups", chats: [7] },
      { kind: "groups", chats: [" "] },
    ]) {
      expect(parseVisibility(damaged), JSON.stringify(damaged)).toEqual(internal);
    }
  });
});

describe("account names", () => {
  it("name channel and user", () => {
    for (const name of ["feishu:ou_7d8a", "web:u-1", "cli:zhang", "api:园区门户", "feishu:tenant:ou_1"]) {
      expect(parseAccountName(name)).toBe(name);
    }
    for (const name of [
      "",
      "zhang",
      ":x",
      "feishu:",
      "Feishu:x",
      "feishu:a b",
      "feishu:a\u0000",
      "a:\u202e",
    ]) {
      expect(catchError(() => parseAccountName(name)).code, JSON.stringify(name)).toBe("usage");
    }
  });

  it("get known roles only", () => {
    expect(parseRole("admin")).toBe("admin");
    expect(catchError(() => parseRole("root")).safeMessage).toContain("auditor");
  });
});

function catchError(act: () => unknown): AppError {
  try {
    act();
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
  }
  throw new Error("no AppError");
}
