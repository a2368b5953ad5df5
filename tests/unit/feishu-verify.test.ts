import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createNonceMemory } from "../../src/channels/feishu/nonce-memory.ts";
import {
  decryptBody,
  REPLAY_WINDOW_MS,
  signRequest,
  type Trust,
  verifyFeishuRequest,
} from "../../src/channels/feishu/verify.ts";
import { encrypt, sign } from "../support/feishu-server/index.ts";

const NOW = new Date("2026-03-02T01:00:00Z");
const TRUST: Trust = { appId: "cli_0123456789abcdef", encryptKey: "key", verificationToken: "token" };
const EVENT = { schema: "2.0", header: { token: "token", app_id: TRUST.appId }, event: { text: "问题" } };

const nonces = () => createNonceMemory(2 * REPLAY_WINDOW_MS);

function signed(body: object, timestampMs: number, nonce = "n") {
  const raw = JSON.stringify({ encrypt: encrypt(JSON.stringify(body), "key") });
  const timestamp = String(Math.floor(timestampMs / 1_000));
  return {
    headers: {
      "x-lark-request-timestamp": timestamp,
      "x-lark-request-nonce": nonce,
      "x-lark-signature": sign(timestamp, nonce, "key", raw),
    },
    rawBody: Buffer.from(raw),
  };
}

describe("decryptBody", () => {
  it("opens the platform's own test vector", () => {
    expect(decryptBody("P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=", "test key")).toBe("hello world");
  });

  it("never throws, whatever comes", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String()), (text) => {
        const opened = decryptBody(text, "test key");
        expect(opened === undefined || typeof opened === "string").toBe(true);
      }),
    );
  });
});

describe("signRequest", () => {
  it("is over the raw bytes, also where they are no text", () => {
    const bytes = Buffer.from([0xff, 0x00, 0xe5]);
    const other = Buffer.from([0xfe, 0x00, 0xe5]);
    expect(signRequest("1", "n", "key", bytes)).not.toBe(signRequest("1", "n", "key", other));
  });
});

describe("verifyFeishuRequest", () => {
  it("trusts a signed, encrypted, timely request and shows what was inside", () => {
    const verdict = verifyFeishuRequest(signed(EVENT, NOW.getTime()), TRUST, NOW, nonces());
    expect(verdict).toMatchObject({ outcome: "trusted", envelope: EVENT });
  });

  it.each([
    [-REPLAY_WINDOW_MS, "trusted"],
    [-REPLAY_WINDOW_MS - 1_000, "refused"],
    [REPLAY_WINDOW_MS, "trusted"],
    [REPLAY_WINDOW_MS + 1_000, "refused"],
  ])("with a time %i ms away: %s", (offset, outcome) => {
    const request = signed(EVENT, NOW.getTime() + offset);
    expect(verifyFeishuRequest(request, TRUST, NOW, nonces()).outcome).toBe(outcome);
  });

  it("refuses times that are no number of seconds", () => {
    const raw = JSON.stringify({ encrypt: encrypt(JSON.stringify(EVENT), "key") });
    for (const timestamp of ["", "now", "1e9", "-5", `${NOW.getTime() / 1_000}.5`, "99999999999999999"]) {
      const headers = {
        "x-lark-request-timestamp": timestamp,
        "x-lark-request-nonce": "n",
        "x-lark-signature": sign(timestamp, "n", "key", raw),
      };
      const verdict = verifyFeishuRequest({ headers, rawBody: Buffer.from(raw) }, TRUST, NOW, nonces());
      expect(verdict).toMatchObject({ outcome: "refused", status: 401 });
    }
  });

  it("refuses headers that came twice", () => {
    const request = signed(EVENT, NOW.getTime());
    const signature = request.headers["x-lark-signature"];
    const headers = { ...request.headers, "x-lark-signature": [signature, signature] };
    expect(verifyFeishuRequest({ ...request, headers }, TRUST, NOW, nonces()).outcome).toBe("refused");
  });

  it("refuses everything when nothing is configured to check it with", () => {
    const verdict = verifyFeishuRequest(
      { headers: {}, rawBody: Buffer.from(JSON.stringify({ ...EVENT, header: {} })) },
      { appId: TRUST.appId },
      NOW,
      nonces(),
    );
    expect(verdict).toMatchObject({ outcome: "refused", status: 403 });
  });

  it("reads the token of old events too", () => {
    const old = { type: "event_callback", token: "token", event: { type: "p2p_chat_create" } };
    const trust = { appId: TRUST.appId, verificationToken: "token" };
    const ask = (body: object) =>
      verifyFeishuRequest({ headers: {}, rawBody: Buffer.from(JSON.stringify(body)) }, trust, NOW, nonces());
    expect(ask(old).outcome).toBe("trusted");
    expect(ask({ ...old, token: "tokem" }).outcome).toBe("refused");
    expect(ask({ ...old, token: undefined }).outcome).toBe("refused");
  });

  it("trusts no request that was changed in any byte", () => {
    const request = signed(EVENT, NOW.getTime());
    fc.assert(
      fc.property(
        fc.nat(request.rawBody.length - 1),
        fc.integer({ min: 1, max: 255 }),
        (position, difference) => {
          const rawBody = Buffer.from(request.rawBody);
          rawBody[position] = (rawBody[position] ?? 0) ^ difference;
          expect(verifyFeishuRequest({ ...request, rawBody }, TRUST, NOW, nonces()).outcome).toBe("refused");
        },
      ),
    );
  });

  it("never throws and never trusts arbitrary requests", () => {
    const header = fc.option(fc.string(), { nil: undefined });
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.record({
          "x-lark-request-timestamp": header,
          "x-lark-request-nonce": header,
          "x-lark-signature": header,
        }),
        fc.constantFrom(TRUST, { appId: "a", verificationToken: "token" }, { appId: "a" }),
        (bytes, headers, trust) => {
          const verdict = verifyFeishuRequest({ headers, rawBody: Buffer.from(bytes) }, trust, NOW, nonces());
          expect(verdict.outcome).toBe("refused");
        },
      ),
    );
  });
});

describe("the memory of nonces", () => {
  it("remembers for its time, forgets on request, and does not grow", () => {
    const memory = createNonceMemory(1_000);
    const at = (milliseconds: number) => new Date(NOW.getTime() + milliseconds);
    expect(memory.remember("a", at(0))).toBe(true);
    expect(memory.remember("a", at(999))).toBe(false);
    memory.forget("a");
    expect(memory.remember("a", at(999))).toBe(true);
    for (let index = 0; index < 50; index += 1) memory.remember(`n${index}`, at(1_000 + index));
    expect(memory.remember("a", at(5_000))).toBe(true);
    expect(memory.size).toBe(1);
  });
});
