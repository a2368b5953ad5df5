import { AppError, type Clock } from "../../shared/index.ts";
import type { SignedIn, SignInStore } from "./stores.ts";
import { type Headers, isSignedInSecret, type SessionCookies, toSessionId } from "./verify.ts";
import { choose, readLanguage } from "./words.ts";

/** Who sits at the browser. */
export interface Asker {
  session: string;
  embedded: boolean;
  signedIn?: SignedIn;
}

export interface AskerReader {
  /** Undefined: no cookie, or one whose sign-in has ended. */
  find(headers: Headers): Promise<Asker | undefined>;
  /** Throws AppError `untrusted` when there is none. */
  require(headers: Headers): Promise<Asker>;
}

const HOUR_MS = 60 * 60 * 1000;
/** A working day with its pauses: who closes the office signs in again the next morning. */
const IDLE_MS = 12 * HOUR_MS;
/** However often it is used: once a week the platform is asked anew whether this person is still there. */
const ABSOLUTE_MS = 7 * 24 * HOUR_MS;
/** Use is written down no more often than this. */
const RENEW_AFTER_MS = HOUR_MS;

export function createAskerReader(
  cookies: SessionCookies,
  signIns: SignInStore | undefined,
  clock: Clock,
): AskerReader {
  async function find(headers: Headers): Promise<Asker | undefined> {
    const cookie = cookies.read(headers);
    if (!cookie) return undefined;
    const { secret, embedded } = cookie;
    const session = toSessionId(secret);
    if (!isSignedInSecret(secret)) return { session, embedded };
    const now = clock();
    const signedIn = await signIns?.find(session, now);
    if (!signedIn) return undefined;
    return { session, embedded, signedIn: await prolong(signedIn, now) };
  }

  async function prolong(signedIn: SignedIn, now: Date): Promise<SignedIn> {
    const expiresAt = expiryOf(signedIn.signedInAt, now);
    if (Date.parse(expiresAt) - Date.parse(signedIn.expiresAt) < RENEW_AFTER_MS) return signedIn;
    const prolonged = { ...signedIn, expiresAt };
    await signIns?.prolong(prolonged.sessionId, expiresAt);
    return prolonged;
  }

  return {
    find,
    async require(headers) {
      const asker = await find(headers);
      if (asker) return asker;
      const word = cookies.read(headers) ? "signed-out" : "no-session";
      throw new AppError({
        code: "untrusted",
        message: word === "signed-out" ? "the sign-in has ended" : "no session cookie",
        safeMessage: choose(word, readLanguage(undefined, headers)),
      });
    },
  };
}

/** ISO 8601: idle from now on, but never beyond the absolute end. */
export function expiryOf(signedInAt: string, now: Date): string {
  return new Date(Math.min(now.getTime() + IDLE_MS, Date.parse(signedInAt) + ABSOLUTE_MS)).toISOString();
}
