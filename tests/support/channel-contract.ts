import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Reply } from "../../src/conversation/index.ts";
import { AppError } from "../../src/shared/index.ts";
import type { ChannelWorld, ShownMessage } from "./channel-contract/channel-world.ts";
import { deliver, outgoingTo } from "./channel-contract/deliver-as-outbox.ts";
import { describeDialogue } from "./channel-contract/dialogue-suite.ts";
import { requiredWords } from "./channel-contract/required-words.ts";
import {
  answer,
  MARKUP,
  markupReply,
  quietReply,
  SAMPLE_REPLIES,
} from "./channel-contract/sample-replies.ts";

export {
  type ChannelWorld,
  type PlatformFault,
  type Question,
  SAMPLE_FILES,
  type ShownMessage,
} from "./channel-contract/channel-world.ts";

/**
 * What every channel keeps, whatever its platform: every kind of reply arrives whole, in order and within the limits; a
 * repeat under the same outbox id shows nothing twice; what may pass is told as retryable and what cannot pass as final.
 *
 * To add a channel, write a world (`ChannelWorld`, every member is described there) over the platform's local server and
 * the vendor's real client, and one test file:
 *
 *     describeChannelContract("discord", openDiscordWorld);
 *
 * - `ask` goes the whole way in: the server pushes a message of a person in a fresh chat, the world's `accept` keeps it
 *   (a known `messageKey` is a "duplicate"), and the question carries what the channel handed in.
 * - `shown` reads what the server took, not what the channel meant to send: walk through the platform's own form (card,
 *   embed, components), resolve escapes as its client would, and list folded parts and captions too. `mentions` and `links`
 *   are what the platform would carry out; they are how markup in names is seen to be dead.
 * - `fail` arms the server for the next call that sends. Leave it out where nothing is sent to a platform.
 * - `prepare` is for what the conversation does first (`fitReply`): a channel without forms gets none here either.
 * - Bytes of `SAMPLE_FILES` must be had by the channel's way to open files.
 *
 * Optional parts of the contract (`revise`, `openStream`, `withdraw`, reactions, `directTarget`) are tried where the
 * channel has them. A world is opened for each test and closed after it.
 */
export function describeChannelContract(name: string, openWorld: () => Promise<ChannelWorld>): void {
  describe(`the contract of channels: ${name}`, () => {
    let world: ChannelWorld;
    beforeEach(async () => {
      world = await openWorld();
    });
    afterEach(() => world.close());
    const current = () => world;
    describe("what arrives", () => describeReplies(current));
    describe("exactly once", () => describeRepeats(current));
    describe("faults", () => describeFaults(current));
    describe("dialogue", () => describeDialogue(current));
  });
}

