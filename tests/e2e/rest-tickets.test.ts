import { afterAll, beforeAll, expect, it } from "vitest";
import { operatorOf } from "../../src/access/index.ts";
import { requestOf } from "../support/desk-of-tickets.ts";
import { openTicketService, type TicketService } from "../support/ticket-service.ts";

const CONTACT = "021-00000000";

let world: TicketService;

beforeAll(async () => {
  world = await openTicketService({
    feishu: false,
    departments: (all) =>
      all.map((each) =>
        each.id === "science"
          ? {
              ...each,
              specialists: [
                { account: "api:zhang", name: "张专员" },
                { account: "api:li", name: "李专员" },
              ],
            }
          : each,
      ),
  });
  for (const account of ["api:zhang", "api:li"])
    await world.app.access.grant(account, "specialist", operatorOf("test"));
});

afterAll(() => world?.close());

async function send(account: string, method: string, path: string, body?: unknown) {
  const response = await fetch(`${world.service.address}/api/v1/admin${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await world.token(account)}`,
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
}

it("gives the contact to nobody but the holder, whatever a colleague sends or looks for", async () => {
  const request = requestOf("asker", "我们天使轮融资想对接基金", { contact: CONTACT });
  const opened = await world.app.tickets.open(request);
  if (opened.outcome === "spam") throw new Error("taken for spam");
  const { ticketId, tasks } = opened.ticket;
  const taskId = tasks[0]?.taskId;
  const act = (account: string, command: object, key: string) =>
    send(account, "POST", `/tickets/${ticketId}/commands`, { command, key });
  expect((await act("api:zhang", { do: "claim", taskId }, "1")).text).toContain(CONTACT);
  const colleague = [
    await act("api:li", { do: "claim", taskId }, "2"),
    await act("api:li", { do: "note", taskId: null, text: "已电话联系" }, "3"),
    await send("api:li", "GET", `/tickets?search=${CONTACT}`),
    await send("api:li", "GET", `/tickets?search=${encodeURIComponent("天使轮")}`),
  ];
  expect(colleague.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(JSON.parse(colleague[0]?.text ?? "")).toMatchObject({ outcome: "refused" });
  expect(JSON.parse(colleague[2]?.text ?? "")).toEqual([]);
  expect(JSON.parse(colleague[3]?.text ?? "")).toHaveLength(1);
  expect(colleague.map(({ text }) => text).join("")).not.toContain(CONTACT);
  expect(JSON.parse((await send("api:zhang", "GET", `/tickets?search=${CONTACT}`)).text)).toHaveLength(1);
});

it("tells a stranger's token nothing of a ticket", async () => {
  const opened = await world.app.tickets.open(requestOf("other", "我们想对接产业基金"));
  if (opened.outcome === "spam") throw new Error("taken for spam");
  const { ticketId, number } = opened.ticket;
  for (const wanted of [ticketId, number]) {
    expect((await send("api:stranger", "GET", `/tickets/${wanted}`)).status).toBe(404);
    const body = { command: { do: "note", taskId: null, text: "x" }, key: "1" };
    expect((await send("api:stranger", "POST", `/tickets/${wanted}/commands`, body)).status).toBe(404);
  }
  expect((await send("api:stranger", "GET", "/tickets")).status).toBe(403);
});
