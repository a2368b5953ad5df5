import { afterEach, describe, expect, it } from "vitest";
import { createTestApp, type TestAppOptions } from "../support/test-app.ts";

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open(options: TestAppOptions = {}) {
  const app = await createTestApp({
    ...{ rateLimit: { burst: 9_999, perMinute: 9_999 }, chatGuard: { perMinute: 60 } },
    ...options,
  });
  closing.push(app.close);
  return { ...app, kinds: () => app.bot.replies.map(({ kind }) => kind) };
}

describe("the same words again and again", () => {
  it("are answered five times, then told of once, then ignored until it is quiet", async () => {
    const { user, kinds, clock } = await open();
    const acceptances = [];
    for (let count = 0; count < 9; count += 1) {
      acceptances.push(await user.sends("谢谢您的消息"));
      clock.advance(4_000);
    }
    expect(acceptances).toEqual([...Array(6).fill("accepted"), ...Array(3).fill("ignored")]);
    await user.says("另一个问题？");
    expect(kinds().filter((kind) => kind === "answered")).toHaveLength(6);
    expect(kinds().filter((kind) => kind === "repeated")).toHaveLength(1);
    clock.advance(121_000);
    await user.says("谢谢您的消息");
    expect(kinds().at(-1)).toBe("answered");
  });

  it("of a loop that never pauses stay ignored", async () => {
    const { user, clock } = await open();
    const acceptances = [];
    for (let count = 0; count < 60; count += 1) {
      acceptances.push(await user.sends("收到"));
      clock.advance(10_000);
    }
    expect(acceptances.filter((each) => each === "accepted")).toHaveLength(6);
  });

  it("of several people, of a re-delivery, of buttons and of files are none", async () => {
    const { join, user, kinds } = await open();
    for (let person = 0; person < 8; person += 1) await join(`user-${person}`).says("人才公寓？");
    for (let time = 0; time < 8; time += 1) await user.sends("同一条？", { messageKey: "m" });
    for (let time = 0; time < 8; time += 1)
      await user.says("", { action: { name: "ticket.take", values: {} } });
    for (let time = 0; time < 8; time += 1) await user.says("", { unsupported: "image" });
    for (let card = 0; card < 8; card += 1) await user.says("认领", { repliesTo: [`card-${card}`] });
    expect(kinds()).not.toContain("repeated");
  });
});

it("a burst of one sender is counted as it comes, not when it is stored", async () => {
  const { user, join, kinds } = await open({ rateLimit: { burst: 5, perMinute: 5 } });
  const burst = Array.from({ length: 40 }, (_, count) => user.sends(`第${count}个问题？`));
  const [other, ...acceptances] = await Promise.all([join("user-2").sends("人才公寓？"), ...burst]);
  expect(other).toBe("accepted");
  expect(acceptances).toEqual([...Array(6).fill("accepted"), ...Array(34).fill("ignored")]);
  await user.says("还在吗？").catch(() => undefined);
  expect(kinds().filter((kind) => kind === "rate-limited")).toHaveLength(1);
});

describe("a chat that is filled by two", () => {
  it("is told of once; both fall silent, and others are heard", async () => {
    const { join, kinds, clock } = await open();
    const [one, other, person] = [join("bot-a"), join("bot-b"), join("person")];
    let ignored = 0;
    for (let count = 0; count < 80; count += 1) {
      const sender = count % 2 === 0 ? one : other;
      if ((await sender.sends(`第${count}句`)) === "ignored") ignored += 1;
      if (count % 20 === 0) await person.says(`有人问${count}？`);
      clock.advance(500);
    }
    expect(ignored).toBe(19);
    await person.says("还在吗？");
    expect(kinds().filter((kind) => kind === "crowded")).toHaveLength(1);
    expect(kinds().at(-1)).toBe("answered");
    // Heard again after a quiet minute.
    clock.advance(61_000);
    await one.says("再来一句");
    expect(kinds().at(-1)).toBe("answered");
  });

  it("is not one in which many speak", async () => {
    const { join, kinds } = await open();
    for (let count = 0; count < 120; count += 1) await join(`user-${count % 10}`).says(`问题${count}？`);
    expect(kinds()).toEqual(Array(120).fill("answered"));
  });

  it("does not count what is overheard, nor other chats", async () => {
    const { user } = await open({ skills: [] });
    for (let count = 0; count < 70; count += 1)
      expect(await user.sends(`旁听${count}`, { overheard: true })).toBe("accepted");
    for (let count = 0; count < 70; count += 1)
      expect(await user.sends(`问题${count}？`, { chatId: `group-${count % 2}` })).toBe("accepted");
  });
});
