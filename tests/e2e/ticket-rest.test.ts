import ExcelJS from "exceljs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operatorOf } from "../../src/access/index.ts";
import { waitUntil } from "../support/feishu-server/run-channel.ts";
import { openTicketService, readCard, type TicketService, withGroups } from "../support/ticket-service.ts";
import { openWebAsker, type WebAsker } from "../support/web-asker.ts";

let world: TicketService;
let asker: WebAsker;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  world = await openTicketService({
    departments: (before) =>
      withGroups(before).map((each) =>
        each.id === "science"
          ? { ...each, specialists: [...each.specialists, { account: "api:science", name: "赵专员" }] }
          : each.id === "housing"
            ? { ...each, specialists: [{ account: "api:housing", name: "钱专员" }] }
            : each,
      ),
  });
  const operator = operatorOf("test");
  for (const name of ["science", "housing"])
    await world.app.access.grant(`api:${name}`, "specialist", operator);
  for (const name of ["admin", "science", "housing", "staff"])
    tokens[name] = await world.token(`api:${name}`);
  asker = await openWebAsker(world.service.address);
});

afterAll(() => world?.close());

async function call(who: string, method: string, path: string, body?: unknown): Promise<Response> {
  return fetch(`${world.service.address}/api/v1/admin${path}`, {
    method,
    headers: {
      ...(tokens[who] && { authorization: `Bearer ${tokens[who]}` }),
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

// biome-ignore lint/suspicious/noExplicitAny: what a client reads
async function read(response: Response, status = 200): Promise<any> {
  const text = await response.text();
  expect(response.status, text).toBe(status);
  return JSON.parse(text);
}

let opened = 0;

async function open(text: string): Promise<{ number: string; taskId: string }> {
  opened += 1;
  const page = opened === 1 ? asker : await openWebAsker(world.service.address);
  const form = await page.say(`找专员：${text}`);
  const reply = await page.press(form, "提交");
  const number = /\d{8}-\d{4}/.exec(reply.reply.headline)?.[0] ?? "";
  const { ticket } = await read(await call("admin", "GET", `/tickets/${number}`));
  return { number, taskId: ticket.tasks[0].taskId };
}

describe("tickets", () => {
  it("are worked on from claim to close by their department, each request once", async () => {
    const { number, taskId } = await open("天使轮融资想对接投资机构，请帮忙联系");
    const listed = await read(await call("science", "GET", "/tickets?open=true"));
    expect(listed.map((each: { ticket: { number: string } }) => each.ticket.number)).toContain(number);
    const act = (command: object, key: string, who = "science") =>
      call(who, "POST", `/tickets/${number}/commands`, { command, key });
    expect(await read(await act({ do: "claim", taskId }, "k1"))).toMatchObject({ outcome: "done" });
    const reply = { do: "reply", taskId, text: "已约好周四见面。" };
    expect(await read(await act(reply, "k2"))).toMatchObject({ outcome: "done" });
    expect(await read(await act(reply, "k2"))).toMatchObject({ outcome: "repeated" });
    await asker.hears("区科委 赵专员 答复");
    const heard = (await asker.turns()).filter(({ reply: each }) =>
      each.plainText.includes("已约好周四见面"),
    );
    expect(heard).toHaveLength(1);
    expect(await read(await act({ do: "close", taskId, outcome: "已对接" }, "k3"))).toMatchObject({
      outcome: "done",
      ticket: { status: "已办结" },
    });
    expect(await read(await act({ do: "reply", taskId, text: "晚了" }, "k4"))).toMatchObject({
      outcome: "refused",
      refusal: { zh: expect.stringMatching(/./) },
    });
    const draft = await read(await call("science", "POST", `/tickets/${number}/faq`));
    expect(JSON.stringify(draft)).toMatch(/投资机构|见面|来源|依据/);
  });

  it("are nothing to staff and to other departments", async () => {
    const { number, taskId } = await open("概念验证中心认定材料请人看看");
    const command = { command: { do: "claim", taskId }, key: "x1" };
    for (const [who, status] of [
      ["nobody", 401],
      ["housing", 404],
    ] as const) {
      expect((await call(who, "GET", `/tickets/${number}`)).status).toBe(status);
      expect((await call(who, "POST", `/tickets/${number}/commands`, command)).status).toBe(status);
    }
    expect([403, 404]).toContain((await call("staff", "GET", `/tickets/${number}`)).status);
    expect((await call("staff", "GET", "/tickets")).status).toBe(403);
    expect(await read(await call("housing", "GET", "/tickets"))).toEqual([]);
    expect((await call("science", "GET", "/tickets/20200101-0001")).status).toBe(404);
  });

  it("merge, and refuse what is badly written", async () => {
    const first = await open("想了解中试基地备案需要哪些材料");
    const second = await open("孵化器考核评价的材料请人指导");
    const merged = await call("science", "POST", `/tickets/${second.number}/merge`, {
      into: first.number,
      key: "m1",
    });
    expect(await read(merged)).toMatchObject({ outcome: "done", ticket: { status: "已合并" } });
    for (const body of [
      {},
      { command: { do: "claim" }, key: "b1" },
      { command: { do: "explode", taskId: "x" }, key: "b2" },
      { command: { do: "claim", taskId: first.taskId } },
      { command: { do: "reply", taskId: first.taskId, text: 5 }, key: "b3" },
    ]) {
      const refused = await call("science", "POST", `/tickets/${first.number}/commands`, body);
      expect((await read(refused, 400)).error.message).toMatch(/\p{Script=Han}/u);
    }
    const missing = { command: { do: "claim", taskId: "no-such-task" }, key: "b4" };
    const answer = await read(await call("science", "POST", `/tickets/${first.number}/commands`, missing));
    expect(answer).toMatchObject({ outcome: "refused" });
  });
});

describe("the desk", () => {
  it("has settings that only administrators change, with their history", async () => {
    const shown = await read(await call("science", "GET", "/triage/settings"));
    const { departments } = shown.settings;
    const change = {
      content: departments.map((each: { id: string; leads: string[] }) =>
        each.id === "housing" ? { ...each, leads: ["api:admin"] } : each,
      ),
      expectedRevision: shown.revisions.departments,
      reason: "房管局负责人到岗",
    };
    expect((await call("science", "PUT", "/triage/settings/departments", change)).status).toBe(403);
    const saved = await read(await call("admin", "PUT", "/triage/settings/departments", change));
    expect(saved.revisions.departments).toBe(shown.revisions.departments + 1);
    expect((await call("admin", "PUT", "/triage/settings/departments", change)).status).toBe(409);
    const wrong = { ...change, content: [{ id: "x" }], expectedRevision: saved.revisions.departments };
    expect((await call("admin", "PUT", "/triage/settings/departments", wrong)).status).toBeGreaterThanOrEqual(
      400,
    );
    const history = await read(await call("admin", "GET", "/triage/settings/departments"));
    expect(history.length).toBeGreaterThanOrEqual(2);
    const back = { revision: shown.revisions.departments, reason: "撤回" };
    await read(await call("admin", "POST", "/triage/settings/departments/rollback", back));
    expect((await call("admin", "GET", "/triage/settings/nothing")).status).toBe(404);
  });

  it("knows who is away, and who stands in", async () => {
    const absence = {
      from: "2026-12-01T00:00:00+08:00",
      to: "2026-12-05T00:00:00+08:00",
      deputy: "feishu:ou_zhang",
    };
    const made = await read(await call("science", "POST", "/triage/absences", absence));
    const list = await read(await call("admin", "GET", "/triage/absences"));
    expect(list).toEqual([expect.objectContaining({ account: "api:science" })]);
    expect((await call("staff", "POST", "/triage/absences", absence)).status).toBe(403);
    expect((await call("science", "POST", "/triage/absences", { ...absence, to: "yesterday" })).status).toBe(
      400,
    );
    const id = made.absenceId ?? list[0].absenceId;
    expect(await read(await call("science", "DELETE", `/triage/absences/${id}`))).toEqual({ done: true });
    expect(await read(await call("admin", "GET", "/triage/absences"))).toEqual([]);
  });

  it("has figures, also as a workbook, and the questions without an answer", async () => {
    await asker.say("问贤策 园区班车几点发车？");
    const figures = await read(await call("admin", "GET", "/triage/figures"));
    expect(figures.opened).toBeGreaterThan(0);
    expect((await call("staff", "GET", "/triage/figures")).status).toBe(403);
    const file = await call("admin", "GET", "/triage/figures.xlsx");
    expect(file.headers.get("content-type")).toContain("spreadsheetml");
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(await file.arrayBuffer());
    expect(book.worksheets.length).toBeGreaterThan(1);
    expect(Array.isArray(await read(await call("admin", "GET", "/triage/gaps")))).toBe(true);
    expect(Array.isArray(await read(await call("admin", "GET", "/triage/suggestions")))).toBe(true);
    const wrong = { suggestion: {}, reason: "试一下" };
    expect((await call("admin", "POST", "/triage/suggestions/adopt", wrong)).status).toBeGreaterThanOrEqual(
      400,
    );
    expect((await call("admin", "POST", "/triage/suggestions/adopt", wrong)).status).toBeLessThan(500);
    expect((await call("admin", "POST", "/triage/gaps/nothing", { state: "dismissed" })).status).toBe(404);
  });

  it("sends the week's figures with pictures to administrators and leads, once", async () => {
    await open("想请专员看看中试平台备案材料");
    const operator = operatorOf("test");
    await world.app.access.grant("feishu:ou_lead", "specialist", operator);
    world.advance(7 * 24 * 60 * 60 * 1000);
    await world.restartAt("00:00");
    const digests = () => world.server.sent.filter((message) => readCard(message).includes("工单周报"));
    await waitUntil(() => digests().length >= 2, "the digest");
    const [digest] = digests();
    expect(
      digests()
        .map(({ target }) => target)
        .sort(),
    ).toEqual(["ou_admin", "ou_lead"]);
    const keys = [...(digest?.content ?? "").matchAll(/"img_key":"([^"]+)"/g)].map(([, key]) => key);
    expect(keys.length).toBeGreaterThan(0);
    expect(world.server.images.map(({ imageKey }) => imageKey)).toEqual(expect.arrayContaining(keys));
    await world.restartAt("00:00");
    await world.service.conversation.drain();
    expect(digests()).toHaveLength(2);
  });

  it("is described", async () => {
    const { paths } = await read(await fetch(`${world.service.address}/api/v1/openapi.json`));
    for (const path of [
      "/tickets",
      "/tickets/{ticket}/commands",
      "/triage/settings",
      "/triage/figures.xlsx",
      "/triage/gaps",
    ])
      expect(Object.keys(paths)).toContain(`/api/v1/admin${path}`);
  });
});
