import type { ActOutcome, OpenOutcome, Refusal } from "../../../src/triage/index.ts";
import { countUp, type Delivered, type Delivery, type Simulation } from "./simulation-parts.ts";
import { hold, Violation, violated } from "./violation.ts";

/** All at the same moment. What a crash left unanswered is brought again later. */
export async function deliverAll(
  simulation: Simulation,
  deliveries: readonly Delivery[],
  beside: readonly Promise<unknown>[] = [],
): Promise<Delivered[]> {
  const running = deliveries.map((delivery) => deliverOne(simulation, delivery));
  const outcomes = await Promise.all(running);
  await Promise.all(beside.map((each) => Promise.race([each, simulation.fuse.blown])));
  return outcomes;
}

async function deliverOne(simulation: Simulation, delivery: Delivery): Promise<Delivered> {
  const { counts, fuse, late, random } = simulation;
  counts.commands += 1;
  if (fuse.isBlown()) {
    late.push(delivery);
    return { delivery, outcome: "crashed" };
  }
  try {
    const outcome = await Promise.race([toDesk(simulation, delivery), fuse.blown]);
    if (outcome === "crashed") late.push(delivery);
    else if (outcome !== "left" && delivery.kind !== "left") note(simulation, delivery, outcome);
    if (random.chance(0.02)) late.push(delivery);
    return { delivery, outcome };
  } catch (thrown) {
    if (thrown instanceof Violation) throw thrown;
    // Whoever lost a race is told so; nothing here has a reason to fail.
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    violated("a command failed", { why, delivery });
  }
}

async function toDesk({ desk }: Simulation, delivery: Delivery): Promise<ActOutcome | OpenOutcome | "left"> {
  if (delivery.kind === "left") {
    await desk.leftChat("feishu", delivery.chatId);
    return "left";
  }
  if (delivery.kind === "open") return desk.open(delivery.request);
  const { ticketId, by, key } = delivery;
  if (delivery.kind === "merge") return desk.merge(ticketId, delivery.into, by, key);
  return desk.act(ticketId, delivery.command, by, key);
}

function note(
  simulation: Simulation,
  delivery: Exclude<Delivery, { kind: "left" }>,
  outcome: ActOutcome | OpenOutcome,
): void {
  const { counts, doneKeys } = simulation;
  if (delivery.kind === "open") {
    noteOpened(simulation, delivery.request.requestKey, outcome as OpenOutcome);
    return;
  }
  const name = delivery.kind === "merge" ? "merge" : delivery.command.do;
  switch (outcome.outcome) {
    case "done":
      if (doneKeys.has(delivery.key)) violated("done twice under one key", { key: delivery.key, name });
      doneKeys.add(delivery.key);
      countUp(counts.done, name);
      if (delivery.kind === "act") followUp(simulation, delivery);
      return;
    case "refused":
      checkRefusal(outcome.refusal, delivery.key);
      countUp(counts.refused, outcome.refusal.code);
      return;
    case "repeated":
      counts.duplicates += 1;
      return;
    default:
      counts.unchanged += 1;
  }
}

/** A close is taken back at once, now and then; what was said may be taken back later. */
function followUp(
  { lastSaid, late, random }: Simulation,
  delivery: Extract<Delivery, { kind: "act" }>,
): void {
  const { command, key, by, ticketId } = delivery;
  if (command.do === "close" && random.chance(0.1)) {
    late.unshift({ ...delivery, command: { do: "undo-close", taskId: command.taskId }, key: `${key}-undo` });
  }
  if (!("text" in command)) return;
  lastSaid.push({ ticketId, account: by.account, key });
  if (lastSaid.length > 200) lastSaid.shift();
}

function noteOpened(simulation: Simulation, requestKey: string, outcome: OpenOutcome): void {
  const { accepted, counts, ledger, active, options } = simulation;
  if (outcome.outcome === "spam") {
    counts.spam += 1;
    return;
  }
  const { ticketId } = outcome.ticket;
  const before = accepted.get(requestKey);
  if (before !== undefined && before !== ticketId)
    violated("one request, two tickets", { requestKey, before, ticketId });
  const home = ledger.homes.get(requestKey);
  // On a server the answer to a repeated request may come before that to the first; at the end every home is known.
  hold(home === ticketId || home === undefined, "accepted, and the ticket does not hold it", () => ({
    requestKey,
    home,
    ticketId,
  }));
  if (before !== undefined || outcome.outcome === "known") counts.duplicates += 1;
  else if (outcome.outcome === "joined") counts.joined += 1;
  if (outcome.outcome === "opened") {
    counts.opened += 1;
    active.push(ticketId);
  } else if (outcome.outcome === "known" && !active.includes(ticketId)) active.push(ticketId);
  accepted.set(requestKey, ticketId);
  options.onAccepted?.(requestKey, ticketId);
}

function checkRefusal({ code, zh, en }: Refusal, key: string): void {
  hold(zh.length > 5 && en.length > 5, "a refusal says why in words", () => ({ key, code, zh, en }));
}

function isAbout(delivery: Delivery, taskId: string): delivery is Extract<Delivery, { kind: "act" }> {
  return delivery.kind === "act" && "taskId" in delivery.command && delivery.command.taskId === taskId;
}

/** Of several people who take or answer one task at the same moment one at most does it; each other hears who has it. */
export function checkRace({ ledger }: Simulation, taskId: string, delivered: readonly Delivered[]): void {
  const winners = new Set<string>();
  for (const { delivery, outcome } of delivered) {
    if (typeof outcome === "string" || !isAbout(delivery, taskId)) continue;
    if (outcome.outcome === "done") winners.add(delivery.by.account);
  }
  if (winners.size > 1) violated("two have done what one can do", { taskId, winners: [...winners] });
  const [winner] = winners;
  const name = winner === undefined ? null : ledger.nameOf(winner);
  if (name === null) return;
  for (const { delivery, outcome } of delivered) {
    if (typeof outcome === "string" || outcome.outcome !== "refused" || !isAbout(delivery, taskId)) continue;
    if (delivery.by.account === winner || outcome.refusal.code !== "claimed-by-other") continue;
    hold(outcome.refusal.zh.includes(name), "the refusal names who has it", () => ({ name, outcome }));
  }
}
