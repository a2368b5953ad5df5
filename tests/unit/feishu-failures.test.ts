import { describe, expect, it } from "vitest";
import { createBackOff } from "../../src/channels/feishu/back-off.ts";
import { classifyFailure, FeishuCallError, toChannelError } from "../../src/channels/feishu/failures.ts";
import { createRedactor, createSdkLogger } from "../../src/channels/feishu/sdk.ts";
import { createLogger } from "../../src/shared/index.ts";

const SETTINGS = {
  appId: "cli_0123456789abcdef",
  appSecret: "s3cret",
  encryptKey: "enc-key",
  domain: "https://open.feishu.cn",
  transport: "ws",
} as const;

const answer = (code: number, httpStatus = 400) =>
  ({ origin: "answer", detail: "refused", code, httpStatus }) as const;

describe("classifyFailure", () => {
  it.each([
    [99991400, "wait-and-retry"],
    [230020, "wait-and-retry"],
    [230049, "wait-and-retry"],
    [99991663, "refresh-token"],
    [230099, "send-as-text"],
    [230025, "send-as-text"],
    [230011, "send-fresh"],
    [230110, "send-fresh"],
    [230071, "send-outside-thread"],
    [230031, "send-anew"],
    [231015, "wait-and-retry"],
    [10014, "wait-for-operator"],
    [230002, "give-up"],
    [230013, "give-up"],
    [230029, "give-up"],
    [231002, "give-up"],
    [99991403, "give-up"],
    [99991672, "give-up"],
    [99992402, "give-up"],
  ])("%i → %s", (code, remedy) => {
    expect(classifyFailure(answer(code)).remedy).toBe(remedy);
  });

  it("judges unknown codes by the HTTP status, and a missing answer as passing", () => {
    expect(classifyFailure(answer(1, 503)).remedy).toBe("wait-and-retry");
    expect(classifyFailure(answer(1, 429)).remedy).toBe("wait-and-retry");
    expect(classifyFailure(answer(1, 400)).remedy).toBe("give-up");
    expect(classifyFailure({ origin: "network", detail: "ECONNRESET", code: 0 }).remedy).toBe(
      "wait-and-retry",
    );
  });
});

describe("toChannelError", () => {
  it("wraps a vendor failure once, with what the log and the person need", () => {
    const failure = { ...answer(99991400, 429), resetSeconds: 1.2, logId: "log-9" };
    const error = toChannelError(new FeishuCallError(failure), "deliver x");
    expect(error).toMatchObject({
      code: "channel",
      message: "deliver x: refused, http 429, code 99991400, log id log-9",
      retryable: true,
      retryAfterMs: 1_200,
    });
    expect(toChannelError(error, "again")).toBe(error);
  });

  it("does not try again what is broken in our own code", () => {
    expect(toChannelError(new TypeError("x is undefined"), "deliver").retryable).toBe(false);
  });
});

describe("what the SDK may log", () => {
  it("has no secrets, tokens, tickets or objects in it", () => {
    const lines: string[] = [];
    const logger = createSdkLogger(
      createLogger("debug", { write: (line: string) => lines.push(line) }),
      createRedactor(SETTINGS),
    );
    logger.error([
      "[ws]",
      "wss://msg.feishu.cn/ws/v2?device_id=7&access_key=abc&service_id=3&ticket=t1cket failed for s3cret",
      { config: { data: '{"app_secret":"s3cret"}' } },
      new Error("Bearer t-g1234567890abcdef and u-abcdef123456, enc-key"),
    ]);
    logger.warn(["connect wss://host/ws ticket=t1cket"]);
    logger.info(["s3cret"]);
    logger.debug(["a user's text"]);
    const log = lines.join("");
    expect(log).toContain("[ws] wss://[address] failed for [redacted]");
    for (const secret of ["s3cret", "t1cket", "abc&", "t-g1234", "u-abcdef", "enc-key", "user's text"]) {
      expect(log).not.toContain(secret);
    }
  });
});

describe("createBackOff", () => {
  it("doubles up to its limit, spread over the upper half, and starts anew after a success", () => {
    const longest = createBackOff(1_000, 8_000, () => 0.999999);
    expect([1, 2, 3, 4, 5].map(() => longest.next())).toEqual([1_000, 2_000, 4_000, 8_000, 8_000]);
    const shortest = createBackOff(1_000, 8_000, () => 0);
    expect([shortest.next(), shortest.next()]).toEqual([500, 1_000]);
    shortest.reset();
    expect(shortest.next()).toBe(500);
  });
});
