import { expect, it } from "vitest";
import type { ChannelSignal } from "../../src/conversation/index.ts";
import { openStorage } from "../../src/storage/index.ts";
import { takeSignals } from "../../src/take-signals.ts";
import { describeOnEveryDatabase } from "../support/storage-places.ts";
import { second } from "../support/storage-samples.ts";

const left = (chatId: string): ChannelSignal => ({
  kind: "removed-from-chat",
  channel: "feishu",
  chatId,
  at: second(1).toISOString(),
});

it("are taken in beside the one that works on PostgreSQL only", async () => {
  const sqlite = openStorage({ dataDirectory: "nowhere", mode: "receive" });
  await expect(sqlite).rejects.toMatchObject({ code: "configuration" });
});

describeOnEveryDatabase("signals that wait", (place) => {
  it("are handed over in order, and forgotten when they are dealt with", async () => {
    const { signals } = await place.open();
    for (const chat of ["a", "b", "c"]) await signals.add(left(chat), second(1));
    const seen: ChannelSignal[] = [];
    await takeSignals(signals, async (signal) => void seen.push(signal), second(2));
    expect(seen).toEqual(["a", "b", "c"].map(left));
    expect(await signals.list(10)).toEqual([]);
  });

  it("stay while they cannot be dealt with, a week at most, and hold up no others", async () => {
    const { signals } = await place.open();
    for (const chat of ["a", "b", "c"]) await signals.add(left(chat), second(1));
    const seen: string[] = [];
    const onSignal = async (signal: ChannelSignal) => {
      const chat = "chatId" in signal ? signal.chatId : "";
      if (chat === "b") throw new Error("the database is busy");
      seen.push(chat);
    };
    await expect(takeSignals(signals, onSignal, second(2))).rejects.toThrow("busy");
    expect(seen).toEqual(["a", "c"]);
    expect((await signals.list(10)).map(({ signal }) => signal)).toEqual([left("b")]);
    const weekLater = new Date(second(1).getTime() + 7 * 24 * 60 * 60 * 1000);
    await expect(takeSignals(signals, onSignal, weekLater)).rejects.toThrow("busy");
    expect(await signals.list(10)).toEqual([]);
  });
});