function describeReplies(world: () => ChannelWorld): void {
  it.each([...SAMPLE_REPLIES])("%s: whole, in order, within the limits", async (_name, reply) => {
    const question = await world().ask("group");
    await deliver(world(), outgoingTo(question, reply));
    expectWhole(await world().shown(question), reply, world());
  });

  it("in a direct chat as in a group", async () => {
    const question = await world().ask("direct");
    await deliver(world(), outgoingTo(question, answer()));
    expectWhole(await world().shown(question), answer(), world());
  });

  it("markup in names and texts stays words: nobody is called, nothing runs", async () => {
    const question = await world().ask("group");
    const reply = markupReply();
    await deliver(world(), outgoingTo(question, reply));
    const shown = await world().shown(question);
    expect(shown.flatMap(({ mentions }) => mentions)).toEqual([]);
    for (const link of shown.flatMap(({ links }) => links)) expect(link).toMatch(/^https?:\/\//);
    const text = squeeze(shown.map((each) => each.text).join(""));
    for (const word of MARKUP) expect(text).toContain(squeeze(word));
  });

  it.each([
    ["what went to a person", {}],
    ["what went to nobody", { unsent: true }],
  ] as const)("a quiet reply is a mark or one line: %s", async (_name, overrides) => {
    const reply = quietReply(overrides);
    const question = await world().ask("group");
    await deliver(world(), outgoingTo(question, reply));
    const shown = await world().shown(question);
    expect(shown).toHaveLength(1);
    if (world().channel.capabilities.reactions) expect(shown[0]?.mark).toBe(true);
    else expect(shown[0]?.text).toContain(reply.headline);
  });

  it("marks of what went to a person and what did not differ", async () => {
    const texts = [];
    for (const overrides of [{}, { unsent: true, headline: "没有转出。" }] as const) {
      const question = await world().ask("group");
      await deliver(world(), outgoingTo(question, quietReply(overrides)));
      texts.push((await world().shown(question)).map(({ text }) => text).join());
    }
    expect(texts[0]).not.toBe(texts[1]);
  });
}

function describeRepeats(world: () => ChannelWorld): void {
  const long = SAMPLE_REPLIES.get("an answer of many long citations") ?? answer();

  it.each([
    ["a short answer", answer()],
    ["an answer of several messages", long],
    ["a reply with a file", SAMPLE_REPLIES.get("a file") ?? answer()],
    ["a mark", quietReply()],
  ])("%s under the same outbox id", async (_name, reply) => {
    const question = await world().ask("group");
    const outgoing = outgoingTo(question, reply);
    await deliver(world(), outgoing);
    const before = await world().shown(question);
    await deliver(world(), outgoing);
    await world().restart();
    await deliver(world(), outgoing);
    expect((await world().shown(question)).map(textOf)).toEqual(before.map(textOf));
  });

  it("a message that the platform brings again, also after a restart", async () => {
    const question = await world().ask("group");
    const keys = () =>
      world()
        .accepted()
        .map(({ messageKey }) => messageKey);
    await world().repeat(question);
    await world().restart();
    await world().repeat(question);
    expect(keys()).toEqual([question.messageKey]);
  });
}

function describeFaults(world: () => ChannelWorld): void {
  it.each(["busy", "broken", "lost", "cut"] as const)(
    "%s: told as retryable or sat out; shown once",
    async (fault) => {
      const { fail } = world();
      if (!fail) return;
      for (const reply of [answer(), SAMPLE_REPLIES.get("an answer of many long citations") ?? answer()]) {
        const question = await world().ask("group");
        for (let count = 0; count < 6; count += 1) fail(fault);
        await deliver(world(), outgoingTo(question, reply));
        const shown = await world().shown(question);
        expectWhole(shown, reply, world());
        expect(new Set(shown.map(textOf)).size).toBe(shown.length);
      }
    },
  );

  it("a chat that is gone is final, and said so in Chinese", async () => {
    const { closeChat } = world();
    if (!closeChat) return;
    const question = await world().ask("group");
    closeChat(question);
    const error = await failureOf(world().channel.deliver(outgoingTo(question, answer())));
    expect(error).toMatchObject({ retryable: false, safeMessage: expect.stringMatching(/[一-龥]/) });
    expect(await world().shown(question)).toEqual([]);
  });

  it.each([[undefined], [null], [{}], [{ nonsense: 1 }], ["text"]])(
    "a target that is not the channel's own (%j) is final",
    async (replyTarget) => {
      const question = await world().ask("group");
      const outgoing = { ...outgoingTo(question, answer()), replyTarget };
      expect((await failureOf(world().channel.deliver(outgoing))).retryable).toBe(false);
    },
  );
}

async function failureOf(work: Promise<unknown>): Promise<AppError> {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown, "a failure is an AppError").toBeInstanceOf(AppError);
  return thrown as AppError;
}

function expectWhole(shown: readonly ShownMessage[], reply: Reply, { channel }: ChannelWorld): void {
  const { maxMessageSize = Number.POSITIVE_INFINITY } = channel.capabilities;
  for (const { bytes, maxBytes } of shown)
    expect(bytes).toBeLessThanOrEqual(Math.min(maxBytes, maxMessageSize));
  const text = squeeze(shown.map(textOf).join(""));
  const { inOrder, anywhere } = requiredWords(reply, channel.capabilities);
  let position = 0;
  for (const word of inOrder) {
    const found = text.indexOf(squeeze(word), position);
    expect(found, `lost or out of order: ${word.slice(0, 80)}`).toBeGreaterThanOrEqual(0);
    position = found;
  }
  for (const word of anywhere) expect(text, "lost").toContain(squeeze(word));
  for (const { mentions } of shown) expect(mentions).toEqual([]);
}

const textOf = ({ text }: ShownMessage) => text;

/** Platforms break lines and add blanks as they like. */
function squeeze(text: string): string {
  return text.replace(/\s+/g, "");
}
