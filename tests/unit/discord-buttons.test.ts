import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Carried, createButtonSigner } from "../../src/channels/discord/custom-id.ts";

const signer = createButtonSigner("not-a-token");
const HERE = { kind: "channel", channelId: "300000000000000003" } as const;
const PERSON = { kind: "person", userId: "200000000000000002" } as const;
const UUID = "0b5f7a52-9a0c-4f2e-8b0e-3f1f0c9a7d11";

describe("what a button carries", () => {
  it("comes back as it went, whatever is in it, or is told to be too long", () => {
    const values = fc.dictionary(fc.string({ maxLength: 8 }), fc.string({ maxLength: 20 }), { maxKeys: 3 });
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 20 }),
        values,
        fc.boolean(),
        (name, given, confirm) => {
          const carried: Carried = { do: "act", confirm, name, values: { ...given } };
          const written = signer.write(carried, HERE);
          if (written === undefined) return;
          expect(written.length).toBeLessThanOrEqual(100);
          expect(signer.read(written, [PERSON, HERE])).toEqual({ carried, scope: HERE });
        },
      ),
    );
  });

  it("holds two ids beside an action", () => {
    const carried: Carried = {
      do: "act",
      confirm: false,
      name: "ticket.add-to",
      values: { ticket: UUID, request: UUID },
    };
    expect(signer.write(carried, HERE)).toBeDefined();
  });

  it("works in its own place only", () => {
    const written = signer.write({ do: "act", confirm: false, name: "kb.list", values: {} }, HERE) ?? "";
    expect(
      signer.read(written, [PERSON, { kind: "channel", channelId: "300000000000000004" }]),
    ).toBeUndefined();
    // A person's id is no channel's.
    expect(signer.read(written, [{ kind: "person", userId: HERE.channelId }])).toBeUndefined();
  });

  it("cannot be changed or made by others", () => {
    const written =
      signer.write({ do: "act", confirm: true, name: "kb.list", values: { a: "1" } }, HERE) ?? "";
    expect(signer.read(written.replace("a=1", "a=2"), [HERE])).toBeUndefined();
    expect(signer.read(written.replace("Akb", "akb"), [HERE])).toBeUndefined();
    expect(createButtonSigner("another").read(written, [HERE])).toBeUndefined();
    expect(signer.read("", [HERE])).toBeUndefined();
  });

  it("names a kept reply where it would not fit", () => {
    const long: Carried = {
      do: "act",
      confirm: false,
      name: "ticket.start",
      values: { question: "问".repeat(90) },
    };
    expect(signer.write(long, HERE)).toBeUndefined();
    const carried: Carried = {
      do: "open-form",
      confirm: false,
      outboxId: UUID,
      block: 12,
      action: 3,
      page: 2,
    };
    expect(signer.read(signer.write(carried, PERSON) ?? "", [PERSON])).toEqual({ carried, scope: PERSON });
  });
});
