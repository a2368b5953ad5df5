import {
  createCountingIds,
  createManualClock,
  type Logger,
  silentLogger,
} from "../../../src/shared/index.ts";
import {
  type Absence,
  createTicketDesk,
  createWorkCalendar,
  type NewRequest,
  type Ticket,
  type TicketEvent,
} from "../../../src/triage/index.ts";
import { bringFaults } from "./bring-faults.ts";
import { checkAtEnd } from "./check-at-end.ts";
import { checkAtRest, settle } from "./check-at-rest.ts";
import { chooseMoment, chooseRequest, type Moment, rolesOf } from "./choose-actions.ts";
import { checkRace, deliverAll } from "./deliver.ts";
import { createFuse, type Fuse } from "./fuse.ts";
import { adoptTicket, createLedger } from "./ledger.ts";
import { createPlatform } from "./platform.ts";
import { createRandom } from "./random.ts";
import { ADMINS, namingClassifier, SETTINGS } from "./simulated-settings.ts";
import type {
  Counts,
  Delivery,
  EarlierProcesses,
  Simulation,
  SimulationOptions,
} from "./simulation-parts.ts";
import { hold } from "./violation.ts";

const MINUTE = 60_000;
const REST_EVERY = 400;
const ACTIVE = 300;

const names = new Map(
  SETTINGS.departments.flatMap(({ specialists }) =>
    specialists.map(({ account, name }) => [account, name] as const),
  ),
);

function createCounts(): Counts {
  return {
    ...{ commands: 0, opened: 0, joined: 0, spam: 0, done: new Map(), refused: new Map(), unchanged: 0 },
    ...{ duplicates: 0, crashes: 0, redelivered: 0, clockJumps: 0, groupsLost: 0, peopleGone: 0, outages: 0 },
    ...{ turns: 0, rests: 0, checked: 0 },
  };
}

function createSimulation(options: SimulationOptions): Simulation {
  // Each has its own, so that what the platform does leaves what people do as it was.
  const random = createRandom(options.seed);
  const randomOfFaults = createRandom(options.seed + 1_000_003);
  const faults = options.faults ?? 1;
  const generation = options.earlier?.count ?? 0;
  // A Monday, 08:30 in Shanghai.
  const clock = createManualClock(new Date("2026-03-02T00:30:00Z"));
  const ledger = createLedger((account) => names.get(account) ?? null);
  const watched = ledger.watch(options.storage.tickets);
  const platform = createPlatform(randomOfFaults, () => clock.now().getTime(), {
    throwing: 0.004 * faults,
    ...(options.journal && { journal: options.journal }),
  });
  const gone = new Set<string>();
  const absences: Absence[] = [];
  const ids = createCountingIds(`t${generation || ""}`);
  const calendar = createWorkCalendar(SETTINGS.calendar);
  const buildDesk = (fuse: Fuse) =>
    createTicketDesk({
      store: fuse.guard(watched),
      classifier: namingClassifier,
      settings: () => SETTINGS,
      calendar: () => calendar,
      absences: () => absences,
      rolesOf: async (account) => rolesOf(account, gone),
      listAdmins: async () => [...ADMINS],
      canReach: (place) => ("group" in place ? place.group : place.account).startsWith("feishu:"),
      safetyNoticeOf: () => null,
      clock: clock.now,
      ids,
      logger: silentLogger as Logger,
    });
  const fuse = createFuse(randomOfFaults);
  const simulation: Simulation = {
    ...{
      options,
      random,
      ledger,
      platform,
      gone,
      absences,
      fuse,
      desk: buildDesk(fuse),
      counts: createCounts(),
    },
    ...{
      lostGroups: new Set(),
      late: [],
      oldRequests: [],
      active: [],
      lastSaid: [],
      doneKeys: new Set(),
      accepted: new Map(),
    },
    ...{
      nextId: { request: generation * 1_000_000, key: generation * 1_000_000 },
      step: 0,
      hasEnded: false,
    },
    now: clock.now,
    advance: (milliseconds) => clock.advance(milliseconds),
    async restart() {
      await simulation.fuse.drained();
      simulation.fuse = createFuse(randomOfFaults);
      simulation.desk = buildDesk(simulation.fuse);
    },
  };
  return simulation;
}

/** Every change is checked as it is written, and all of it whenever the desk is at rest. Throws `Violation`. */
export async function runSimulation(options: SimulationOptions): Promise<Simulation> {
  const simulation = createSimulation(options);
  const startedAt = simulation.now();
  if (options.earlier) await adoptAll(simulation, options.earlier);
  const { counts, random, ledger } = simulation;
  try {
    const isOver = () => ledger.tickets.size >= options.tickets || (options.isOver?.() ?? false);
    while (!isOver() || (simulation.active.length > 0 && random.chance(0.997))) {
      await takeStep(simulation);
      if (simulation.step % REST_EVERY === 0) await rest(simulation);
      if (simulation.step % 1000 === 0)
        options.onProgress?.(
          `step ${simulation.step}: ${ledger.tickets.size} tickets, ${counts.commands} commands`,
        );
    }
    await rest(simulation);
    await recover(simulation);
    await checkAtEnd(simulation, startedAt);
  } catch (thrown) {
    if (thrown instanceof Error)
      thrown.message = `seed ${options.seed}, step ${simulation.step}: ${thrown.message}`;
    throw thrown;
  }
  return simulation;
}

