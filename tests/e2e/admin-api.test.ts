import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { operatorOf } from "../../src/access/index.ts";
import { type Application, openApplication } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import * as shape from "../../src/server/admin/admin-schema.ts";
import { type Service, startService } from "../../src/service.ts";
import { randomIds, silentLogger, systemClock } from "../../src/shared/index.ts";

const rules = (amount: string) => `青岚区孵化器管理办法

青科规〔2026〕5号

第一条 为支持孵化器发展，制定本办法。
第二条 对新认定的孵化器，一次性奖励${amount}。
第三条 本办法自2026年1月1日起施行，有效期3年。
`;

let data: string;
let app: Application;
let service: Service;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "xiance-admin-api-"));
  const surroundings = { clock: systemClock, ids: randomIds, logger: silentLogger };
  app = await openApplication(readConfig({ XIANCE_HTTP_PORT: "0" }, { data }), {
    mode: "write",
    ...surroundings,
  });
  const operator = operatorOf("test");
  for (const [name, role] of [
    ["a", "admin"],
    ["b", "admin"],
    ["c", "admin"],
    ["auditor", "auditor"],
    ["nobody", undefined],
  ] as const) {
    if (role) await app.access.grant(`api:${name}`, role, operator);
    tokens[name] = await app.access.issueToken(`api:${name}`, operator);
  }
  const { publishing, access } = app;
  service = await startService(
    { ...app, stewardship: { publishing, access, digestAt: "09:00" } },
    surroundings,
  );
});

afterAll(async () => {
  await service.stop();
  await app.close();
  await rm(data, { recursive: true });
});

