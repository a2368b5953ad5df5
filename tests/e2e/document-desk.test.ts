import { Document, HeadingLevel, Packer, Paragraph } from "docx";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  ADMIN_A,
  ADMIN_B,
  actionsOf,
  createDeskWorld,
  type DeskWorld,
  rules,
} from "../support/desk-world.ts";

let world: DeskWorld;

beforeEach(async () => {
  world = await createDeskWorld();
});

afterEach(() => world.close());

describe("a document by chat", () => {
  it("goes from a file to an answer through two administrators", async () => {
    const card = await world.upload(ADMIN_A, "办法.txt", rules("30万元"));
    expect(card.kind).toBe("desk-review");
    expect(card.plainText).toContain("文号：青科规〔2026〕5号");
    expect(card.plainText).toContain("有效期至：2028-12-31（推算）");
    expect((await world.ask("ou_x", "孵化器一次性奖励多少")).plainText).not.toContain("30万元");

    const waiting = await world.press(ADMIN_A, card, "kb.submit");
    expect(waiting.kind).toBe("desk-waiting");
    const request = world.lastTo(ADMIN_B, "desk-review");
    expect((await world.press(ADMIN_A, request, "kb.approve")).kind).toBe("desk-refused");
    const done = await world.press(ADMIN_B, request, "kb.approve");
    expect(done.kind).toBe("desk-done");
    expect(world.lastTo(ADMIN_A, "desk-done")?.headline).toContain("已复核通过");
    expect((await world.ask("ou_x", "孵化器一次性奖励多少")).plainText).toContain("30万元");
    // A second press on the same card says the same and does nothing more.
    expect((await world.press(ADMIN_B, request, "kb.approve")).kind).toBe("desk-done");
    const told = world.sent.filter(({ reply }) => reply.headline.includes("已复核通过"));
    expect(told).toHaveLength(1);
    const published = await world.app.storage.audit.list({ action: "version.published", limit: 10 });
    expect(published.filter(({ actor }) => actor === `test:${ADMIN_B}`)).toHaveLength(1);
  });

  it("reads a Word file in its own process", async () => {
    const document = new Document({
      sections: [
        {
          children: [
            new Paragraph({ text: "青岚区人才公寓管理办法", heading: HeadingLevel.TITLE }),
            new Paragraph("第一条 人才公寓由青岚区人才服务中心管理。"),
            new Paragraph("第二条 本办法自2026年3月1日起施行。"),
          ],
        },
      ],
    });
    const card = await world.upload(ADMIN_A, "公寓.docx", await Packer.toBuffer(document));
    expect(card.headline).toContain("青岚区人才公寓管理办法");
    expect(card.plainText).toContain("施行日期：2026-03-01");
  });

  it("can be corrected on the card before it goes on", async () => {
    const card = await world.upload(ADMIN_A, "办法.txt", rules("30万元"));
    const wrong = await world.press(ADMIN_A, card, "kb.correct", { expiresOn: "2027-13-40" });
    expect(wrong).toMatchObject({ kind: "desk-refused", headline: expect.stringContaining("不是有效日期") });
    const corrected = await world.press(ADMIN_A, card, "kb.correct", { expiresOn: "2027-06-30 +0800" });
    expect(corrected.plainText).toContain("有效期至：2027-06-30（管理员填写）");
    expect(actionsOf(corrected).map(({ name }) => name)).toContain("kb.submit");
  });

  it("goes back with a reason, and its sender is told", async () => {
    await world.press(ADMIN_A, await world.upload(ADMIN_A, "办法.txt", rules("30万元")), "kb.submit");
    const request = world.lastTo(ADMIN_B, "desk-review");
    expect((await world.press(ADMIN_B, request, "kb.reject", { reason: "缺附件" })).kind).toBe("desk-done");
    expect(world.lastTo(ADMIN_A, "desk-done")?.plainText).toContain("缺附件");
  });

  it("comes back once more as the same file, and as a new version when it has changed", async () => {
    await world.publish(rules("30万元"));
    expect((await world.upload(ADMIN_B, "另名.txt", rules("30万元"))).kind).toBe("desk-duplicate");
    const changed = await world.upload(ADMIN_B, "办法（修订）.txt", rules("50万元"));
    expect(changed.headline).toContain("第2版");
    expect(changed.plainText).toContain("识别为库内文件的新版本");
    expect(changed.blocks.find(({ type }) => type === "changes")).toMatchObject({
      items: [
        {
          kind: "changed",
          section: "第二条",
          runs: expect.arrayContaining([
            { text: "30万元", mark: "removed" },
            { text: "50万元", mark: "added" },
          ]),
        },
      ],
    });
  });
});

describe("corrections", () => {
  it("tell an asker once, in the same place, when a publication changed the answer", async () => {
    await world.publish(rules("30万元"));
    const first = await world.ask("ou_x", "孵化器一次性奖励多少");
    expect(first.plainText).toContain("30万元");
    await world.ask("ou_y", "人才安居有哪些支持举措？");
    await world.publish(rules("50万元"), "新办法.txt");
    world.background.start();
    await expect
      .poll(() => world.lastTo("ou_x", "correction")?.plainText, { timeout: 5_000 })
      .toContain("50万元");
    await world.background.stop();
    world.background.start();
    await world.background.stop();
    await world.conversation.drain();
    const corrections = world.sent.filter(({ reply }) => reply.kind === "correction");
    expect(corrections).toHaveLength(1);
    expect(
      corrections[0]?.reply.blocks.some(
        (block) => block.type === "citation" && block.quote.includes("50万元"),
      ),
    ).toBe(true);
  });
});

