import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { InboundAttachment, InboundMessage, ReplyBlock } from "../../src/conversation/index.ts";
import { reply, SAMPLE_REPLIES } from "../support/channel-contract/sample-replies.ts";
import { SAMPLE_FILES } from "../support/channel-contract.ts";
import {
  callsThatMayPing,
  type DiscordPlace,
  deliverAtLast,
  failureOf,
  openDiscordPlace,
  outgoing,
} from "../support/discord-server/open-place.ts";
import { readShown } from "../support/discord-server/read-shown.ts";
import { waitUntil } from "../support/discord-server/wait.ts";

const BYTES = Buffer.from("关于支持科技创新的若干措施（虚构）");
const FILE = { name: "措施.txt", bytes: BYTES, type: "text/plain" };
const PLENTY = 1024 * 1024;

let at: DiscordPlace;

beforeEach(async () => {
  at = await openDiscordPlace({ maxFileBytes: 4_096 }, { openFile: async (fileId) => openSample(fileId) });
});

afterEach(async () => {
  expect(callsThatMayPing(at.server)).toEqual([]);
  await at.close();
});

function openSample(fileId: string) {
  if (fileId === "file-huge")
    return { name: "大.txt", mediaType: "text/plain", bytes: new Uint8Array(5_000) };
  return SAMPLE_FILES.get(fileId);
}

function firstOf({ attachments }: InboundMessage): InboundAttachment {
  const [first] = attachments ?? [];
  if (!first) throw new Error("no attachment");
  return first;
}

async function sent(files = [FILE]): Promise<{ message: InboundMessage; id: string }> {
  const said = at.hands.tell(at.asker.id, "请看附件", { files });
  return { message: await at.running.arrived(said.id), id: said.id };
}

async function fetched(
  message: InboundMessage,
  maxBytes = PLENTY,
  attachment = firstOf(message),
): Promise<string> {
  const { fetchAttachment } = at.running.channel;
  if (!fetchAttachment) throw new Error("no attachments");
  return Buffer.from(await fetchAttachment(message, attachment, maxBytes)).toString("utf8");
}

const fileCalls = () => at.server.calls.filter(({ route }) => route === "read-message").length;
const shown = () => at.server.sent.map((message) => readShown(message).text).join("\n");

describe("files that people send", () => {
  it("come with a message, with name, size and kind, and can be fetched", async () => {
    const picture = { name: "图.png", bytes: Buffer.from([137, 80, 78, 71]), type: "image/png" };
    const { message } = await sent([FILE, picture]);
    expect(message.attachments).toMatchObject([
      { kind: "file", name: "措施.txt", size: BYTES.length },
      { kind: "image", name: "图.png", size: 4 },
    ]);
    expect(await fetched(message)).toBe(BYTES.toString("utf8"));
    expect(fileCalls()).toBe(0);
  });

  it("come with a command", async () => {
    await waitUntil(() => at.server.commands.length > 0, "the commands");
    const used = at.hands.slash(at.asker.id, at.place, "ask", { question: "这份文件说了什么？", file: FILE });
    const message = await at.running.arrived(used.id);
    expect(firstOf(message)).toMatchObject({ name: "措施.txt", size: BYTES.length });
    expect(await fetched(message)).toBe(BYTES.toString("utf8"));
  });

  it("without words say what they are", async () => {
    const said = at.hands.tell(at.asker.id, "", { files: [FILE] });
    expect(await at.running.arrived(said.id)).toMatchObject({ text: "", unsupported: "文件" });
  });

  it("are fetched by a fresh address when the first one has run out", async () => {
    const { message } = await sent();
    at.server.advance(25 * 60 * 60_000);
    expect(await fetched(message)).toBe(BYTES.toString("utf8"));
    expect(fileCalls()).toBe(1);
  });

  it("that are gone are said to be gone", async () => {
    const { message, id } = await sent();
    at.server.advance(25 * 60 * 60_000);
    const stored = at.server.world.messages.get(id);
    if (stored) at.hands.remove(stored);
    const error = await failureOf(fetched(message));
    expect(error).toMatchObject({ code: "unusable-input", safeMessage: expect.stringMatching(/失效|删除/) });
  });

  it("that are larger than allowed are refused, whatever was said of their size", async () => {
    const { message } = await sent([{ ...FILE, bytes: Buffer.alloc(3_000, "大") }]);
    const lying = { ...firstOf(message), size: 10 };
    const error = await failureOf(fetched(message, 1_000, lying));
    expect(error).toMatchObject({ code: "unusable-input", safeMessage: expect.stringContaining("过大") });
  });

  it("are fetched from nowhere but the platform: another host is not even asked", async () => {
    let asked = 0;
    const other = createServer((_request, response) => {
      asked += 1;
      response.end("secret");
    });
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as AddressInfo;
    const { message } = await sent();
    const attachment = firstOf(message);
    const addresses = [
      `http://127.0.0.1:${port}/attachments/1/2/x.txt`,
      `http://localhost:${port}/x`,
      `http://cdn.discordapp.com@127.0.0.1:${port}/x`,
      "https://cdn.discordapp.com.example.cn/attachments/1/2/x.txt",
      "http://cdn.discordapp.com/attachments/1/2/x.txt",
      "file:///etc/hostname",
      "not an address",
    ];
    for (const url of addresses) {
      const reference = { ...(attachment.reference as object), url, messageId: undefined };
      const error = await failureOf(fetched(message, PLENTY, { ...attachment, reference }));
      expect(error, url).toMatchObject({ code: "unusable-input" });
    }
    expect(asked).toBe(0);
    other.closeAllConnections();
    await new Promise((resolve) => other.close(resolve));
  });

  it("survive a server that stumbles", async () => {
    const { message } = await sent();
    at.server.failNext("file", { status: 503, rawBody: "busy" });
    expect(await fetched(message)).toBe(BYTES.toString("utf8"));
  });
});