function call(who: string, method: string, path: string, body?: unknown): Promise<Response> {
  return fetch(`${service.address}/api/v1/admin${path}`, {
    method,
    headers: {
      ...(tokens[who] && { authorization: `Bearer ${tokens[who]}` }),
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

async function read<Schema extends z.ZodType>(
  response: Response,
  schema: Schema,
  status = 200,
): Promise<z.output<Schema>> {
  const text = await response.text();
  expect(response.status, text).toBe(status);
  return schema.parse(JSON.parse(text));
}

async function upload(who: string, name: string, text: string | Uint8Array<ArrayBuffer>): Promise<Response> {
  const form = new FormData();
  form.set("file", new Blob([text]), name);
  return fetch(`${service.address}/api/v1/admin/submissions`, {
    method: "POST",
    headers: { authorization: `Bearer ${tokens[who]}` },
    body: form,
  });
}

async function publicAnswer(question: string): Promise<string> {
  const response = await fetch(`${service.address}/api/v1/ask`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ question }),
  });
  return response.text();
}

describe("the administrators' interface", () => {
  it("lets nobody in without a token, nor with a wrong one, and says no more", async () => {
    tokens["wrong"] = `xc_${"A".repeat(43)}`;
    for (const who of ["stranger", "wrong"]) {
      for (const path of ["/documents", "/audit", "/proposals", "/roles"])
        expect((await call(who, "GET", path)).status).toBe(401);
      expect((await upload(who, "x.txt", rules("1元"))).status).toBe(401);
    }
  });

  it("goes by the roles of the account, operation by operation", async () => {
    expect((await call("nobody", "GET", "/documents")).status).toBe(403);
    expect((await upload("nobody", "x.txt", rules("1元"))).status).toBe(403);
    expect((await upload("auditor", "x.txt", rules("1元"))).status).toBe(403);
    expect((await call("auditor", "GET", "/audit")).status).toBe(200);
    expect((await call("auditor", "POST", "/roles/grant", { account: "api:x", role: "admin" })).status).toBe(
      403,
    );
  });

  it("takes a document from upload to publication, correction and roll-back", async () => {
    const { review, submission } = await read(await upload("a", "办法.txt", rules("30万元")), shape.outcome);
    expect(review?.metadata).toMatchObject({ documentNumber: "青科规〔2026〕5号", expiresOn: "2028-12-31" });
    expect(submission).toMatchObject({ state: "parsed", submittedBy: "api:a", source: "api" });
    const version = review?.versionId ?? "";
    const impact = await read(await call("a", "GET", `/versions/${version}/impact`), shape.impact);
    expect(impact.diff.changes.every(({ kind }) => kind === "added")).toBe(true);

    const waiting = await read(await call("a", "POST", `/versions/${version}/proposal`, {}), shape.decision);
    if (waiting.outcome !== "waiting") throw new Error(waiting.outcome);
    const path = `/proposals/${waiting.proposal.proposalId}`;
    expect((await call("a", "POST", `${path}/approval`, {})).status).toBe(403);
    expect((await call("b", "POST", `${path}/rejection`, {})).status).toBe(400);
    expect(await publicAnswer("孵化器一次性奖励多少")).not.toContain("30万元");
    await read(await call("b", "POST", `${path}/approval`, {}), shape.decision);
    // Sent again by the same administrator it is the same decision; by another it comes too late.
    expect((await call("b", "POST", `${path}/approval`, {})).status).toBe(200);
    expect((await call("c", "POST", `${path}/approval`, {})).status).toBe(409);
    expect(await publicAnswer("孵化器一次性奖励多少")).toContain("30万元");

    const documents = await read(
      await call("a", "GET", "/documents?search=孵化器"),
      shape.documentStatus.array(),
    );
    const documentId = documents[0]?.documentId ?? "";
    const shown = await (await fetch(`${service.address}/api/v1/documents/${documentId}`)).text();
    expect(shown).toContain("青科规〔2026〕5号");
    // Who sent it in and what it resembles is for administrators.
    expect(shown).not.toMatch(/api:a|"reading"|submittedBy/);
    const body = { visibility: { kind: "internal" }, reason: "尚未公开" };
    await read(await call("a", "PUT", `/documents/${documentId}/visibility`, body), shape.documentStatus);
    expect(await publicAnswer("孵化器一次性奖励多少")).not.toContain("30万元");
    expect((await fetch(`${service.address}/api/v1/documents/${documentId}`)).status).toBe(404);
    const audit = await read(await call("auditor", "GET", "/audit?limit=200"), shape.auditEntry.array());
    expect(audit.map(({ actor, action }) => `${actor} ${action}`)).toEqual(
      expect.arrayContaining([
        "api:a submission.received",
        "api:a proposal.opened",
        "api:b version.published",
      ]),
    );
    const verdict = await read(await call("auditor", "GET", "/audit/verification"), shape.auditVerdict);
    expect(verdict.intact).toBe(true);
  });

  it("takes files as large as the readers do, and says where that ends", async () => {
    const long = `${rules("80万元")}${"第四条 申报材料应当真实、完整。\n".repeat(20_000)}`;
    expect((await upload("a", "长.txt", long)).status).not.toBe(413);
    // Where the chunks fall decides how the limit is noticed.
    for (const beyond of [1, 1, 70_000]) {
      const refused = await upload("a", "大.txt", new Uint8Array(50 * 1024 * 1024 + beyond));
      const text = await refused.text();
      expect({ status: refused.status, text }).toMatchObject({
        status: 413,
        text: expect.stringContaining("50 MB"),
      });
    }
  });

  it("says in Chinese what is wrong, and keeps what it could not read", async () => {
    const refused = await upload("a", "坏.pdf", "%PDF-1.7 broken");
    const { submission } = await read(refused, shape.outcome, 422);
    expect(submission).toMatchObject({ state: "failed", failure: expect.stringMatching(/\p{Script=Han}/u) });
    const response = await call("a", "POST", "/submissions/link", { url: "http://127.0.0.1/x.pdf" });
    expect(response.status).toBe(403);
    expect(await response.text()).toMatch(/不在|允许/);
    expect((await call("a", "POST", "/submissions/link", { uri: "x" })).status).toBe(400);
    expect((await call("a", "GET", "/versions/none")).status).toBe(404);
  });

  it("describes itself: every path with its security", async () => {
    const description = (await (await fetch(`${service.address}/api/v1/openapi.json`)).json()) as {
      paths: Record<string, Record<string, { security?: object[]; operationId: string }>>;
    };
    const admin = Object.entries(description.paths).filter(([path]) => path.startsWith("/api/v1/admin/"));
    expect(admin.length).toBeGreaterThan(15);
    const operations = admin.flatMap(([, methods]) => Object.values(methods));
    for (const { security } of operations) expect(security).toEqual([{ bearer: [] }, { session: [] }]);
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
