import { expect, it } from "vitest";
import type { Channel, Reply } from "../../../src/conversation/index.ts";
import type { ChannelWorld } from "./channel-world.ts";
import { deliver, outgoingTo } from "./deliver-as-outbox.ts";
import { answer, reply, workCard } from "./sample-replies.ts";

/** What only some channels can: they are asked by their own members and capabilities. */
export function describeDialogue(world: () => ChannelWorld): void {
  const texts = async (question: Parameters<ChannelWorld["shown"]>[0]) =>
    (await world().shown(question)).map(({ text }) => text);

  it("a delivered card changes in its place, and a repeat changes nothing", async () => {
    const { channel } = world();
    if (!channel.revise) return;
    const question = await world().ask("group");
    const prepare = (said: Reply) => world().prepare?.(said) ?? said;
    const { receipt } = await channel.deliver(outgoingTo(question, prepare(workCard("待认领"))));
    const revised = outgoingTo(question, prepare(workCard("处理中")));
    const { receipt: second } = await channel.revise(receipt, revised);
    expect((await channel.revise(second, revised)).receipt).toBe(second);
    const shown = await texts(question);
    expect(shown).toHaveLength(1);
    expect(shown[0]).toContain("处理中");
    expect(shown[0]).not.toContain("待认领");
  });

  it("a reply fills while it is made, in one message, and ends as the finished one", async () => {
    const { channel } = world();
    if (!channel.openStream || channel.capabilities.streams === false) return;
    const question = await world().ask("group");
    const start = { ...question, reply: reply({ headline: "正在查阅文件……" }) };
    const stream = await channel.openStream(start);
    if (!stream) return;
    const again = await channel.openStream(start);
    expect(again?.resume).toEqual(stream.resume);
    for (const headline of ["创新券", "创新券用于", "创新券用于购买研发服务。"])
      stream.show(reply({ headline }));
    await stream.settle();
    const outgoing = { ...outgoingTo(question, answer()), stream: stream.resume };
    await deliver(world(), outgoing);
    await deliver(world(), outgoing);
    const shown = await texts(question);
    expect(shown).toHaveLength(1);
    expect(shown[0]).toContain("第六条 创新券用于购买研发服务，不得转让、买卖。");
    expect(shown[0]).not.toContain("正在查阅文件");
  });

  it("a stream that its process left is finished by the next one", async () => {
    const { channel } = world();
    if (!channel.openStream || channel.capabilities.streams === false) return;
    const question = await world().ask("group");
    const stream = await channel.openStream({ ...question, reply: reply({ headline: "正在查阅文件……" }) });
    if (!stream) return;
    await world().restart();
    const resume: unknown = JSON.parse(JSON.stringify(stream.resume));
    await deliver(world(), { ...outgoingTo(question, answer()), stream: resume });
    const shown = await texts(question);
    expect(shown).toHaveLength(1);
    expect(shown[0]).not.toContain("正在查阅文件");
  });

  it("a delivered message is taken back, also when it is gone already", async () => {
    const { channel } = world();
    if (!channel.withdraw) return;
    const question = await world().ask("group");
    const { receipt } = await channel.deliver(outgoingTo(question, answer()));
    await channel.withdraw(receipt, question.replyTarget);
    expect(await texts(question)).toEqual([]);
    await channel.withdraw(receipt, question.replyTarget);
  });

  it("what is said in a chat falls under a lane of its own, and lanes are the same after a restart", async () => {
    const { channel } = world();
    if (!channel.laneOf) return;
    const [one, other] = [await world().ask("group"), await world().ask("group")];
    const lanes = [one, other].map(({ replyTarget }) => channel.laneOf?.(replyTarget));
    expect(new Set(lanes).size).toBe(2);
    await world().restart();
    expect(world().channel.laneOf?.(one.replyTarget)).toBe(lanes[0]);
    expect(world().channel.delayOf?.(one.replyTarget, 0) ?? 0).toBeGreaterThanOrEqual(0);
  });

  it("says in Chinese how it is, and stops for good", async () => {
    expect(world().channel.status()).toMatchObject({
      healthy: true,
      detail: expect.stringMatching(/[一-龥]/),
    });
    const { channel } = world();
    await withinGrace(channel);
    await withinGrace(channel);
    expect(channel.status().healthy).toBe(false);
  });
}

const GRACE_MS = 5_000;

async function withinGrace(channel: Channel): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("the channel does not stop")), GRACE_MS);
  });
  await Promise.race([channel.stop(), late]).finally(() => clearTimeout(timer));
}
