import { setTimeout as sleep } from "node:timers/promises";
import { Cron } from "croner";
import type { Access } from "./access/index.ts";
import {
  type Asker,
  type Channel,
  type CitationUrl,
  type Conversation,
  type DocumentDesk,
  type Notice,
  type Reply,
  toSessionKey,
  writeCorrection,
  writeDigest,
} from "./conversation/index.ts";
import type { Correction, Publishing, SubmissionOutcome } from "./publishing/index.ts";
import { type Clock, type Logger, toAppError, toShanghaiDay } from "./shared/index.ts";

const CORRECTIONS_EVERY_MS = 5_000;
const OUTREACH_EVERY_MS = 10_000;
const DESK_EVERY_MS = 2_000;
const DESK_PAUSE_MS = 100;
const TIDY_EVERY_MS = 60_000;
const SIGNALS_EVERY_MS = 1_000;
const STOP_GRACE_MS = 5_000;
/** Goes behind everything that somebody waits for. */
const PUSH = 2;

export interface BackgroundParts {
  publishing: Publishing;
  access: Access;
  conversation: Pick<Conversation, "notify">;
  channels: ReadonlyMap<string, Channel>;
  /** Tells the sender of a file what became of it. */
  reportReading: DocumentDesk["report"];
  /** Policies look for enterprises, and what is due is sent. */
  reachOut?(): Promise<void>;
  /** Tickets: their clocks, messages and cards; what can wait for minutes; the weekly digest. */
  desk?: { work(): Promise<void>; tidy(): Promise<void>; sendDigest(): Promise<void> };
  /** Signals that another process has taken in. */
  takeSignals?(): Promise<void>;
  /** `HH:MM`, Asia/Shanghai. */
  digestAt: string;
  citationUrl: CitationUrl;
  clock: Clock;
  logger: Logger;
}

export interface BackgroundWork {
  /** To a person's direct chat, once for a key; false when their platform has no direct chats. */
  notifyPerson(account: string, key: string, reply: Reply, priority?: Notice["priority"]): Promise<boolean>;
  listAdmins(): Promise<string[]>;
  /** Something happened that tickets may have to say more about; they are looked at soon. */
  wakeDesk(): void;
  /** Takes up what an interrupted process left, then works on schedule. */
  start(): void;
  stop(): Promise<void>;
}

/** What nobody asks for: interrupted readings, corrections after a publication, the admins' digest. */
export function createBackgroundWork(parts: BackgroundParts): BackgroundWork {
  const { publishing, conversation, logger } = parts;
  const { run, every, stop } = createSchedule(logger);
  let digest: Cron | undefined;
  const listAdmins = async () => (await parts.access.list(SYSTEM, "admin")).map(({ account }) => account);

  const notifyPerson = createPersonNotifier(parts);

  async function report(outcome: SubmissionOutcome): Promise<void> {
    await parts.reportReading(outcome, await parts.access.actorOf(outcome.submission.submittedBy));
  }

  const correct = alone(async () => {
    const told = await publishing.runCorrections((correction) =>
      conversation.notify(toNotice(correction, parts.citationUrl)),
    );
    if (told > 0) logger.info({ told }, "corrections sent");
  });
  const reachOut = alone(async () => parts.reachOut?.());

  const tidyDesk = alone(async () => parts.desk?.tidy());
  let again = false;
  /** What came in while it was at work gets a turn of its own. */
  const workDesk = alone(async () => {
    do {
      again = false;
      await parts.desk?.work();
      // Under load something happens all the time, and looking without a pause would keep the process from answering.
      if (again) await sleep(DESK_PAUSE_MS, undefined, { ref: false });
    } while (again);
  });

  /** Once a day: its key keeps a second one from going out, also after a restart. */
  async function sendDigest(): Promise<void> {
    await parts.desk?.sendDigest();
    const day = toShanghaiDay(parts.clock());
    const findings = await publishing.watch(day);
    if (findings.length === 0) return;
    const verdict = await publishing.audit.verify(SYSTEM);
    const reply = writeDigest(day, findings, verdict.intact ? verdict.headHash : undefined);
    for (const account of await listAdmins()) await notifyPerson(account, `digest:${day}`, reply, PUSH);
  }

  return {
    notifyPerson,
    listAdmins,
    wakeDesk() {
      again = true;
      run("tickets", workDesk);
    },
    start() {
      run("resume submissions", () => publishing.review.resumeSubmissions(report));
      every(CORRECTIONS_EVERY_MS, "corrections", correct);
      every(OUTREACH_EVERY_MS, "outreach", reachOut);
      every(DESK_EVERY_MS, "tickets", workDesk);
      const { takeSignals } = parts;
      if (takeSignals) every(SIGNALS_EVERY_MS, "signals", alone(takeSignals));
      every(TIDY_EVERY_MS, "tidying of the desk", tidyDesk);
      const [hour = "9", minute = "0"] = parts.digestAt.split(":");
      const options = { timezone: "Asia/Shanghai", protect: true, unref: true };
      digest = new Cron(`${Number(minute)} ${Number(hour)} * * *`, options, () => run("digest", sendDigest));
      // A machine that was off at that time sends it when it is on again.
      if (toShanghaiTime(parts.clock()) >= parts.digestAt) run("digest", sendDigest);
    },
    async stop() {
      digest?.stop();
      await stop();
    },
  };
}