/** What was written is what is known; what was sent last comes again, for nobody knows whether it was heard. */
async function adoptAll(simulation: Simulation, earlier: EarlierProcesses): Promise<void> {
  const { options, ledger, active, platform, accepted, late } = simulation;
  const store = options.storage.tickets;
  platform.restore(earlier.operations);
  for (const chat of platform.lostChats()) simulation.lostGroups.add(chat);
  let latest = simulation.now().toISOString();
  for (const { ticketId, content, updatedAt } of await store.eachBatch(null, 100_000)) {
    const events = (await store.eventsOf(ticketId)).map((record) => record.content as TicketEvent);
    adoptTicket(ledger, content as Ticket, events);
    active.push(ticketId);
    if (updatedAt > latest) latest = updatedAt;
  }
  simulation.advance(Date.parse(latest) - simulation.now().getTime());
  for (const [requestKey, ticketId] of earlier.accepted) {
    const home = ledger.homes.get(requestKey);
    hold(home === ticketId, "accepted before the process was killed, and lost", () => ({
      requestKey,
      ticketId,
      home,
    }));
    accepted.set(requestKey, ticketId);
  }
  late.push(...earlier.requests.map((request): Delivery => ({ kind: "open", request })));
}

async function takeStep(simulation: Simulation): Promise<void> {
  const { random, counts, fuse } = simulation;
  simulation.step += 1;
  simulation.advance(random.below(180_000));
  bringFaults(simulation);
  const moments = chooseMoments(simulation);
  const works = random.chance(0.3);
  if (works && random.chance(0.08 * (simulation.options.faults ?? 1))) fuse.light(random.below(40));
  else if (random.chance(0.004)) fuse.light(random.below(6));
  simulation.platform.deliver();
  const beside = works ? [work(simulation)] : [];
  if (works) counts.turns += 1;
  const delivered = await deliverAll(simulation, repeatSome(simulation, moments), beside);
  for (const { race } of moments) if (race !== null) checkRace(simulation, race, delivered);
  if (simulation.fuse.isBlown()) {
    counts.crashes += 1;
    await simulation.restart();
  } else simulation.fuse.light(Number.POSITIVE_INFINITY);
}

async function work({ desk, platform, fuse }: Simulation): Promise<void> {
  await desk.work(fuse.guard(platform));
}

/** Of several tickets at the same time. */
function chooseMoments(simulation: Simulation): Moment[] {
  const moments = Array.from({ length: 1 + simulation.random.below(4) }, () => chooseOne(simulation));
  const seen = new Set<string>();
  return moments.filter(({ deliveries }) => {
    const tickets = deliveries.flatMap((each) => ("ticketId" in each ? [each.ticketId] : []));
    const isFirst = tickets.every((ticketId) => !seen.has(ticketId));
    for (const ticketId of tickets) seen.add(ticketId);
    return isFirst;
  });
}

function chooseOne(simulation: Simulation): Moment {
  const { random, active, ledger, late, options, counts } = simulation;
  const nothing: Moment = { deliveries: [], race: null };
  if (late.length > 0 && random.chance(0.2)) {
    counts.redelivered += 1;
    return { deliveries: late.splice(0, 1), race: null };
  }
  if (simulation.oldRequests.length > 0 && random.chance(0.02)) {
    counts.redelivered += 1;
    return { deliveries: [{ kind: "open", request: random.pick(simulation.oldRequests) }], race: null };
  }
  const wantsMore = ledger.tickets.size < options.tickets && !options.isOver?.();
  if (wantsMore && (active.length === 0 || random.chance(active.length < ACTIVE ? 0.5 : 0.06))) {
    const requests = Array.from({ length: 1 + random.below(2) }, () => chooseRequest(simulation));
    for (const request of requests) remember(simulation, request);
    return { deliveries: requests.map((request): Delivery => ({ kind: "open", request })), race: null };
  }
  if (active.length === 0) return nothing;
  const index = random.below(active.length);
  const ticket = ledger.tickets.get(active[index] ?? "");
  if (!ticket) return nothing;
  const ended = ticket.tasks.every(({ state }) => state === "closed" || state === "cancelled");
  if (ended && random.chance(0.5)) {
    active.splice(index, 1);
    return nothing;
  }
  return chooseMoment(simulation, ticket);
}

function remember({ options, oldRequests, random }: Simulation, request: NewRequest): void {
  options.onRequest?.(request);
  if (oldRequests.length < 300) oldRequests.push(request);
  else oldRequests[random.below(300)] = request;
}

/** Events and clicks come twice or thrice under the same key. */
function repeatSome({ random }: Simulation, moments: readonly Moment[]): Delivery[] {
  const all = moments.flatMap(({ deliveries }) => deliveries);
  const repeated = all.flatMap((delivery) =>
    random.chance(0.25) ? Array.from({ length: 1 + random.below(2) }, () => delivery) : [],
  );
  return random.some([...all, ...repeated], all.length + repeated.length);
}

/** All groups are there again, and the desk has the time to find that out. */
async function recover(simulation: Simulation): Promise<void> {
  for (const group of simulation.lostGroups) simulation.platform.regainChat(group);
  simulation.lostGroups.clear();
  for (let times = 0; times < 2; times += 1) {
    simulation.advance(11 * MINUTE);
    await settle(simulation);
  }
  simulation.hasEnded = true;
}

/** The platform is up; people who are gone stay gone; groups that are lost stay lost. */
async function rest(simulation: Simulation): Promise<void> {
  const { platform, late } = simulation;
  platform.setDown(false);
  while (late.length > 0) {
    simulation.counts.redelivered += 1;
    await deliverAll(simulation, late.splice(0, 5));
  }
  simulation.advance(MINUTE + 1000);
  await settle(simulation);
  await checkAtRest(simulation);
}
