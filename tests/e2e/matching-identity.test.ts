import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Reply } from "../../src/conversation/index.ts";
import { actionsOf } from "../support/desk-world.ts";
import { createMatchingWorld, GROUP, type MatchingWorld } from "../support/matching-world.ts";

/** Invented codes with a sound check character. */
const CODE = "91310120MA1J000145";
const OTHER = "91310120MADX00078E";
const STORY = "我们做新能源车热管理零件的，三百来人，去年四个多亿，想扩产";

let world: MatchingWorld;
beforeEach(async () => {
  world = await createMatchingWorld();
});
afterEach(() => world.close());

const actor = (userId: string) => ({ account: `test:${userId}`, roles: new Set(["staff" as const]) });
const find = (userId: string, chat: string | null = null) => world.enterprises.find(actor(userId), chat);
const fileOf = (reply: Reply) => reply.blocks.find((block) => block.type === "file");

describe("name and code", () => {
  it("registers both, and asks about a code that does not fit", async () => {
    await world.say("u1", "我们公司叫青岚示例科技有限公司");
    expect((await find("u1"))?.name).toBe("青岚示例科技有限公司");
    expect((await world.say("u1", CODE)).headline).toContain(CODE);
    expect((await find("u1"))?.creditCode).toBe(CODE);
    const doubtful = await world.say("u2", "信用代码 91310120MA1J000146");
    expect(doubtful.headline).toContain("需要核对");
    expect((await find("u2"))?.creditCode ?? null).toBeNull();
    await world.say("u2", "代码无误");
    expect((await find("u2"))?.creditCode).toBe("91310120MA1J000146");
    expect((await world.say("u2", "代码无误")).headline).toContain("没有等待核对");
  });

  it("lets nobody in by a code: the members decide", async () => {
    const notices: [string, Reply][] = [];
    await world.close();
    world = await createMatchingWorld({
      notify: async (account, _key, reply) => {
        notices.push([account, reply]);
        return true;
      },
    });
    await world.say("u1", CODE);
    await world.say("u1", STORY);
    const refused = await world.say("u2", CODE);
    expect(refused.plainText).toContain("申请加入");
    await world.press("u2", refused, "match.join");
    expect((await world.say("u2", "我的资料")).plainText).not.toMatch(/热管理|300/);
    const [account, request] = notices[0] ?? [];
    expect(account).toBe("test:u1");
    expect(request?.plainText).toContain("test:u2");
    await world.press("u1", request, "match.admit");
    expect(notices.at(-1)?.[0]).toBe("test:u2");
    expect((await find("u1"))?.enterpriseId).toBe((await find("u2"))?.enterpriseId);
  });

  it("asks before another code takes the place of the registered one", async () => {
    await world.say("u1", CODE);
    const reply = await world.say("u1", OTHER);
    expect(reply.headline).toContain("未记入");
    expect((await find("u1"))?.creditCode).toBe(CODE);
    await world.press("u1", reply, "match.replace-code");
    expect((await find("u1"))?.creditCode).toBe(OTHER);
  });
});

