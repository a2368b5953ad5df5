/** What the web chat keeps besides the conversation, as `storage` fulfils it. */

export interface Upload {
  sessionId: string;
  messageKey: string;
  /** Place among the message's files, from 0. */
  position: number;
  kind: "file" | "image";
  name: string;
  /** Bytes. */
  size: number;
  /** ISO 8601. */
  createdAt: string;
}

export interface UploadStore {
  /** False: there is one at this place of the message already, with its bytes or without. */
  keep(upload: Upload & { bytes: Uint8Array }): Promise<boolean>;
  /** Undefined: never there, or done with. */
  read(messageKey: string, position: number): Promise<Uint8Array | undefined>;
  list(sessionId: string): Promise<Upload[]>;
  discard(messageKey: string, positions: readonly number[]): Promise<void>;
  release(messageKey: string): Promise<void>;
  waitingBytes(sessionId?: string): Promise<number>;
  prune(before: { bytes: Date; names: Date }): Promise<number>;
}

export interface SignedIn {
  sessionId: string;
  /** `feishu:ou_…`. */
  account: string;
  name: string;
  signedInAt: string;
  expiresAt: string;
}

export interface SignInStore {
  signIn(record: SignedIn): Promise<void>;
  find(sessionId: string, at: Date): Promise<SignedIn | undefined>;
  /** No effect on one that has ended meanwhile. */
  prolong(sessionId: string, expiresAt: string): Promise<void>;
  signOut(sessionId: string): Promise<boolean>;
  signOutAccount(account: string): Promise<number>;
  beginSignIn(signIn: {
    stateHash: string;
    sessionId: string;
    returnTo: string;
    expiresAt: string;
  }): Promise<void>;
  takeSignIn(stateHash: string, sessionId: string, at: Date): Promise<{ returnTo: string } | undefined>;
  prune(before: { signIns: Date; sessions: Date }): Promise<number>;
}
