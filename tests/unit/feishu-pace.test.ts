import { describe, expect, it } from "vitest";
import { FeishuCallError } from "../../src/channels/feishu/failures.ts";
import { createPace, type Pace } from "../../src/channels/feishu/pace.ts";
import { DEFAULT_TUNING, type FeishuTuning } from "../../src/channels/feishu/settings.ts";
import { createTokenBucket } from "../../src/channels/feishu/token-bucket.ts";
import { createLogger } from "../../src/shared/index.ts";

const GROUP = "oc_group";
const OTHER = "oc_other";
const send = { kind: "send", lane: GROUP } as const;
const failure = (code: number, more: { resetSeconds?: number; httpStatus?: number } = {}) =>
  new FeishuCallError({ origin: "answer", detail: "limit", code, ...more }).failure;

function start(tuning: Partial<FeishuTuning> = {}, random = 0): { pace: Pace; pass: (ms: number) => void } {
  let now = 1_800_000_000_000;
  const pace = createPace({
    settings: { appId: "", appSecret: "", domain: "", transport: "ws" },
    tuning: { ...DEFAULT_TUNING, maxPaceWaitMs: 0, ...tuning },
    clock: () => new Date(now),
    logger: createLogger("error", { write: () => true }),
    random: () => random,
  });
  return {
    pace,
    pass: (ms) => {
      now += ms;
    },
  };
}

describe("a token bucket", () => {
  it("gives its fill at once and then as it is refilled, never beyond its size", () => {
    const bucket = createTokenBucket(2, 4);
    expect([bucket.take(0), bucket.take(0), bucket.take(0), bucket.take(0)]).toEqual([0, 0, 250, 500]);
    expect(bucket.waitFor(1_000, 0)).toBe(0);
    expect(bucket.share(60_000)).toBe(1);
    // A clock that was set back takes nothing away.
    expect(bucket.share(0)).toBe(1);
  });
});

describe("the pace", () => {
  it("lets five messages a second go to one chat, and does not hold others for it", async () => {
    const { pace, pass } = start();
    for (let count = 0; count < 5; count += 1) {
      expect(pace.delayOf(GROUP, 0)).toBe(0);
      await pace.admit(send, false);
    }
    expect(pace.delayOf(GROUP, 0)).toBe(200);
    expect(pace.delayOf(OTHER, 0)).toBe(0);
    pass(200);
    expect(pace.delayOf(GROUP, 0)).toBe(0);
  });

  it("asks without counting", () => {
    const { pace } = start();
    for (let count = 0; count < 100; count += 1) expect(pace.delayOf(GROUP, 0)).toBe(0);
  });

  it("keeps room for answers before pushes", async () => {
    const { pace } = start({ appPerSecond: 10 });
    for (let count = 0; count < 6; count += 1) await pace.admit({ kind: "send", lane: `oc_${count}` }, false);
    expect(pace.delayOf(OTHER, 0)).toBe(0);
    expect(pace.delayOf(OTHER, 1)).toBe(0);
    expect(pace.delayOf(OTHER, 2)).toBe(100);
  });

  it("holds to the platform's thousand a minute", async () => {
    const { pace, pass } = start({ appPerMinute: 60, appPerSecond: 1_000 });
    for (let count = 0; count < 60; count += 1) await pace.admit({ kind: "send" }, false);
    expect(pace.delayOf(OTHER, 0)).toBe(1_000);
    pass(1_000);
    expect(pace.delayOf(OTHER, 0)).toBe(0);
  });

  it("pauses one chat when that has had too many, for the time that is named", () => {
    const { pace, pass } = start();
    pace.noteFailure(send, failure(230020, { resetSeconds: 3 }));
    expect(pace.delayOf(GROUP, 0)).toBe(3_000);
    expect(pace.delayOf(OTHER, 0)).toBe(0);
    pass(3_000);
    expect(pace.delayOf(GROUP, 0)).toBe(0);
  });

  it.each([
    ["99991400", failure(99991400, { resetSeconds: 2 })],
    ["429", failure(0, { httpStatus: 429, resetSeconds: 2 })],
  ])("pauses all messages when the app has sent too many: %s", (_name, limit) => {
    const { pace } = start();
    pace.noteFailure(send, limit);
    expect(pace.delayOf(OTHER, 0)).toBe(2_000);
    expect(pace.hasSpare("send")).toBe(false);
    // Other interfaces have their own limit.
    expect(pace.hasSpare("card")).toBe(true);
  });

  it("doubles the pause where no time is named, and starts anew when it works again", () => {
    const { pace, pass } = start();
    const pauses = [1, 2, 3].map(() => {
      pace.noteFailure(send, failure(99991400));
      return pace.delayOf(OTHER, 0);
    });
    expect(pauses).toEqual([1_000, 2_000, 4_000]);
    pass(4_000);
    pace.noteSuccess(send, false);
    pace.noteFailure(send, failure(99991400));
    expect(pace.delayOf(OTHER, 0)).toBe(1_000);
  });

  it("does not bring all replicas back at the same moment", () => {
    const [early, late] = [start({}, 0), start({}, 0.9)].map(({ pace }) => {
      pace.noteFailure(send, failure(99991400, { resetSeconds: 4 }));
      return pace.delayOf(OTHER, 0);
    });
    expect(early).toBe(4_000);
    expect(late).toBe(4_900);
  });

  it("gives a call back that would have to wait long, with the time", async () => {
    const { pace } = start();
    pace.noteFailure(send, failure(99991400, { resetSeconds: 30 }));
    await expect(pace.admit(send, false)).rejects.toMatchObject({
      failure: { code: 99991400, resetSeconds: 30 },
    });
    // The call that was refused waits by itself and tries again.
    await pace.admit(send, true);
  });

  it("is not held up by failures of other kinds", () => {
    const { pace } = start();
    pace.noteFailure(send, failure(230002));
    expect(pace.delayOf(GROUP, 0)).toBe(0);
  });
});
