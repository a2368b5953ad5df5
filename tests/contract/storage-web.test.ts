import { expect, it } from "vitest";
import type { Storage, WebUpload } from "../../src/storage/index.ts";
import { describeOnEveryDatabase } from "../support/storage-places.ts";
import { second } from "../support/storage-samples.ts";

const at = (seconds: number) => second(seconds).toISOString();
const signIn = { stateHash: "s1", sessionId: "browser", returnTo: "/console", expiresAt: at(600) };

function upload(position: number, more: Partial<WebUpload> = {}) {
  const bytes = new Uint8Array([0, 255, position]);
  return {
    ...{ sessionId: "browser", messageKey: "browser:m1", position, kind: "file" as const },
    ...{ name: `附件${position}.pdf`, size: bytes.length, createdAt: at(1), bytes },
    ...more,
  };
}

describeOnEveryDatabase("sign-ins of the web", (place) => {
  it("come back once, in time, to the browser that began them", async () => {
    const { webSessions } = await place.open();
    await webSessions.beginSignIn(signIn);
    expect(await webSessions.takeSignIn("s1", "other", second(1))).toBeUndefined();
    expect(await webSessions.takeSignIn("s2", "browser", second(1))).toBeUndefined();
    expect(await webSessions.takeSignIn("s1", "browser", second(600))).toBeUndefined();
    const taken = await Promise.all(
      [1, 2, 3].map(() => webSessions.takeSignIn("s1", "browser", second(599))),
    );
    expect(taken.filter((each) => each !== undefined)).toEqual([signIn]);
    expect(await webSessions.takeSignIn("s1", "browser", second(1))).toBeUndefined();
  });

  it("end by time, by the browser and by the account", async () => {
    const { webSessions } = await place.open();
    const record = { account: "feishu:ou_1", name: "测试员甲", signedInAt: at(0), expiresAt: at(100) };
    for (const sessionId of ["a", "b", "c"]) await webSessions.signIn({ sessionId, ...record });
    await webSessions.signIn({ sessionId: "d", ...record, account: "feishu:ou_2" });
    expect(await webSessions.find("a", second(99))).toEqual({ sessionId: "a", ...record });
    expect(await webSessions.find("a", second(100))).toBeUndefined();
    expect(await webSessions.signOut("a")).toBe(true);
    expect(await webSessions.signOut("a")).toBe(false);
    await webSessions.prolong("a", at(200));
    expect(await webSessions.find("a", second(1))).toBeUndefined();
    await webSessions.prolong("b", at(200));
    expect(await webSessions.find("b", second(199))).toMatchObject({ expiresAt: at(200) });
    expect(await webSessions.signOutAccount("feishu:ou_1")).toBe(2);
    expect(await webSessions.find("b", second(1))).toBeUndefined();
    expect(await webSessions.find("d", second(1))).toBeDefined();
    await webSessions.beginSignIn({ ...signIn, expiresAt: at(50) });
    expect(await webSessions.prune({ signIns: second(100), sessions: second(100) })).toBe(5);
    expect(await webSessions.find("d", second(1))).toBeUndefined();
  });

  it("end when the account has its words removed, and what it said signed in goes as well", async () => {
    const storage = await place.open();
    const { webSessions, conversation } = storage;
    const record = { name: "测试员甲", signedInAt: at(0), expiresAt: at(100) };
    await webSessions.signIn({ sessionId: "a", account: "feishu:ou_1", ...record });
    await webSessions.signIn({ sessionId: "b", account: "feishu:ou_1", ...record });
    await webSessions.signIn({ sessionId: "c", account: "feishu:ou_2", ...record });
    await webSessions.signOut("b");
    for (const sessionId of ["a", "b", "c", "anonymous"]) await say(storage, sessionId);
    expect(await conversation.eraseUser("feishu", "ou_1")).toBe(2);
    expect(await webSessions.find("a", second(1))).toBeUndefined();
    expect(await webSessions.find("c", second(1))).toBeDefined();
    expect(await conversation.recentTurns("web/a/a/", 5)).toEqual([]);
    expect(await conversation.recentTurns("web/b/b/", 5)).toEqual([]);
    expect(await conversation.recentTurns("web/c/c/", 5)).toHaveLength(1);
    expect(await conversation.recentTurns("web/anonymous/anonymous/", 5)).toHaveLength(1);
  });
});

async function say({ conversation }: Storage, userId: string): Promise<void> {
  const key = { channel: "web", messageKey: `${userId}:m1`, sessionKey: `web/${userId}/${userId}/` };
  await conversation.enqueueNotice({
    ...key,
    outbox: { ...key, outboxId: `o-${userId}`, reply: {}, dueAt: at(1), createdAt: at(1) },
    turn: { ...key, turnId: `t-${userId}`, question: "问题", resolvedQuestion: "", answer: {}, at: at(1) },
  });
}

describeOnEveryDatabase("uploads of the web", (place) => {
  it("keep their bytes until the message is done, and their names longer", async () => {
    const { webUploads } = await place.open();
    expect(await webUploads.keep(upload(0))).toBe(true);
    expect(await webUploads.keep(upload(1, { kind: "image" }))).toBe(true);
    expect(await webUploads.keep(upload(0, { name: "另一个" }))).toBe(false);
    expect(await webUploads.read("browser:m1", 1)).toEqual(new Uint8Array([0, 255, 1]));
    expect(await webUploads.read("browser:m1", 2)).toBeUndefined();
    expect(await webUploads.waitingBytes("browser")).toBe(6);
    expect(await webUploads.waitingBytes("other")).toBe(0);
    await webUploads.release("browser:m1");
    expect(await webUploads.read("browser:m1", 1)).toBeUndefined();
    expect(await webUploads.waitingBytes()).toBe(0);
    expect((await webUploads.list("browser")).map(({ name, kind, size }) => [name, kind, size])).toEqual([
      ["附件0.pdf", "file", 3],
      ["附件1.pdf", "image", 3],
    ]);
    // Sent again after it was done: known.
    expect(await webUploads.keep(upload(0))).toBe(false);
  });

  it("go when the message was not accepted, when they are old, and with what a person said", async () => {
    const { webUploads, conversation } = await place.open();
    await webUploads.keep(upload(0));
    await webUploads.keep(upload(1));
    await webUploads.discard("browser:m1", [1]);
    expect(await webUploads.list("browser")).toHaveLength(1);
    expect(await webUploads.prune({ bytes: second(1), names: second(1) })).toBe(0);
    expect(await webUploads.prune({ bytes: second(2), names: second(1) })).toBe(1);
    expect(await webUploads.read("browser:m1", 0)).toBeUndefined();
    await webUploads.keep(upload(0, { messageKey: "browser:m2", createdAt: at(9) }));
    await conversation.eraseUser("web", "browser");
    // What still waits for its reply stays.
    expect((await webUploads.list("browser")).map(({ messageKey }) => messageKey)).toEqual(["browser:m2"]);
    expect(await webUploads.prune({ bytes: second(5), names: second(10) })).toBe(1);
    expect(await webUploads.list("browser")).toEqual([]);
  });
});
