import { createHmac, timingSafeEqual } from "node:crypto";
import { LIMITS } from "./message-body.ts";

/**
 * Where a button may be pressed: by one person (direct chats, what only they see), or in one channel. What a button carries
 * comes back from the client, so it is signed together with where it was sent.
 */
export type ButtonScope = { kind: "person"; userId: string } | { kind: "channel"; channelId: string };

/** What a press does. */
export type Carried =
  /** The action itself, where it is short enough. */
  | { do: "act"; confirm: boolean; name: string; values: Readonly<Record<string, string>> }
  /** The action, or the form around it, in a reply that is kept. `page` of a form, from 0. */
  | {
      do: "look-up" | "open-form" | "submit-form";
      confirm: boolean;
      outboxId: string;
      block: number;
      action: number;
      page: number;
    };

export interface ButtonSigner {
  /** Undefined: it does not fit into the platform's 100 characters. */
  write(carried: Carried, scope: ButtonScope): string | undefined;
  /** Undefined: not ours, or not for this place. */
  read(
    customId: string,
    scopes: readonly ButtonScope[],
  ): { carried: Carried; scope: ButtonScope } | undefined;
}

const MAC_CHARACTERS = 16;
const LETTERS = { act: "a", "look-up": "r", "open-form": "f", "submit-form": "s" } as const;
type Letter = (typeof LETTERS)[keyof typeof LETTERS];
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function createButtonSigner(secret: string): ButtonSigner {
  // Not the token itself: what signs buttons cannot speak to the platform.
  const key = createHmac("sha256", secret).update("xiance discord buttons").digest();
  const sign = (content: string, scope: ButtonScope) => {
    const place = scope.kind === "person" ? scope.userId : scope.channelId;
    return createHmac("sha256", key)
      .update(JSON.stringify([scope.kind, place, content]))
      .digest("base64url")
      .slice(0, MAC_CHARACTERS);
  };
  return {
    write: (carried, scope) => {
      const content = writeCarried(carried);
      const customId = `${sign(content, scope)}${content}`;
      return customId.length <= LIMITS.customId ? customId : undefined;
    },
    read: (customId, scopes) => {
      const given = Buffer.from(customId.slice(0, MAC_CHARACTERS));
      const content = customId.slice(MAC_CHARACTERS);
      const scope = scopes.find((each) => {
        const expected = Buffer.from(sign(content, each));
        return expected.length === given.length && timingSafeEqual(expected, given);
      });
      const carried = scope && readCarried(content);
      return carried && scope && { carried, scope };
    },
  };
}

function writeCarried(carried: Carried): string {
  const letter = carried.confirm ? LETTERS[carried.do].toUpperCase() : LETTERS[carried.do];
  if (carried.do === "act") {
    const pairs = Object.entries(carried.values).map(
      ([name, value]) => `${escapePart(name)}=${escapePart(shrink(value))}`,
    );
    return [`${letter}${escapePart(carried.name)}`, ...pairs].join("|");
  }
  const { outboxId, block, action, page } = carried;
  return [`${letter}${escapePart(shrink(outboxId))}`, block, action, page].join("|");
}

function readCarried(content: string): Carried | undefined {
  const letter = content.slice(0, 1);
  const found = Object.entries(LETTERS).find(([, each]) => each === (letter.toLowerCase() as Letter));
  const confirm = letter !== letter.toLowerCase();
  const [first = "", ...rest] = content.slice(1).split("|");
  if (!found) return undefined;
  const what = found[0] as keyof typeof LETTERS;
  if (what === "act") {
    const pairs = rest.map((pair): [string, string] => {
      const at = pair.indexOf("=");
      return [unescapePart(pair.slice(0, at)), grow(unescapePart(pair.slice(at + 1)))];
    });
    return { do: what, confirm, name: unescapePart(first), values: Object.fromEntries(pairs) };
  }
  const [block = Number.NaN, action = Number.NaN, page = Number.NaN] = rest.map(Number);
  if (![block, action, page].every((each) => Number.isSafeInteger(each) && each >= 0)) return undefined;
  return { do: what, confirm, outboxId: grow(unescapePart(first)), block, action, page };
}

/** An id of 36 characters becomes one of 23; what looks like one already is marked. */
function shrink(value: string): string {
  if (UUID.test(value)) return `~${Buffer.from(value.replaceAll("-", ""), "hex").toString("base64url")}`;
  return value.startsWith("~") || value.startsWith("!") ? `!${value}` : value;
}

function grow(value: string): string {
  if (value.startsWith("!")) return value.slice(1);
  if (!value.startsWith("~")) return value;
  const hex = Buffer.from(value.slice(1), "base64url").toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function escapePart(text: string): string {
  return text.replace(/[%|=\n]/g, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, "0")}`);
}

function unescapePart(text: string): string {
  return text.replace(/%([0-9a-f]{2})/g, (_whole, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