describe("a group", () => {
  it("is bound only after the code is confirmed, and keeps one set of data", async () => {
    expect((await world.sayInGroup("u1", "绑定本群")).headline).toContain("私聊");
    await world.say("u1", CODE);
    const bound = await world.sayInGroup("u1", "绑定本群");
    expect(bound.headline).toContain("已绑定");
    expect(bound.plainText).not.toContain(CODE);
    expect((await world.enterprises.boundTo(`test:${GROUP}`))?.creditCode).toBe(CODE);
    expect((await world.sayInGroup("u2", "解除绑定")).kind).toBe("match-refused");
    expect((await world.sayInGroup("u1", "解除绑定")).headline).toContain("已解除");
    expect(await world.enterprises.boundTo(`test:${GROUP}`)).toBeUndefined();
  });

  it("refuses another company's code, and records nothing of that message", async () => {
    await world.say("u1", CODE);
    await world.sayInGroup("u1", "绑定本群");
    const before = world.sentTo("u1").length;
    for (const text of [OTHER, `我们的信用代码是 ${OTHER}，我们做小核酸药的，天使轮，想融资`]) {
      const refused = await world.sayInGroup("u1", text);
      expect(refused.kind).toBe("match-refused");
      expect(refused.headline).toContain("已绑定另一家企业");
      expect(refused.plainText).not.toMatch(/9131/);
    }
    expect(world.sentTo("u1")).toHaveLength(before);
    const enterprise = await find("u1");
    const profile = await world.enterprises.profile(
      enterprise?.enterpriseId ?? "",
      actor("u1"),
      "2026-11-23",
    );
    expect(profile.facts.has("stage")).toBe(false);
  });

  it("needs the command in the group", async () => {
    expect((await world.say("u1", "绑定本群")).headline).toContain("请在要绑定的群里");
  });
});

describe("one's own data", () => {
  it("are shown and exported as a file that is theirs", async () => {
    await world.say("u1", STORY);
    expect((await world.say("u1", "我的资料")).plainText).toContain("约300人");
    const file = fileOf(await world.say("u1", "导出我的数据"));
    const stored = file && (await world.storage.enterprises.getFile(file.fileId));
    expect(stored?.account).toBe("test:u1");
    expect(new TextDecoder().decode(stored?.bytes)).toContain("三百来人");
  });

  it("are deleted only after a second word, within the hour", async () => {
    await world.say("u1", STORY);
    const asked = await world.say("u1", "删除我的数据");
    expect(asked.headline).toContain("确认删除？");
    expect(await find("u1")).toBeDefined();
    world.clock.advance(2 * 60 * 60 * 1000);
    expect((await world.press("u1", asked, "match.delete-now")).headline).toContain("确认删除？");
    expect(await find("u1")).toBeDefined();
    expect((await world.say("u1", "确认删除我的数据")).headline).toContain("已删除");
    expect(await find("u1")).toBeUndefined();
    expect((await world.say("u1", "我的资料")).plainText).toContain("没有保存");
    expect(await world.openQuestions("u1")).toEqual([]);
  });

  it("are deleted once, whatever happens between", async () => {
    await world.say("u1", STORY);
    await world.say("u1", "删除我的数据");
    await world.crashDuring(() => world.say("u1", "确认删除我的数据"));
    expect(world.sentTo("u1").at(-1)?.headline).toContain("已删除");
    expect(await find("u1")).toBeUndefined();
  });
});

describe("buttons of another time", () => {
  it("say what to do instead", async () => {
    const press = (name: string, values: Record<string, string>) =>
      world.send("u1", { action: { name, values } });
    expect((await press("match.basis", { program: "P99" })).headline).toContain("已不在目录中");
    expect((await press("match.answer", { field: "no-such", value: "1" })).kind).toBe("stale-action");
    expect((await press("match.gone", {})).kind).toBe("stale-action");
    expect((await press("match.cancel-reminder", { reminder: "x" })).headline).toContain("未启用");
  });

  it("act for the one who presses", async () => {
    const reply = await world.say("u1", STORY);
    const basis = actionsOf(reply).find(({ name }) => name === "match.basis");
    const pressed = await world.send("u2", { action: { name: "match.basis", values: basis?.values ?? {} } });
    expect(pressed.plainText).not.toMatch(/热管理|300|4亿/);
  });
});

describe("in English", () => {
  it("asks and answers in English, and stays so for buttons", async () => {
    const reply = await world.say("u1", "what can we apply for?");
    expect(reply.language).toBe("en");
    expect(reply.headline).toMatch(/Tell me/);
    expect((await world.press("u1", reply, "match.form")).language).toBe("en");
    expect((await world.say("u1", "delete my data")).headline).toMatch(/^Delete\?/);
  });
});
