import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { OpenedFile } from "../../src/channels/index.ts";
import type { OutgoingReply, ReplyBlock } from "../../src/conversation/index.ts";
import { AppError } from "../../src/shared/index.ts";
import { type FeishuServer, startFeishuServer } from "../support/feishu-server/index.ts";
import {
  type RunningChannel,
  type RunOptions,
  runChannel,
  sampleReply,
} from "../support/feishu-server/run-channel.ts";

const ID = "0b0f4f3e-7d0c-4d5e-9a52-2f7f7b1f0c11";
const REPORT = "一企一策报告（青岚智造）.docx";
/** Bytes that are no text, and look like parts of an upload. */
const BYTES = Buffer.concat([Buffer.from([0, 255, 13, 10]), Buffer.from("\r\n--boundary\r\n张江")]);

let server: FeishuServer;
let running: RunningChannel;
let files: Map<string, OpenedFile>;

beforeEach(async () => {
  server = await startFeishuServer();
  files = new Map([["file-1", { name: REPORT, mediaType: "application/octet-stream", bytes: BYTES }]]);
});

afterEach(async () => {
  await running.channel.stop();
  await server.close();
});

async function prepare(options: Partial<RunOptions> = {}): Promise<RunningChannel> {
  const openFile = async (fileId: string) => files.get(fileId);
  running = await runChannel({ domain: server.url, start: false, openFile, ...options });
  return running;
}

function fileBlock(fileId = "file-1", name = REPORT): ReplyBlock {
  return { type: "file", fileId, name, mediaType: "application/octet-stream", bytes: BYTES.length };
}

function outgoing(blocks: ReplyBlock[] = [fileBlock()], replyTarget: unknown = TARGET): OutgoingReply {
  return { outboxId: ID, messageKey: "k", replyTarget, reply: sampleReply({ blocks }) };
}

const TARGET = { messageId: "om_question", chatId: "oc_park", threadId: "omt_topic" };

const kinds = () => server.sent.map(({ msgType }) => msgType);

describe("a file of a reply", () => {
  it("follows the card as a message of its own, in the same thread, byte for byte", async () => {
    const { channel } = await prepare();
    expect(await channel.deliver(outgoing())).toEqual({ receipt: "om_sent1" });
    expect(server.uploads).toMatchObject([{ fileType: "doc", name: REPORT }]);
    expect(Buffer.from(server.uploads[0]?.bytes ?? []).equals(BYTES)).toBe(true);
    expect(server.sent).toMatchObject([
      { msgType: "interactive", uuid: ID, inThread: true },
      {
        msgType: "file",
        uuid: `${ID}-f1`,
        inThread: true,
        target: "om_question",
        content: '{"file_key":"file_v3_1"}',
      },
    ]);
    expect(server.sent[0]?.content).toContain(`附件：${REPORT}（1 KB），见随后的文件消息。`);
  });

  it("is uploaded with a fresh token when the old one was revoked, which is asked for once", async () => {
    const { channel } = await prepare();
    await channel.deliver({ ...outgoing([]), outboxId: "before" });
    server.revokeTokens();
    const both = ["one", "two"].map((outboxId) => channel.deliver({ ...outgoing(), outboxId }));
    await Promise.all(both);
    expect(server.uploads).toHaveLength(2);
    expect(server.issuedTokens).toHaveLength(2);
  });

  it.each([
    ["报告.pdf", "pdf"],
    ["清单.XLSX", "xls"],
    ["汇报.pptx", "ppt"],
    ["清单.csv", "stream"],
    ["无后缀", "stream"],
  ])("%s goes as %s", async (name, fileType) => {
    const { channel } = await prepare();
    files.set("file-1", { name, mediaType: "application/octet-stream", bytes: BYTES });
    await channel.deliver(outgoing());
    expect(server.uploads).toMatchObject([{ fileType, name }]);
  });

  it("may have 20 MB", async () => {
    const { channel } = await prepare();
    const bytes = Buffer.alloc(20 * 1024 * 1024, 7);
    files.set("file-1", { name: "数据.pdf", mediaType: "application/pdf", bytes });
    await channel.deliver(outgoing());
    expect(server.uploads[0]?.bytes.length).toBe(bytes.length);
    expect(kinds()).toEqual(["interactive", "file"]);
  });

  it("goes to a person's direct chat when the reply does", async () => {
    const { channel } = await prepare();
    await channel.deliver(outgoing([fileBlock()], { directUserId: "ou_asker" }));
    expect(server.sent.map(({ target }) => target)).toEqual(["ou_asker", "ou_asker"]);
  });
});

