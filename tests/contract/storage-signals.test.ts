import { expect, it } from "vitest";
import type { ChannelSignal } from "../../src/conversation/index.ts";
import { takeSignals } from "../../src/take-signals.ts";
import { describeOnEveryDatabase } from "../support/storage-places.ts";
import { second } from "../support/storage-samples.ts";

const left = (chatId: string): ChannelSignal => ({
  kind: "removed-from-chat",
  channel: "feishu",
  chatId,
  at: second(1).toISOString(),
});

describeOnEveryDatabase("signals that wait", (place) => {
  it("are handed over in order, and forgotten when they are dealt with", async () => {
    const { signals } = await place.open();
    for (const chat of ["a", "b", "c"]) await signals.add(left(chat), second(1));
    const seen: ChannelSignal[] = [];
    await takeSignals(signals, async (signal) => void seen.push(signal));
    expect(seen).toEqual(["a", "b", "c"].map(left));
    expect(await signals.list(10)).toEqual([]);
  });

  it("stay, with those behind them, while one cannot be dealt with", async () => {
    const { signals } = await place.open();
    for (const chat of ["a", "b", "c"]) await signals.add(left(chat), second(1));
    const failing = takeSignals(signals, async (signal) => {
      if ("chatId" in signal && signal.chatId === "b") throw new Error("the database is busy");
    });
    await expect(failing).rejects.toThrow("busy");
    expect((await signals.list(10)).map(({ signal }) => signal)).toEqual([left("b"), left("c")]);
  });
});