describe("roll back and withdraw", () => {
  it("need a second administrator, and take effect at once", async () => {
    await world.publish(rules("30万元"));
    await world.publish(rules("50万元"), "新办法.txt");
    const status = await world.ask(ADMIN_A, "文件状态 孵化器");
    expect(status.plainText).toContain("第2版：已发布");
    const waiting = await world.press(ADMIN_A, status, "kb.rollback", { reason: "金额有误" });
    expect(waiting.kind).toBe("desk-waiting");
    await world.press(ADMIN_B, world.lastTo(ADMIN_B, "desk-review"), "kb.approve");
    expect((await world.ask("ou_x", "孵化器一次性奖励多少")).plainText).toContain("30万元");
    await world.ask(ADMIN_A, "撤下文件 孵化器 已有新文件");
    await world.press(ADMIN_B, world.lastTo(ADMIN_B, "desk-review"), "kb.approve");
    expect((await world.ask("ou_x", "孵化器一次性奖励多少")).plainText).not.toContain("30万元");
  });
});

describe("who may see a document", () => {
  it("is chosen by an administrator: inside, for the group where it is said, for everybody", async () => {
    await world.publish(rules("30万元"));
    const question = "孵化器一次性奖励多少";
    const inGroup = (chatId: string) => world.send("ou_x", { text: question, chatKind: "group", chatId });
    const status = await world.ask(ADMIN_A, "文件状态 孵化器");
    const hidden = await world.press(ADMIN_A, status, "kb.visibility", {
      scope: "internal",
      reason: "未公开",
    });
    expect(hidden).toMatchObject({ kind: "desk-done", headline: expect.stringContaining("内部") });
    expect((await world.ask("ou_x", question)).plainText).not.toContain("30万元");
    expect((await world.ask(ADMIN_A, question)).plainText).toContain("30万元");

    const group = { chatKind: "group", chatId: "g1" } as const;
    expect((await world.send("ou_x", { text: "可见范围 孵化器 本群", ...group })).kind).toBe("desk-refused");
    expect((await world.send(ADMIN_A, { text: "可见范围 孵化器 公开", ...group })).kind).toBe("desk-refused");
    expect((await world.ask(ADMIN_A, "可见范围 孵化器 本群")).kind).toBe("desk-refused");
    expect((await world.send(ADMIN_A, { text: "可见范围 孵化器 本群 试点", ...group })).kind).toBe(
      "desk-done",
    );
    expect((await inGroup("g1")).plainText).toContain("30万元");
    expect((await inGroup("g2")).plainText).not.toContain("30万元");

    await world.ask(ADMIN_A, "可见范围 孵化器 公开");
    expect((await world.ask("ou_x", question)).plainText).toContain("30万元");
  });
});

describe("who may", () => {
  it("refuses politely those who are no administrators, and work in groups", async () => {
    expect((await world.upload("ou_x", "我的.txt", rules("1万元"))).kind).toBe("desk-refused");
    expect((await world.ask("ou_x", "文件列表")).kind).toBe("desk-refused");
    await world.ask("ou_x", "What does the one-stop service include?");
    expect((await world.upload("ou_x", "mine.txt", rules("1万元"))).headline).toMatch(
      /^I cannot answer from a file/,
    );
    expect((await world.ask("ou_x", "/kb list")).headline).toMatch(/^Only administrators/);
    const inGroup = await world.send(ADMIN_A, { text: "文件列表", chatKind: "group", chatId: "g" });
    expect(inGroup).toMatchObject({ kind: "desk-refused", headline: expect.stringContaining("私聊") });
    expect((await world.ask(ADMIN_A, "文件列表")).plainText).toContain("奉贤园");
    expect(await world.app.storage.workflow.listSubmissions()).toEqual([]);
  });

  it("lets questions of administrators be questions", async () => {
    expect((await world.ask(ADMIN_A, "人才安居有哪些支持举措？")).kind).toMatch(/answered|partial/);
  });

  it("says what is wrong with a file that cannot be read, and keeps it", async () => {
    const refused = await world.upload(
      ADMIN_A,
      "程序.docx",
      Buffer.from("MZ\u0090\u0000\u0003".padEnd(400, "\u0000"), "latin1"),
    );
    expect(refused.kind).toBe("desk-refused");
    expect(refused.plainText).toContain("原件已保存");
    expect(await world.app.storage.workflow.listSubmissions()).toMatchObject([{ state: "failed" }]);
  });
});

describe("the digest", () => {
  it("goes to every administrator once a day", async () => {
    world.background.start();
    await expect
      .poll(() => world.sent.filter(({ reply }) => reply.kind === "digest").length, { timeout: 5_000 })
      .toBe(2);
    await world.background.stop();
    world.background.start();
    await world.background.stop();
    await world.conversation.drain();
    expect(world.sent.filter(({ reply }) => reply.kind === "digest")).toHaveLength(2);
    expect(world.lastTo(ADMIN_B, "digest")?.plainText).toContain("征求意见稿");
  });
});
