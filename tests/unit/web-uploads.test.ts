import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cleanName, kindOf } from "../../src/channels/clean-name.ts";
import { toReturnPath } from "../../src/channels/web/return-path.ts";
import { readLanguage } from "../../src/channels/web/words.ts";
import { openTemporaryStorage } from "../support/temporary-storage.ts";
import { openUploads, type Uploads } from "../support/web-uploads.ts";

const MEGABYTE = 1024 * 1024;
let storage: Awaited<ReturnType<typeof openTemporaryStorage>>;
let uploads: Uploads;

describe("files of a message", () => {
  beforeEach(async () => {
    storage = await openTemporaryStorage();
    uploads = await openUploads(storage.webUploads);
  });

  afterEach(async () => {
    await uploads.close();
    await storage.remove();
  });

  it("are in the database before the message is accepted", async () => {
    let found: Uint8Array | undefined;
    uploads.onAccept = async ({ messageKey }) => {
      found = await storage.webUploads.read(messageKey, 0);
      return "accepted";
    };
    const response = await uploads.send([["a.pdf", "%PDF-1.7"]], { text: "请看附件" });
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({ status: "accepted", files: [{ name: "a.pdf", bytes: 8 }] });
    expect(Buffer.from(found ?? []).toString()).toBe("%PDF-1.7");
    expect(uploads.accepted).toMatchObject([
      {
        text: "请看附件",
        unsupported: "file",
        attachments: [{ kind: "file", name: "a.pdf", size: 8, reference: { position: 0 } }],
      },
    ]);
  });

  it("may be sent again under the same id without being kept twice", async () => {
    await uploads.send([["a.txt", "甲"]]);
    uploads.onAccept = async () => "duplicate";
    expect(await (await uploads.send([["a.txt", "甲"]])).json()).toMatchObject({ status: "duplicate" });
    expect(await storage.webUploads.list("session-1")).toHaveLength(1);
    expect(await storage.webUploads.read("session-1:message-1", 0)).toBeDefined();
  });

  it.each([
    [413, "单个文件不能超过 30 MB", [["large.bin", "x".repeat(30 * MEGABYTE + 1)]]],
    [413, "一次最多发送 5 个文件", Array.from({ length: 6 }, (_, at) => [`${at}.txt`, "甲"])],
    [413, "一次最多发送 5 个文件", Array.from({ length: 12 }, (_, at) => [`${at}.txt`, "甲"])],
    [
      400,
      "文件没有内容",
      [
        ["good.txt", "甲"],
        ["empty.txt", ""],
      ],
    ],
    [400, "没有收到文件", []],
  ] as [number, string, [string, string][]][])(
    "are refused with %i and leave nothing: %s",
    async (status, words, files) => {
      const response = await uploads.send(files);
      expect(response.status).toBe(status);
      expect(await response.json()).toMatchObject({ error: { message: expect.stringContaining(words) } });
      expect(uploads.accepted).toEqual([]);
      expect(await storage.webUploads.list("session-1")).toEqual([]);
    },
  );

  it("of exactly 30 MB are taken", async () => {
    const response = await uploads.send([["whole.bin", "x".repeat(30 * MEGABYTE)]]);
    expect(response.status).toBe(202);
    expect((await storage.webUploads.read("session-1:message-1", 0))?.length).toBe(30 * MEGABYTE);
  });

  it("are refused in the language of the request", async () => {
    const refused = await uploads.send([["large.bin", "x".repeat(30 * MEGABYTE + 1)]], { language: "en" });
    expect(await refused.json()).toMatchObject({
      error: { message: expect.stringContaining("up to 30 MB") },
    });
    const chinese = await uploads.send([], { language: "zh" }, { "accept-language": "en-GB,en" });
    expect(await chinese.json()).toMatchObject({
      error: { message: expect.stringContaining("没有收到文件") },
    });
  });

  it("leave nothing when the connection breaks in the middle", async () => {
    await uploads.sendCut("a.txt", 1000);
    await expect.poll(() => uploads.finished()).toBe(1);
    expect(uploads.accepted).toEqual([]);
    expect(await storage.webUploads.list("session-1")).toEqual([]);
  });

  it("leave nothing when the sender is too fast", async () => {
    uploads.onAccept = async () => "ignored";
    expect((await uploads.send([["a.txt", "甲"]])).status).toBe(429);
    expect(await storage.webUploads.list("session-1")).toEqual([]);
  });

  it("stay when it is not known whether the message was accepted", async () => {
    uploads.onAccept = async () => {
      throw new Error("planted");
    };
    expect((await uploads.send([["a.txt", "甲"]])).status).toBe(500);
    expect(await storage.webUploads.list("session-1")).toHaveLength(1);
  });

  it("do not fill the disk: what waits is bounded", async () => {
    await uploads.close();
    uploads = await openUploads(storage.webUploads, 10);
    expect((await uploads.send([["a.txt", "12345678"]])).status).toBe(202);
    const full = await uploads.send([["b.txt", "12345678"]], { clientMessageId: "message-2" });
    expect(full.status).toBe(503);
    expect(full.headers.get("retry-after")).toBe("60");
    await storage.webUploads.release("session-1:message-1");
    expect((await uploads.send([["b.txt", "12345678"]], { clientMessageId: "message-2" })).status).toBe(202);
  });
});

