import { writeSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppError } from "../../src/shared/index.ts";
import { openStorage, type Storage, type TicketChange, type TicketRecord } from "../../src/storage/index.ts";
import { liveAtRandom } from "./storage-life.ts";
import { ANN, addEnterprise, makeFact, makeItem } from "./storage-matching.ts";
import { makeClauses, makeMessage, makeVersion, second, versionId } from "./storage-samples.ts";
import { makeEffect, makeNext, makeOpening, makeTask, makeTicket } from "./storage-tickets.ts";
import { alice } from "./storage-workflow.ts";

/**
 * A process to be killed. `XIANCE_TEST_UID` in the environment: the user that it becomes first.
 * - `hold OPTIONS`: opens for writing, says `open` and waits.
 * - `accept OPTIONS`: accepts and claims messages without end, and says the key of each as soon as it is accepted.
 * - `save OPTIONS COUNT STOP`: saves one version after another, each of COUNT clauses; says `at` when the clause STOP of
 *   the second is asked for. At the last one it goes on and commits, before it waits inside the transaction.
 * - `match OPTIONS`: makes an enterprise after another, adds facts, finds items for it and removes every third, without
 *   end; says the number of each that is done.
 * - `tickets OPTIONS ROUND`: opens two tickets after another, changes both and merges them, without end; says the id and the
 *   revision of each as soon as it is written.
 * - `live OPTIONS SEED`: ingests, receives, proposes, decides and rolls back at random without end, and says what it does.
 */
const [task, json = "{}", count = "0", stop = "0"] = process.argv.slice(2);

function say(word: string): void {
  writeSync(1, `${word}\n`);
}

function* pausingClauses(total: number, pauseAt: number, tag: string) {
  for (const clause of makeClauses(total, tag)) {
    if (clause.ordinal === pauseAt) {
      say("at");
      // Waits without an end while the transaction is open; the parent kills.
      if (pauseAt < total - 1) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    }
    yield clause;
  }
}

async function acceptMessages({ conversation }: Storage): Promise<void> {
  for (let number = 0; ; number += 1) {
    await conversation.acceptMessage(makeMessage(`m${number}`, { sessionKey: `s${number}` }));
    say(`m${number}`);
    await conversation.claimNextMessage(second(1));
  }
}

async function saveVersions({ knowledge }: Storage): Promise<void> {
  const start = await knowledge.revision();
  for (let round = 1; ; round += 1) {
    const content = `r${start + round}`;
    const pauseAt = round === 2 ? Number(stop) : -1;
    const clauses = pausingClauses(Number(count), pauseAt, `${content}-`);
    await knowledge.saveVersion(makeVersion("甲", content, { versionId: versionId(content), clauses }));
  }
}

async function matchEnterprises(storage: Storage): Promise<void> {
  const { enterprises, outreach } = storage;
  const run = await outreach.openRun({ runId: "run", trigger: "t", programs: [] }, second(1));
  for (let number = Number(run.cursor ?? 0) + 1; ; number += 1) {
    const id = `e${number}`;
    if (!(await enterprises.get(id))) await addEnterprise(storage, id, { member: ANN });
    for (const reference of ["m1", "m2"]) {
      const facts = ["a", "b", "c"].map((field) => makeFact(field, number, reference));
      await enterprises.addFacts(id, facts, second(2), alice);
    }
    const items = Array.from({ length: 200 }, (_, program) => makeItem(id, `P${program}`));
    const step = { cursor: `${number}`, seen: 1, items, done: false };
    await outreach.advanceRun("run", step, second(3));
    if (number % 3 === 0) await enterprises.remove(id, second(4), alice);
    say(`${number}`);
  }
}

async function workTickets({ tickets }: Storage, round: string): Promise<void> {
  const next = (ticket: TicketRecord, status: string) =>
    makeNext(ticket, `${ticket.ticketId}-${ticket.revision}`, {
      tasks: [makeTask(ticket.ticketId, { state: `state-${ticket.revision + 1}` })],
      effects: [makeEffect(ticket.ticketId, `${ticket.revision + 1}`)],
      changes: { status },
    });
  for (let number = 0; ; number += 1) {
    const pair = ["a", "b"].map((side) => makeTicket(`t${round}-${number}-${side}`));
    const merging: { change: TicketChange; expectedRevision: number }[] = [];
    for (const ticket of pair) {
      const { ticketId } = ticket;
      const tasks = [makeTask(ticketId, { state: "state-1" })];
      const opening = makeOpening(ticket, { tasks, effects: [makeEffect(ticketId, "1")] });
      await tickets.create(opening, `request-${ticketId}`, second(1), alice);
      say(`${ticketId} 1`);
      const change = next(ticket, "处理中");
      await tickets.commit(change, 1, second(2), alice);
      say(`${ticketId} 2`);
      const status = merging.length === 0 ? "已合并" : "处理中";
      merging.push({ change: next(change.ticket, status), expectedRevision: 2 });
    }
    const [first, other] = merging;
    if (first && other) await tickets.commitBoth(first, other, second(3), alice);
    for (const { ticketId } of pair) say(`${ticketId} 3`);
  }
}

/** The other user may not reach the checkout: everything that opening a storage loads is loaded before. */
async function becomeUser(id: number): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "xiance-storage-"));
  await (await openStorage({ dataDirectory: directory })).close();
  await rm(directory, { recursive: true, force: true });
  process.setgroups?.([]);
  process.setgid?.(id);
  process.setuid?.(id);
}

const user = process.env["XIANCE_TEST_UID"];
const keepAlive = setInterval(() => undefined, 1000);
try {
  if (user) await becomeUser(Number(user));
  const storage = await openStorage(JSON.parse(json));
  if (task === "accept") await acceptMessages(storage);
  if (task === "save") await saveVersions(storage);
  if (task === "match") await matchEnterprises(storage);
  if (task === "tickets") await workTickets(storage, count);
  if (task === "live") await liveAtRandom(storage, Number(count), (line) => say(JSON.stringify(line)));
  say("open");
} catch (thrown) {
  clearInterval(keepAlive);
  say(`failed ${thrown instanceof AppError ? thrown.safeMessage : thrown}`);
}
