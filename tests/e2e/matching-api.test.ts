import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operatorOf } from "../../src/access/index.ts";
import { type Application, openApplication } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import * as adminShape from "../../src/server/admin/matching-schema.ts";
import { matchReplySchema } from "../../src/server/match-schema.ts";
import { type Service, startService } from "../../src/service.ts";
import { randomIds, silentLogger, systemClock } from "../../src/shared/index.ts";

let data: string;
let app: Application;
let service: Service;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "xiance-matching-api-"));
  const surroundings = { clock: systemClock, ids: randomIds, logger: silentLogger };
  app = await openApplication(readConfig({ XIANCE_HTTP_PORT: "0" }, { data }), {
    mode: "write",
    ...surroundings,
  });
  const operator = operatorOf("test");
  for (const [name, role] of [
    ["a", "admin"],
    ["b", "admin"],
    ["specialist", "specialist"],
    ["nobody", undefined],
  ] as const) {
    if (role) await app.access.grant(`api:${name}`, role, operator);
    tokens[name] = await app.access.issueToken(`api:${name}`, operator);
  }
  const { publishing, access } = app;
  const stewardship = { publishing, access, digestAt: "09:00" };
  service = await startService({ ...app, stewardship, rooms: app }, surroundings);
});

afterAll(async () => {
  await service.stop();
  await app.close();
  await rm(data, { recursive: true });
});