function createPersonNotifier({ channels, conversation }: BackgroundParts): BackgroundWork["notifyPerson"] {
  return async (account, key, reply, priority = 1) => {
    const colon = account.indexOf(":");
    const [channel, userId] = [account.slice(0, colon), account.slice(colon + 1)];
    const replyTarget = channels.get(channel)?.directTarget?.(userId);
    if (replyTarget === undefined) return false;
    const sessionKey = toSessionKey({ channel, chatId: userId, userId });
    // One notice can go to several people.
    const notice = { channel, key: `${key}:${userId}`, replyTarget, sessionKey, reply, priority };
    await conversation.notify(notice);
    return true;
  };
}

interface Schedule {
  run(name: string, work: () => Promise<unknown>): void;
  /** At once, and then again and again. */
  every(milliseconds: number, name: string, work: () => Promise<void>): void;
  stop(): Promise<void>;
}

function createSchedule(logger: Logger): Schedule {
  const underWay = new Set<Promise<void>>();
  const timers: NodeJS.Timeout[] = [];

  /** Failures are logged and tried again at the next turn; nothing here may end the service. */
  function run(name: string, work: () => Promise<unknown>): void {
    const running = work().then(
      () => undefined,
      (thrown: unknown) => {
        const error = toAppError(thrown);
        logger.error({ work: name, errorId: error.id, error: error.message }, "background work failed");
      },
    );
    underWay.add(running);
    void running.finally(() => underWay.delete(running));
  }

  return {
    run,
    every(milliseconds, name, work) {
      run(name, work);
      timers.push(setInterval(() => run(name, work), milliseconds).unref());
    },
    async stop() {
      for (const timer of timers) clearInterval(timer);
      // What is cut off here, above all a long reading, is taken up at the next start.
      await Promise.race([Promise.allSettled(underWay), sleep(STOP_GRACE_MS, undefined, { ref: false })]);
    },
  };
}

/** While one run is under way another does nothing. */
function alone(work: () => Promise<void>): () => Promise<void> {
  let underWay = false;
  return async () => {
    if (underWay) return;
    underWay = true;
    try {
      await work();
    } finally {
      underWay = false;
    }
  };
}

/** In the asker's own thread, and in what their page shows when they come back. */
function toNotice(correction: Correction, citationUrl: CitationUrl): Notice {
  const asker = correction.asker as Asker;
  return {
    channel: asker.channel,
    key: correction.key,
    replyTarget: asker.replyTarget,
    sessionKey: toSessionKey(asker),
    reply: writeCorrection(correction, citationUrl),
    turn: true,
    priority: PUSH,
  };
}

const SYSTEM = { account: "system:service", roles: new Set(["admin" as const]) };

/** `HH:MM`. */
function toShanghaiTime(at: Date): string {
  return new Date(at.getTime() + 8 * 60 * 60 * 1000).toISOString().slice(11, 16);
}
