import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operatorOf } from "../../src/access/index.ts";
import type { ReplyAction } from "../../src/conversation/index.ts";
import { runCommandLine } from "../support/run-command-line.ts";
import { openTicketService, type TicketService } from "../support/ticket-service.ts";
import { actionsOf, openWebAsker, type WebAsker } from "../support/web-asker.ts";

const QUESTION = "天使轮项目有什么基金可以对接？";

let world: TicketService;
let asker: WebAsker;

beforeAll(async () => {
  world = await openTicketService({ feishu: false });
  asker = await openWebAsker(world.service.address);
});

afterAll(() => world?.close());

const buttonsOf = (turn: { reply: { blocks: Parameters<typeof actionsOf>[0][] } }): ReplyAction[] =>
  turn.reply.blocks.flatMap(actionsOf);

async function listByCommand(...words: string[]): Promise<Record<string, unknown>[]> {
  const { code, stdout, stderr } = await runCommandLine([
    ...["feedback", "list", "--json", "--data", world.data, ...words],
  ]);
  expect(code, stderr).toBe(0);
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

async function readByAddress(account: string): Promise<Response> {
  const headers = { authorization: `Bearer ${await world.token(account)}` };
  return fetch(`${world.service.address}/api/v1/admin/feedback?verdict=unhelpful`, { headers });
}

describe("an answer on the web page", () => {
  it("suggests what the documents answer, and each suggestion is answered when pressed", async () => {
    const answer = await asker.say(QUESTION);
    const suggestions = buttonsOf(answer).filter(({ name }) => name === "answer.ask");
    expect(suggestions.length).toBeGreaterThan(0);
    for (const { label } of suggestions) {
      const { question, reply } = await asker.press(answer, label);
      expect({ question, kind: reply.kind }).toEqual({ question: label, kind: "answered" });
    }
  });

  it("is copied as the quotes stand in the text", async () => {
    const answer = await asker.say(QUESTION);
    const { reply } = await asker.press(answer, "复制原文");
    for (const block of answer.reply.blocks) {
      if (block.type === "citation") expect(reply.plainText).toContain(block.quote);
    }
    expect(reply.plainText).not.toContain("有帮助");
  });

  it("is judged; the commission reads it by command and by address, and it goes with the judge's data", async () => {
    const answer = await asker.say(QUESTION);
    const form = await asker.press(answer, "没帮助");
    const kept = await asker.press(form, "提交", {
      cause: "incomplete",
      reason: "没说怎么申报，请回电13800138000",
    });
    expect(kept.reply.headline).toContain("意见已记下");
    const [listed] = await listByCommand("--verdict", "unhelpful");
    expect(listed).toMatchObject({
      ...{ channel: "web", verdict: "unhelpful", cause: "incomplete", question: QUESTION },
    });
    expect(listed?.["reason"]).toContain("没说怎么申报");
    expect(JSON.stringify(listed)).not.toContain("13800138000");
    const figures = await runCommandLine(["feedback", "figures", "--data", world.data]);
    expect(figures.stdout).toContain("没帮助 1 次");
    expect((await readByAddress("api:nobody")).status).toBe(403);
    await world.app.access.grant("api:auditor", "auditor", operatorOf("test"));
    const response = await readByAddress("api:auditor");
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual([listed]);
    const question = await asker.say("删除我的数据");
    await asker.press(question, "确认删除我的数据");
    expect(await listByCommand()).toEqual([]);
  });
});
