/** A file that came with a message of the web chat. */
export interface WebUpload {
  sessionId: string;
  /** Of the message that it came with. */
  messageKey: string;
  /** Place among the message's files, from 0. */
  position: number;
  kind: "file" | "image";
  name: string;
  /** Bytes. */
  size: number;
  createdAt: string;
}

/** The bytes are kept until the message has its reply, what the file was called for as long as the message is known. */
export interface WebUploadStore {
  /** False: there is one at this place of the message already, with its bytes or without. */
  keep(upload: WebUpload & { bytes: Uint8Array }): Promise<boolean>;
  /** Undefined: never there, or done with. */
  read(messageKey: string, position: number): Promise<Uint8Array | undefined>;
  /** Of a session, oldest first. */
  list(sessionId: string): Promise<WebUpload[]>;
  /** Takes back what was kept for a message that was not accepted. */
  discard(messageKey: string, positions: readonly number[]): Promise<void>;
  /** The message is done: its bytes go. */
  release(messageKey: string): Promise<void>;
  /** Bytes that wait, of a session or of all. */
  waitingBytes(sessionId?: string): Promise<number>;
  /** Bytes of messages that never got their reply, and the names of old ones. */
  prune(before: { bytes: Date; names: Date }): Promise<number>;
}
