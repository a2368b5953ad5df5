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

export interface WebSessionStore {
  /** Takes the place of an earlier sign-in of the session. */
  signIn(record: WebSessionRecord): Promise<void>;
  /** Undefined: not signed in, or no longer. */
  find(sessionId: string, at: Date): Promise<WebSessionRecord | undefined>;
  /** False: was not signed in. */
  signOut(sessionId: string): Promise<boolean>;
  /** Of an account, everywhere: it left, or asked for its data to be removed. How many. */
  signOutAccount(account: string): Promise<number>;
  prune(before: Date): Promise<number>;
}