describe("names and kinds", () => {
  it.each([
    ["C:\\\\Users\\\\a\\\\公告.pdf", "公告.pdf"],
    ["../../etc/passwd", "passwd"],
    ["a\u202Efdp.exe", "afdp.exe"],
    ["..hidden", "hidden"],
    ["  a \n b\t.docx ", "a b.docx"],
    ['a<b>|"c".txt', "a b c .txt"],
    ["", "未命名文件"],
    ["\u0000", "未命名文件"],
    [`${"长".repeat(300)}.pdf`, `${"长".repeat(116)}.pdf`],
  ])("%j is called %j", (given, name) => {
    expect(cleanName(given)).toBe(name);
  });

  it("tells pictures by their first bytes", () => {
    expect(kindOf(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1]))).toBe("image");
    expect(kindOf(new Uint8Array([0xff, 0xd8, 0xff, 0xe0]))).toBe("image");
    expect(kindOf(Buffer.from("RIFF0000WEBP"))).toBe("image");
    expect(kindOf(Buffer.from("RIFF0000WAVE"))).toBe("file");
    expect(kindOf(Buffer.from("%PDF-1.7"))).toBe("file");
    expect(kindOf(new Uint8Array())).toBe("file");
  });
});

describe("a way back", () => {
  it.each([
    ["/", "/"],
    ["/documents/plan?version=1#3-9", "/documents/plan?version=1#3-9"],
    ["//evil.example", "/"],
    ["///evil.example", "/"],
    ["/\\evil.example", "/"],
    ["/.//evil.example", "/"],
    ["/a/..//evil.example", "/"],
    ["https://evil.example", "/"],
    ["evil.example", "/"],
    ["/api/v1/admin/roles", "/"],
    ["/auth/feishu/callback?x", "/"],
    [`/${"a".repeat(600)}`, "/"],
    [undefined, "/"],
    [["/a", "/b"], "/"],
  ])("%j leads to %j", (given, path) => {
    expect(toReturnPath(given)).toBe(path);
  });
});

describe("the language of a refusal", () => {
  it.each([
    ["en", {}, "en"],
    ["zh", { "accept-language": "en" }, "zh"],
    ["auto", { "accept-language": "en-US,en;q=0.9" }, "en"],
    [undefined, { "accept-language": "zh-CN,zh;q=0.9,en;q=0.8" }, "zh"],
    [undefined, { "accept-language": "fr,en;q=0.5" }, "en"],
    [undefined, { "accept-language": "*" }, "zh"],
    ["fr", {}, "zh"],
  ])("%j beside %j is %s", (asked, headers, language) => {
    expect(readLanguage(asked, headers)).toBe(language);
  });
});