async function call(method: string, path: string, body?: unknown, who?: string) {
  const response = await fetch(`${service.address}/api/v1${path}`, {
    method,
    headers: {
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(who && { authorization: `Bearer ${tokens[who]}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const match = async (body: unknown) => {
  const { status, body: reply } = await call("POST", "/match", body);
  expect(status).toBe(200);
  return matchReplySchema.parse(reply);
};

describe("POST /api/v1/match", () => {
  it("gives verdicts with verbatim clauses", async () => {
    const message = "我们做小核酸药的，天使轮，在奉贤，想融资";
    const reply = await match({ id: "r1", message });
    expect(reply.id).toBe("r1");
    const fund = reply.matches.find(({ programId }) => programId === "P02");
    expect(fund?.verdict).toBe("likely");
    const [plan] = await app.knowledge.listPublished();
    const text = plan ? await app.knowledge.documentText(plan.versionId) : "";
    for (const { criteria, quotes } of reply.matches) {
      for (const { quote } of criteria) expect(text).toContain(quote);
      for (const quote of quotes)
        expect(text.slice(Number(quote["start"]), Number(quote["end"]))).toBe(quote["quote"]);
    }
    for (const { words } of reply.understood) expect(message).toContain(words);
  });

  it("asks instead of guessing when too little is said", async () => {
    const reply = await match({ message: "我们做ai的有啥补贴能拿" });
    expect(reply.matches).toEqual([]);
    expect(reply.ask.length).toBeGreaterThan(0);
    expect(reply.ask.length).toBeLessThanOrEqual(2);
  });

  it("reads numbers, ranges and words, and names what it cannot read", async () => {
    const reply = await match({
      profile: { industryWords: "光刻胶", headcount: "三五十人", revenue: "8000万", colour: "红" },
    });
    const read = Object.fromEntries(reply.understood.map(({ field, value }) => [field, value]));
    expect(read["headcount"]).toMatchObject({ min: 30, max: 50 });
    expect(read["revenue"]).toMatchObject({ min: 80_000_000, max: 80_000_000 });
    expect(reply.problems).toEqual([expect.objectContaining({ kind: "unknown-field", words: "colour" })]);
  });

  it("refuses what is no request, in words", async () => {
    for (const body of [{}, { message: 3 }, { message: "x".repeat(2001) }, { message: "x", asOf: "昨天" }]) {
      const { status, body: reply } = await call("POST", "/match", body);
      expect(status).toBe(400);
      expect(JSON.stringify(reply)).toMatch(/[\u4e00-\u9fa5]/);
    }
  });
});

describe("lists and programs", () => {
  it("lists the carriers of an industry with their clause", async () => {
    const { body } = await call("GET", `/lists/space?industry=${encodeURIComponent("生物医药")}`);
    const entries = body["entries"] as { name: string; source: { quote: string } | null }[];
    expect(entries.length).toBeGreaterThan(0);
    for (const { source } of entries) expect(source?.quote).toBeTruthy();
  });

  it("invents no contacts", async () => {
    const { body } = await call("GET", "/lists/contacts");
    expect(body["entries"]).toEqual([]);
    expect(JSON.stringify(body["notes"])).toMatch(/管理员|未载明/);
  });

  it("knows the 48 measures", async () => {
    const { body } = await call("GET", "/programs");
    expect(Object.keys(body)).toHaveLength(48);
  });
});

describe("for administrators", () => {
  it("keeps profiles from those without a right", async () => {
    for (const who of [undefined, "nobody"]) {
      const { status } = await call("GET", "/admin/enterprises", undefined, who);
      expect(status).toBe(who ? 403 : 401);
    }
  });

  it("imports, shows, completes and matches an enterprise", async () => {
    const rows = [
      { 企业名称: "甲乙（虚构）膜材料有限公司", 人数: "52", 主营业务: "水处理膜" },
      { 企业名称: "丙丁（虚构）有限公司", 人数: "很多" },
    ];
    const imported = await call("POST", "/admin/enterprises", { rows, reference: "t1" }, "a");
    const outcome = adminShape.imported.parse(imported.body);
    expect(outcome.added).toBe(2);
    expect(outcome.problems).toEqual([expect.objectContaining({ line: 2 })]);
    const found = await call(
      "GET",
      `/admin/enterprises?search=${encodeURIComponent("膜材料")}`,
      undefined,
      "a",
    );
    const [enterprise] = found.body as unknown as { enterpriseId: string }[];
    const path = `/admin/enterprises/${enterprise?.enterpriseId}`;
    const put = { profile: { stage: "A轮", revenue: "三千万" }, reference: "t2" };
    const { fields } = adminShape.profileView.parse((await call("PUT", `${path}/profile`, put, "a")).body);
    expect(fields.map(({ field }) => field)).toEqual(
      expect.arrayContaining(["headcount", "stage", "revenue"]),
    );
    const matched = await call("POST", `${path}/match`, {}, "a");
    expect(matched.status).toBe(200);
    expect((await call("GET", `${path}/profile`, undefined, "specialist")).status).toBe(403);
    await call("POST", `${path}/specialists`, { account: "api:specialist" }, "a");
    expect((await call("GET", `${path}/profile`, undefined, "specialist")).status).toBe(200);
    const looks = await app.storage.audit.list({ subject: `enterprise:${enterprise?.enterpriseId}` });
    expect(looks.length).toBeGreaterThan(0);
    expect(JSON.stringify(looks)).not.toMatch(/30000000|三千万|膜材料/);
  });

  it("takes a program only with quotes that stand, and needs a second administrator", async () => {
    const { body } = await call("GET", "/admin/programs/P02", undefined, "a");
    const { parse } = await import("yaml");
    const program = { ...parse(String(body["yaml"])), id: "P99", name: "虚构的试验项目" };
    const wrong = structuredClone(program);
    wrong.state.quote = "设立方案里没有的一句话";
    const refused = await call("POST", "/admin/programs", { program: wrong }, "a");
    expect(refused.status).toBe(400);
    expect(JSON.stringify(refused.body)).toContain("找不到");
    expect((await call("POST", "/admin/programs", { program }, "a")).status).toBe(200);
    expect((await call("POST", "/admin/programs/P99/publish", {}, "a")).status).toBe(403);
    const before = await match({ message: "我们做小核酸药的，天使轮，在奉贤，想融资" });
    expect(before.matches.map(({ programId }) => programId)).not.toContain("P99");
    expect((await call("POST", "/admin/programs/P99/publish", {}, "b")).status).toBe(200);
    const after = await match({ message: "我们做小核酸药的，天使轮，在奉贤，想融资" });
    expect(after.matches.map(({ programId }) => programId)).toContain("P99");
    expect((await call("POST", "/admin/programs/P99/withdraw", { reason: "试验结束" }, "a")).status).toBe(
      200,
    );
    const last = await match({ message: "我们做小核酸药的，天使轮，在奉贤，想融资" });
    expect(last.matches.map(({ programId }) => programId)).not.toContain("P99");
  });
});
