import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { InboundMessage } from "../../src/conversation/index.ts";
import type { VersionId } from "../../src/shared/index.ts";
import {
  ADMIN_A,
  ADMIN_B,
  actionsOf,
  createDeskWorld,
  type DeskWorld,
  NAME_A,
  rules,
} from "../support/desk-world.ts";
import { describeOnPostgres } from "../support/storage-places.ts";

let world: DeskWorld;

beforeEach(async () => {
  world = await createDeskWorld();
});

afterEach(() => world.close());

describe("a card", () => {
  it("names what it decides: taking back is not called publishing", async () => {
    await world.publish(rules("30万元"));
    await world.ask(ADMIN_A, "撤下文件 孵化器 已有新文件");
    const request = world.lastTo(ADMIN_B, "desk-review");
    const approve = request && actionsOf(request).find(({ name }) => name === "kb.approve");
    expect(approve).toMatchObject({ label: "同意撤下", confirm: expect.stringContaining("撤下") });
    expect(request?.plainText).toContain("撤下《青岚区孵化器管理办法》");
    const pending = await world.ask(ADMIN_B, "待复核");
    const opened = await world.press(ADMIN_B, pending, "kb.proposal");
    expect(actionsOf(opened).map(({ label }) => label)).toEqual(["同意撤下", "退回"]);
  });

  it("names people, and shows ids that can be typed as they stand there", async () => {
    await world.publish(rules("30万元"));
    const card = await world.upload(ADMIN_B, "二.txt", rules("50万元"));
    const version = actionsOf(card).find(({ name }) => name === "kb.submit")?.values["version"] ?? "";
    const status = await world.ask(ADMIN_A, "文件状态 孵化器");
    expect(status.plainText).not.toContain(version);
    const short = /第2版.*版本号 ([0-9a-f]{8})）/u.exec(status.plainText)?.[1] ?? "";
    expect(version.startsWith(short) && short !== "").toBe(true);
    expect((await world.ask(ADMIN_B, `查看版本 ${short}`)).headline).toContain("第2版");
    expect((await world.ask(ADMIN_B, `查看版本 ${short.slice(0, 7)}`)).kind).toBe("desk-refused");
    await world.ask(ADMIN_A, "撤下文件 孵化器 已有新文件");
    const pending = await world.ask(ADMIN_B, "待复核");
    expect(pending.plainText).toContain(`${NAME_A} 于`);
    expect(pending.plainText).not.toMatch(/test:|[0-9a-f]{9}/u);
    const request = /申请号 ([0-9a-f]{8})）/u.exec(pending.plainText)?.[1] ?? "";
    expect((await world.ask(ADMIN_B, `查看申请 ${request}`)).kind).toBe("desk-review");
    expect((await world.ask(ADMIN_B, `复核通过 ${request}`)).kind).toBe("desk-done");
    const again = await world.ask(ADMIN_A, `复核通过 ${request}`);
    expect(again.headline).toContain("账号");
    expect(again.headline).not.toContain("test:");
  });

  it("of one version decides nothing about another", async () => {
    await world.publish(rules("30万元"));
    const second = await world.upload(ADMIN_A, "二.txt", rules("50万元"));
    const third = await world.upload(ADMIN_A, "三.txt", rules("70万元"));
    await world.press(ADMIN_A, second, "kb.submit");
    const version = actionsOf(third).find(({ name }) => name === "kb.submit")?.values["version"];
    const shown = await world.ask(ADMIN_B, `查看版本 ${version}`);
    expect(shown.plainText).toContain("另有一项待复核的申请");
    expect(actionsOf(shown)).toEqual([]);
  });

  it("comes again when the file is sent again before it was published", async () => {
    const first = await world.upload(ADMIN_A, "办法.txt", rules("30万元"));
    expect(await world.upload(ADMIN_A, "办法.txt", rules("30万元"))).toMatchObject({
      kind: "desk-review",
      headline: first.headline,
    });
  });
});

describe("a process that ended", () => {
  it("reports the file whose reading it had promised to report", async () => {
    const bytes = Buffer.from(rules("30万元"));
    await world.app.storage.workflow.receive(
      {
        submissionId: "s-1",
        originalHash: "hash-1",
        fileName: "办法.txt",
        bytes: bytes.byteLength,
        submittedBy: `test:${ADMIN_A}`,
        source: "chat",
        createdAt: world.clock.now().toISOString(),
      },
      bytes,
      { actor: `test:${ADMIN_A}` },
    );
    world.background.start();
    await expect
      .poll(() => world.lastTo(ADMIN_A, "desk-review")?.headline, { timeout: 5_000 })
      .toContain("孵化器");
  });

  it("left a decision whose message is taken up again: it is made once, and everybody is told once", async () => {
    const card = await world.upload(ADMIN_A, "办法.txt", rules("30万元"));
    const submit = actionsOf(card).find(({ name }) => name === "kb.submit");
    const version = submit?.values["version"] as VersionId;
    const handle = (userId: string, messageKey: string, action: InboundMessage["action"]) =>
      world.desk.handle(
        {
          channel: "test",
          messageKey,
          chatId: `direct-${userId}`,
          chatKind: "direct",
          userId,
          text: "",
          ...(action && { action }),
          replyTarget: {},
          sentAt: world.clock.now().toISOString(),
        },
        {
          actor: { account: `test:${userId}`, roles: new Set(["staff", "admin"]) },
          sessionKey: "test",
          sendDirect: async () => false,
          language: "zh",
          at: world.clock.now().toISOString(),
          fetchAttachment: () => Promise.reject(new Error("no attachment")),
        },
      );
    const submitting = { name: "kb.submit", values: { version } };
    const first = await handle(ADMIN_A, "m-1", submitting);
    // The process ended before the reply was stored; the message is handled anew.
    const again = await handle(ADMIN_A, "m-1", submitting);
    expect(first?.plainText).toContain("已通知另外 1 位管理员");
    expect(again).toEqual(first);
    const [proposal] = await world.app.storage.workflow.listProposals({ state: "open" });
    const approving = { name: "kb.approve", values: { proposal: proposal?.proposalId ?? "" } };
    expect((await handle(ADMIN_B, "m-2", approving))?.kind).toBe("desk-done");
    expect((await handle(ADMIN_B, "m-2", approving))?.kind).toBe("desk-done");
    await world.conversation.drain();
    expect(world.sent.filter(({ reply }) => reply.headline.includes("已复核通过"))).toHaveLength(1);
    expect(await world.app.storage.workflow.listProposals()).toHaveLength(1);
  });
});

describeOnPostgres("a document by chat", (place) => {
  it("goes from a file to an answer, to a correction and back", async () => {
    const { databaseUrl = "" } = await place.fresh();
    const onPostgres = await createDeskWorld({ DATABASE_URL: databaseUrl });
    const { publish, ask, press, lastTo, background } = onPostgres;
    try {
      await publish(rules("30万元"));
      expect((await ask("ou_x", "孵化器一次性奖励多少")).plainText).toContain("30万元");
      await publish(rules("50万元"), "新办法.txt");
      background.start();
      await expect
        .poll(() => lastTo("ou_x", "correction")?.plainText, { timeout: 5_000 })
        .toContain("50万元");
      const status = await ask(ADMIN_A, "文件状态 孵化器");
      await press(ADMIN_A, status, "kb.rollback", { reason: "金额有误" });
      await press(ADMIN_B, lastTo(ADMIN_B, "desk-review"), "kb.approve");
      expect((await ask("ou_x", "孵化器一次性奖励多少")).plainText).toContain("30万元");
    } finally {
      await onPostgres.close();
    }
  });
});
