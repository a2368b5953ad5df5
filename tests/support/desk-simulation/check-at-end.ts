import { toShanghaiDay } from "../../../src/shared/index.ts";
import {
  createFigures,
  createWorkCalendar,
  type Ticket,
  type TicketEvent,
} from "../../../src/triage/index.ts";
import { checkAtRest, settle } from "./check-at-rest.ts";
import { SETTINGS } from "./simulated-settings.ts";
import type { Simulation } from "./simulation-parts.ts";
import { hold } from "./violation.ts";

const DAY_MS = 86_400_000;

/** All that was written is what the simulation followed; nothing is lost, doubled or counted otherwise. */
export async function checkAtEnd(simulation: Simulation, startedAt: Date): Promise<void> {
  const { ledger, options, accepted, counts } = simulation;
  const { tickets: store, audit } = options.storage;
  await settle(simulation);
  await checkAtRest(simulation, true);
  hold(
    (await store.count()) === ledger.tickets.size,
    "as many tickets as were opened",
    () => ledger.tickets.size,
  );
  for (const [requestKey, ticketId] of accepted) {
    hold(ledger.homes.get(requestKey) === ticketId, "a request is lost", () => ({ requestKey, ticketId }));
  }
  const figures = startFigures(simulation, startedAt);
  let after: string | null = null;
  for (;;) {
    const batch = await store.eachBatch(after, 200);
    if (batch.length === 0) break;
    for (const record of batch) {
      const ticket = record.content as Ticket;
      figures.add(ticket);
      await checkStored(simulation, ticket);
    }
    after = batch.at(-1)?.ticketId ?? null;
  }
  compareFigures(simulation, figures.finish());
  const verdict = await audit.verify();
  hold(verdict.intact, "the audit log is whole", () => verdict);
  counts.checked += verdict.entries;
}

async function checkStored({ ledger, options, counts }: Simulation, ticket: Ticket): Promise<void> {
  const known = ledger.tickets.get(ticket.ticketId);
  const events = (await options.storage.tickets.eventsOf(ticket.ticketId)).map(
    ({ content }) => content as TicketEvent,
  );
  const kinds = events.map(({ kind }) => kind).join(" ");
  const facts = () => ({ ticket: ticket.number, kinds, known });
  counts.checked += events.length;
  hold(known?.revision === ticket.revision && known.status === ticket.status, "stored as followed", facts);
  hold(known.kinds.join(" ") === kinds, "the log is what was followed", facts);
  hold(
    events.every(({ sequence }, index) => sequence === index + 1),
    "a stored log without gaps",
    facts,
  );
}

function startFigures({ now }: Simulation, startedAt: Date) {
  const asOf = now();
  const to = toShanghaiDay(new Date(asOf.getTime() + 30 * DAY_MS));
  const period = { from: toShanghaiDay(new Date(startedAt.getTime() - 2 * DAY_MS)), to };
  const { departments, calendar } = SETTINGS;
  return createFigures({ period, asOf, departments, calendar: createWorkCalendar(calendar) });
}

/** Counted by what was done, not by what stands in the tickets. */
function compareFigures(
  { ledger, counts }: Simulation,
  figures: ReturnType<ReturnType<typeof createFigures>["finish"]>,
): void {
  const known = [...ledger.tickets.values()];
  const tasks = known.flatMap((ticket) => ticket.tasks);
  const countOf = (list: readonly string[]) =>
    JSON.stringify(
      Object.entries(Object.groupBy(list, (each) => each))
        .map(([name, group]) => [name, group?.length ?? 0])
        .sort(),
    );
  const live = (state: string) => tasks.filter((task) => task.state === state).length;
  const scores = known.flatMap(({ satisfaction }) => (satisfaction === null ? [] : [satisfaction]));
  const pairs: [string, unknown, unknown][] = [
    ["opened", figures.opened, known.length],
    [
      "statuses",
      JSON.stringify(Object.entries(figures.volume.byStatus).sort()),
      countOf(known.map(({ status }) => status)),
    ],
    [
      "categories",
      JSON.stringify(figures.volume.byCategory.map(({ id, count }) => [id, count]).sort()),
      countOf(known.map(({ category }) => category)),
    ],
    [
      "departments",
      JSON.stringify(figures.volume.byDepartment.map(({ id, count }) => [id, count]).sort()),
      countOf(tasks.map(({ department }) => department)),
    ],
    [
      "urgencies",
      JSON.stringify(figures.volume.byUrgency.map(({ id, count }) => [id, count]).sort()),
      countOf(known.map(({ urgency }) => urgency)),
    ],
    ["closed", figures.closed, known.filter(({ status }) => status === "已办结").length],
    ["queued", figures.open.queued, live("queued")],
    ["claimed", figures.open.claimed, live("claimed")],
    ["asking", figures.open.asking, live("asking")],
    ["answered", figures.open.answered, live("answered")],
    [
      "satisfaction",
      figures.satisfaction.distribution.join(),
      [1, 2, 3, 4, 5].map((score) => scores.filter((each) => each === score).length).join(),
    ],
    ["reopened", figures.reopening.count, known.filter(({ reopened }) => reopened > 0).length],
    [
      "closed by department",
      figures.departments.reduce((sum, { closed }) => sum + closed, 0),
      live("closed"),
    ],
    [
      "passed on",
      figures.departments.reduce((sum, { reroutedAway }) => sum + reroutedAway, 0),
      ledger.reroutes.people,
    ],
  ];
  for (const [name, figure, counted] of pairs) {
    counts.checked += 1;
    hold(figure === counted, `the figures say what was done: ${name}`, () => ({ figure, counted }));
  }
}
