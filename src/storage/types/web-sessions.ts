/** A browser's session whose holder has signed in with a platform's account. */
export interface WebSessionRecord {
  /** Hash of the cookie's secret. */
  sessionId: string;
  /** `feishu:ou_…`. */
  account: string;
  /** As the platform shows it. */
  name: string;
  signedInAt: string;
  expiresAt: string;
}

/** A sign-in that a browser has begun and that the platform has to bring back. */
export interface WebSignIn {
  /** Hash of the state that travels through the platform. */
  stateHash: string;
  /** The session that began it; no other may finish it. */
  sessionId: string;
  /** A path of ours. */
  returnTo: string;
  expiresAt: string;
}

export interface WebSessionStore {
  /** Takes the place of an earlier sign-in of the session. */
  signIn(record: WebSessionRecord): Promise<void>;
  /** Undefined: not signed in, or no longer. */
  find(sessionId: string, at: Date): Promise<WebSessionRecord | undefined>;
  /** No effect on one that has ended meanwhile. */
  prolong(sessionId: string, expiresAt: string): Promise<void>;
  /** False: was not signed in. What the account did in the session stays known as its own. */
  signOut(sessionId: string): Promise<boolean>;
  /** Of an account, everywhere: it left, or signs out of all. How many. `eraseUser` of the conversation does it as well. */
  signOutAccount(account: string): Promise<number>;
  beginSignIn(signIn: WebSignIn): Promise<void>;
  /** Once. Undefined: unknown, used before, expired, or begun by another session. */
  takeSignIn(stateHash: string, sessionId: string, at: Date): Promise<WebSignIn | undefined>;
  /** Sign-ins that ended before, or were never finished. */
  prune(before: { signIns: Date; sessions: Date }): Promise<number>;
}