describe("exactly once", () => {
  it("when the answer to the upload or to the message is lost", async () => {
    const { channel } = await prepare();
    server.failNext("upload", { lost: true });
    server.failNext("send", {}, { lost: true });
    await channel.deliver(outgoing());
    expect(kinds()).toEqual(["interactive", "file"]);
    expect(server.uploads).toHaveLength(2);
  });

  it("when the process ends between card and file, and after the file", async () => {
    const { channel } = await prepare({ tuning: { retryDelaysMs: [] } });
    server.failNext("upload", { refused: true });
    await expect(channel.deliver(outgoing())).rejects.toMatchObject({ retryable: true });
    expect(kinds()).toEqual(["interactive"]);
    await running.channel.stop();
    await (await prepare()).channel.deliver(outgoing());
    expect(kinds()).toEqual(["interactive", "file"]);
    await running.channel.stop();
    await (await prepare()).channel.deliver(outgoing());
    expect(kinds()).toEqual(["interactive", "file"]);
  });

  it("for each of several files, also when a later one fails first", async () => {
    const { channel } = await prepare({ tuning: { retryDelaysMs: [] } });
    files.set("file-2", { name: "b.pdf", mediaType: "application/pdf", bytes: BYTES });
    server.failNext("upload", {}, { status: 502, rawBody: "<html>502</html>" });
    const reply = outgoing([fileBlock(), fileBlock("file-2", "b.pdf")]);
    await expect(channel.deliver(reply)).rejects.toMatchObject({ retryable: true });
    await channel.deliver(reply);
    expect(server.sent.map(({ uuid }) => uuid)).toEqual([ID, `${ID}-f1`, `${ID}-f2`]);
    expect(server.uploads.map(({ name }) => name)).toEqual([REPORT, "b.pdf"]);
  });
});

describe("a file that cannot be sent", () => {
  const notice = () => server.sent.at(-1)?.content ?? "";

  it.each([
    ["is gone", () => files.clear(), "已过期或已删除"],
    ["is empty", () => files.set("file-1", { name: "a.pdf", mediaType: "", bytes: Buffer.alloc(0) }), "空的"],
    [
      "is too large",
      () => files.set("file-1", { name: "a.pdf", mediaType: "", bytes: Buffer.alloc(30 * 1024 * 1024 + 1) }),
      "30 MB",
    ],
    ["may not be uploaded", () => server.failNext("upload", { code: 99991672, msg: "no scope" }), "权限"],
    ["is not taken by the chat", () => server.failNext("send", {}, { code: 230055 }), "没有接受"],
  ])("because it %s is said after the card", async (_case, plant, words) => {
    const { channel } = await prepare();
    plant();
    await channel.deliver(outgoing());
    expect(kinds()).toEqual(["interactive", "post"]);
    expect(notice()).toContain(`附件“${REPORT}”未能发出`);
    expect(notice()).toContain(words);
    await channel.deliver(outgoing());
    expect(kinds()).toEqual(["interactive", "post"]);
  });

  it("is said after the third delivery in vain; the card went out with the first", async () => {
    const { channel } = await prepare({ tuning: { retryDelaysMs: [] } });
    for (let attempt = 0; attempt < 2; attempt += 1) {
      server.failNext("upload", { refused: true });
      await expect(channel.deliver(outgoing())).rejects.toMatchObject({ retryable: true });
      expect(kinds()).toEqual(["interactive"]);
    }
    server.failNext("upload", { refused: true });
    await channel.deliver(outgoing());
    expect(kinds()).toEqual(["interactive", "post"]);
    expect(notice()).toContain("请稍后重新生成");
  });

  it("because it cannot be read is said with what its keeper says", async () => {
    const openFile = async () => {
      throw new AppError({ code: "forbidden", message: "not theirs", safeMessage: "该文件不属于您的企业。" });
    };
    const { channel } = await prepare({ openFile });
    await channel.deliver(outgoing());
    expect(notice()).toContain("该文件不属于您的企业");
  });
});
