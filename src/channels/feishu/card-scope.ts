import { createHmac, timingSafeEqual } from "node:crypto";
import type { ReplyAction } from "../../conversation/index.ts";
import type { ReplyTarget } from "./schema.ts";

/**
 * Where a card may be used: by one person (direct chats), or in one group. Buttons come back from the client, and cards can
 * be forwarded; so what a button carries is signed together with where it was sent.
 */
export type CardScope = { kind: "person"; openId: string } | { kind: "group"; chatId: string };

/** What a button of ours carries. */
export interface SignedAction {
  xc: string;
  name: string;
  values: Readonly<Record<string, string>>;
}

export interface CardSigner {
  sign(action: Pick<ReplyAction, "name" | "values">, scope: CardScope): SignedAction;
  verify(action: SignedAction, scope: CardScope): boolean;
}

export function createCardSigner(secret: string): CardSigner {
  // Not the secret itself: what signs cards cannot fetch tokens.
  const key = createHmac("sha256", secret).update("xiance card actions").digest();
  const compute = ({ name, values }: Pick<ReplyAction, "name" | "values">, scope: CardScope) => {
    const place = scope.kind === "person" ? scope.openId : scope.chatId;
    const sorted = Object.entries(values).sort(([left], [right]) => (left < right ? -1 : 1));
    return createHmac("sha256", key)
      .update(JSON.stringify([scope.kind, place, name, sorted]))
      .digest("base64url")
      .slice(0, 27);
  };
  return {
    sign: (action, scope) => ({ xc: compute(action, scope), name: action.name, values: action.values }),
    verify: (action, scope) => {
      const [expected, given] = [Buffer.from(compute(action, scope)), Buffer.from(action.xc)];
      return expected.length === given.length && timingSafeEqual(expected, given);
    },
  };
}

/** Undefined: nobody can be told apart there; such cards get no buttons. */
export function scopeOf(target: ReplyTarget): CardScope | undefined {
  if (target.directUserId) return { kind: "person", openId: target.directUserId };
  return target.chatId && !target.direct ? { kind: "group", chatId: target.chatId } : undefined;
}