describe("files that the bot sends", () => {
  const file = SAMPLE_REPLIES.get("a file") ?? reply();
  const picture = SAMPLE_REPLIES.get("a picture") ?? reply();
  const huge: ReplyBlock = {
    type: "file",
    fileId: "file-huge",
    name: "大.txt",
    mediaType: "text/plain",
    bytes: 5_000,
  };

  it("are attached, with their bytes", async () => {
    const { message } = await at.ask();
    await at.running.channel.deliver(outgoing(message, file));
    const attached = at.server.sent.flatMap(({ attachments }) => attachments);
    expect(attached.map(({ filename }) => filename)).toEqual(["匹配报告.md"]);
    expect(Buffer.from(attached[0]?.bytes ?? []).toString("utf8")).toBe("# 报告（虚构）");
  });

  it("are attached once, though the answer was lost", async () => {
    const { message } = await at.ask();
    at.server.failNext("create-message", {}, { lost: true });
    await deliverAtLast(at.running, outgoing(message, file));
    expect(at.server.sent.flatMap(({ attachments }) => attachments)).toHaveLength(1);
  });

  it("too large for the platform are said not to come; the answer is there", async () => {
    const { message } = await at.ask();
    await deliverAtLast(at.running, outgoing(message, reply({ blocks: [huge] })));
    expect(at.server.sent.flatMap(({ attachments }) => attachments)).toEqual([]);
    expect(shown()).toMatch(/大\.txt/);
    expect(shown()).toMatch(/上限|过大/);
  });

  it("show pictures within the message, with their description", async () => {
    const { message } = await at.ask();
    await at.running.channel.deliver(outgoing(message, picture));
    const [first] = at.server.sent;
    expect(first?.attachments).toHaveLength(1);
    expect(JSON.stringify(first?.embeds)).toContain(`attachment://${first?.attachments[0]?.filename}`);
    expect(shown()).toContain("近十二个月各类诉求的件数");
  });

  it("become words where files may not be attached", async () => {
    const { message } = await at.ask();
    at.hands.deny(at.place, "attachFiles");
    await deliverAtLast(
      at.running,
      outgoing(message, reply({ blocks: [...picture.blocks, ...file.blocks] })),
    );
    expect(at.server.sent.flatMap(({ attachments }) => attachments)).toEqual([]);
    expect(shown()).toContain("近十二个月各类诉求的件数");
    expect(shown()).toContain("匹配报告.md");
  });

  it("of an enterprise go to the asker alone", async () => {
    await waitUntil(() => at.server.commands.length > 0, "the commands");
    const used = at.hands.slash(at.asker.id, at.place, "profile", { action: "export" });
    const message = await at.running.arrived(used.id);
    await deliverAtLast(at.running, outgoing(message, { ...file, confidential: true, visibility: "asker" }));
    const seen = at.hands.sees(at.onlooker.id, at.place).flatMap(({ attachments }) => attachments);
    expect(seen).toEqual([]);
    const own = at.hands.sees(at.asker.id, at.place).flatMap(({ attachments }) => attachments);
    expect(own.map(({ filename }) => filename)).toEqual(["匹配报告.md"]);
  });
});
