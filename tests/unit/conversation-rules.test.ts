import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DELIVERY_BACK_OFF, delayAfter, readRetryAfterMs } from "../../src/conversation/back-off.ts";
import { chooseSkill, MAX_QUESTION_LENGTH } from "../../src/conversation/choose-skill.ts";
import { detectLanguage } from "../../src/conversation/detect-language.ts";
import { createRateLimiter, renderAnswer, toSessionKey } from "../../src/conversation/index.ts";
import { createManualClock } from "../../src/shared/index.ts";
import { makeAnswer } from "../support/test-answerer.ts";

describe("the skill of a message", () => {
  it.each([
    ["帮助", "help"],
    ["  /help ", "help"],
    ["？", "help"],
    ["？？？", "question"],
    ["你能做什么？", "help"],
    ["你是谁", "introduce"],
    ["请问你是谁？", "introduce"],
    ["Who are you?", "introduce"],
    ["重置。", "reset"],
    ["RESET", "reset"],
    ["   ", "empty"],
    ["帮助企业融资的措施有哪些", "question"],
    ["constructor", "question"],
    ["重置贷款期限可以吗", "question"],
  ])("%s → %s", (text, skill) => {
    expect(chooseSkill({ text })).toBe(skill);
  });

  it("is too long only beyond the limit", () => {
    expect(chooseSkill({ text: "问".repeat(MAX_QUESTION_LENGTH) })).toBe("question");
    expect(chooseSkill({ text: "问".repeat(MAX_QUESTION_LENGTH + 1) })).toBe("too-long");
  });

  it("is unsupported before anything else", () => {
    expect(chooseSkill({ text: "帮助", unsupported: "image" })).toBe("unsupported");
  });
});

describe("the language of a text", () => {
  it.each([
    ["人才政策有哪些", "zh"],
    ["AI 产业有什么支持", "zh"],
    ["What support is there for AI?", "en"],
    ["", "zh"],
    ["🙂🙂", "zh"],
    ["2026?", "zh"],
  ])("%s → %s", (text, language) => {
    expect(detectLanguage(text)).toBe(language);
  });
});

describe("the session of a message", () => {
  it("differs by channel, chat, user and thread, whatever characters the ids hold", () => {
    const id = fc.string();
    const message = fc.record({ channel: id, chatId: id, userId: id, threadId: id });
    fc.assert(
      fc.property(message, message, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other);
        expect(toSessionKey(one) === toSessionKey(other)).toBe(same);
      }),
    );
  });
});

describe("the rate limit", () => {
  it("allows a burst, gives one notice, then falls silent until there is room again", () => {
    const clock = createManualClock(new Date("2026-11-22T02:00:00Z"));
    const limiter = createRateLimiter(clock.now, { burst: 3, perMinute: 3 });
    const send = () => {
      const verdict = limiter.check("user");
      if (verdict !== "ignore") limiter.count("user");
      return verdict;
    };
    expect([send(), send(), send(), send(), send()]).toEqual([
      "allowed",
      "allowed",
      "allowed",
      "notify",
      "ignore",
    ]);
    expect(limiter.check("colleague")).toBe("allowed");
    clock.advance(30_000);
    expect(send()).toBe("ignore");
    clock.advance(30_000);
    expect(send()).toBe("allowed");
  });
});

describe("waiting between deliveries", () => {
  it("doubles, is bounded, and stays within the hour for which platforms remember a key", () => {
    const waits = Array.from({ length: DELIVERY_BACK_OFF.maxAttempts - 1 }, (_, index) =>
      delayAfter(index + 1, DELIVERY_BACK_OFF, () => 0.999_999, undefined),
    );
    expect(waits[1]).toBe(4_000);
    expect(Math.max(...waits)).toBe(DELIVERY_BACK_OFF.maxDelayMs);
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThan(3_600_000);
  });

  it("spreads over the upper half and is never shorter than the platform asks", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempt, r) => {
          const full = Math.min(
            DELIVERY_BACK_OFF.maxDelayMs,
            DELIVERY_BACK_OFF.firstDelayMs * 2 ** (attempt - 1),
          );
          const wait = delayAfter(attempt, DELIVERY_BACK_OFF, () => r, undefined);
          expect(wait).toBeGreaterThanOrEqual(Math.floor(full / 2));
          expect(wait).toBeLessThanOrEqual(full);
          expect(delayAfter(attempt, DELIVERY_BACK_OFF, () => r, 5_000_000)).toBe(5_000_000);
        },
      ),
    );
  });

  it("reads the vendor's wish only when it is a sound number", () => {
    expect(readRetryAfterMs(Object.assign(new Error("busy"), { retryAfterMs: 700 }))).toBe(700);
    for (const wrong of [
      undefined,
      null,
      "700",
      { retryAfterMs: "700" },
      { retryAfterMs: -1 },
      new Error("x"),
    ]) {
      expect(readRetryAfterMs(wrong)).toBeUndefined();
    }
  });
});

describe("rendering an answer", () => {
  const request = { question: "金融支持有哪些？" };

  it("puts the conclusion first, then citations, what is not stated, notices, next step", () => {
    const reply = renderAnswer(makeAnswer("方案提出加大科技金融支持力度。", request), (cited) => {
      return `https://example.test/documents/${cited.documentId}#${cited.start}-${cited.end}`;
    });
    expect(reply.headline).toBe("方案提出加大科技金融支持力度。");
    expect(reply.blocks.map((block) => block.type)).toEqual(["citation", "list", "notice", "paragraph"]);
    expect(reply.blocks[0]).toMatchObject({ index: 1, url: "https://example.test/documents/plan#10-21" });
    expect(reply.blocks[0]).toMatchObject({
      section: "三（六）第2段",
      heading: ["三、重点行动", "（六）金融赋能强化行动"],
    });
    expect(reply.plainText).toBe("方案提出加大科技金融支持力度。\n依据：…\n文件未载明：金额、申报时间");
  });

  it("labels what a model phrased, and leaves out what is empty", () => {
    const bare = {
      ...makeAnswer("You are welcome.", request),
      language: "en" as const,
      engine: "model" as const,
    };
    const reply = renderAnswer({ ...bare, citations: [], notStated: [], notices: [], nextStep: "" });
    expect(reply.blocks).toEqual([]);
    expect(reply.generatedByAi).toBe(true);
  });
});
