import type { FastifyReply, FastifyRequest } from "fastify";
import { type AcceptMessage, createRateLimiter } from "../../conversation/index.ts";
import type { Clock } from "../../shared/index.ts";
import type { Asker } from "./read-asker.ts";
import { type ReadFile, type ReadUpload, readUpload, type UploadFields } from "./read-upload.ts";
import { toFileMessage, toMessageKey } from "./receive.ts";
import { languageOf, type RefusalStatus, refuse } from "./refuse.ts";
import type { UploadStore } from "./stores.ts";
import { choose, readLanguage, type Word } from "./words.ts";

const MEGABYTE = 1024 * 1024;
/** What may wait unread: of one session, and of all. Beyond the second nobody can send files for a while. */
const SESSION_BYTES = 150 * MEGABYTE;
const ALL_BYTES = 1024 * MEGABYTE;
/** Uploads under way: each holds a file in memory. */
const UPLOADS_AT_ONCE = 8;
const UPLOADS_OF_ADDRESS = 3;
const ADDRESS_LIMIT = { burst: 20, perMinute: 20 };

const STATUS: Partial<Record<Word, RefusalStatus>> = {
  "file-too-large": 413,
  "too-many-files": 413,
  "too-fast": 429,
  "files-waiting": 429,
  "files-full": 503,
};

export interface TakeFilesOptions {
  accept: AcceptMessage;
  uploads: UploadStore;
  clock: Clock;
  /** What all together may wait unread. Default 1 GB. */
  maxWaitingBytes?: number;
}

export type TakeFiles = (request: FastifyRequest, reply: FastifyReply, asker: Asker) => Promise<FastifyReply>;

/** The bytes are in the database before the message is: whatever ends the process between the two, no message lacks its files. */
export function createFileTaker(options: TakeFilesOptions): TakeFiles {
  const underWay: { session: string; address: string }[] = [];
  const limiter = createRateLimiter(options.clock, ADDRESS_LIMIT);

  function findObstacle({ session }: Asker, address: string): Word | undefined {
    if (limiter.check(address) !== "allowed") return "too-fast";
    const ofAddress = underWay.filter((each) => each.address === address).length;
    if (underWay.some((each) => each.session === session) || ofAddress >= UPLOADS_OF_ADDRESS)
      return "files-waiting";
    if (underWay.length >= UPLOADS_AT_ONCE) return "files-full";
    return undefined;
  }

  return async (request, reply, asker) => {
    const place = { session: asker.session, address: request.ip };
    const refuseWith = (word: Word, language = languageOf(request)) =>
      refuse(reply, STATUS[word] ?? 400, choose(word, language));
    const obstacle = findObstacle(asker, request.ip);
    if (obstacle) return refuseWith(obstacle);
    limiter.count(request.ip);
    underWay.push(place);
    try {
      const outcome = await takeUpload(request, asker, options);
      if (outcome.outcome === "refused") return refuseWith(outcome.word, outcome.language);
      const files = outcome.files.map(({ name, size }) => ({ name, bytes: size }));
      return reply.code(202).send({ status: outcome.status, files });
    } finally {
      underWay.splice(underWay.indexOf(place), 1);
    }
  };
}

type Taken =
  | Exclude<ReadUpload, { outcome: "read" }>
  | (Extract<ReadUpload, { outcome: "read" }> & { status: string });

async function takeUpload(
  request: FastifyRequest,
  asker: Asker,
  { accept, uploads, clock, maxWaitingBytes = ALL_BYTES }: TakeFilesOptions,
): Promise<Taken> {
  let handedOn = false;
  const kept: { messageKey: string; position: number }[] = [];
  const keep = async ({ bytes, ...file }: ReadFile, { clientMessageId }: UploadFields) => {
    if ((await uploads.waitingBytes(asker.session)) + file.size > SESSION_BYTES) return "files-waiting";
    if ((await uploads.waitingBytes()) + file.size > maxWaitingBytes) return "files-full";
    const messageKey = toMessageKey(asker.session, clientMessageId);
    const upload = { ...file, sessionId: asker.session, messageKey, createdAt: clock().toISOString() };
    // One that is known comes from a first try of the same message.
    if (await uploads.keep({ ...upload, bytes })) kept.push({ messageKey, position: file.position });
    return undefined;
  };
  const takeBack = async () => {
    for (const { messageKey, position } of kept) await uploads.discard(messageKey, [position]);
  };
  try {
    const read = await readUpload(request, keep);
    if (read.outcome === "refused") {
      await takeBack();
      return read;
    }
    const { fields, files } = read;
    const messageKey = toMessageKey(asker.session, fields.clientMessageId);
    const createdAt = clock().toISOString();
    const sent = files.map((file) => ({ ...file, sessionId: asker.session, messageKey, createdAt }));
    // When it fails it is not known whether the message was accepted; then the bytes stay, for a day at most.
    handedOn = true;
    const status = await accept(toFileMessage(asker, fields, sent, clock));
    if (status !== "accepted") await takeBack();
    if (status !== "ignored") return { ...read, status };
    return { outcome: "refused", word: "too-fast", language: readLanguage(fields.language, request.headers) };
  } catch (thrown) {
    if (!handedOn) await takeBack().catch(() => undefined);
    throw thrown;
  }
}
