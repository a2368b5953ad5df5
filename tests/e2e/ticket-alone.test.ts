import { afterAll, beforeAll, expect, it } from "vitest";
import { runCommandLine } from "../support/run-command-line.ts";
import { openTicketService, type TicketService } from "../support/ticket-service.ts";
import { openWebAsker } from "../support/web-asker.ts";

let world: TicketService;

/** A fresh machine: no Feishu, no administrators, nobody in any department. */
beforeAll(async () => {
  world = await openTicketService({ feishu: false, admins: [], departments: (as) => as, specialists: false });
});

afterAll(() => world?.close());

it("is honest that nobody is set up, and an operator answers at the machine", async () => {
  const asker = await openWebAsker(world.service.address);
  const form = await asker.say("找专员：天使轮融资想对接投资机构");
  const opened = await asker.press(form, "提交");
  expect(opened.reply.plainText).toContain("目前尚未配置受理人员");
  expect(opened.reply.plainText).not.toContain("已为您转交");
  const number = /\d{8}-\d{4}/.exec(opened.reply.headline)?.[0] ?? "";
  await world.suspend();
  const at = ["--data", world.data];
  const list = await runCommandLine(["tickets", "list", ...at]);
  expect(list).toMatchObject({ code: 0, stdout: expect.stringContaining(number) });
  const shown = await runCommandLine(["tickets", "show", number, ...at]);
  expect(shown.stdout).toContain("天使轮融资想对接投资机构");
  expect(shown.stdout).toMatch(/提问人 {2}提交：/);
  const answered = await runCommandLine(["tickets", "reply", number, "请于周四下午到服务窗口面谈。", ...at]);
  expect(answered.code, answered.stderr).toBe(0);
  await world.resume();
  const answer = await asker.hears("请于周四下午到服务窗口面谈。");
  expect(answer.reply.kind).toBe("ticket-answer");
}, 90_000);
