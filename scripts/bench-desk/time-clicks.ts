import type { Storage } from "../../src/storage/index.ts";
import { rolesOf } from "../../tests/support/desk-simulation/choose-actions.ts";
import { SETTINGS } from "../../tests/support/desk-simulation/simulated-settings.ts";
import { createQuickTeller, type FilledDesk, settle } from "./fill-desk.ts";
import { type Times, timesOf } from "./times.ts";

export interface ClickFigures {
  /** From the click to its being written. */
  acted: Times;
  /** From the click to the card's new state given to the platform. */
  shown: Times;
  ping: Times;
}

/** One click after another on different tickets; the desk is woken at once, as in the service. */
export async function timeClicks(
  storage: Storage,
  filled: FilledDesk,
  clicks: number,
): Promise<ClickFigures> {
  const { desk, open, clock } = filled;
  let waiting: { ticketId: string; revision: number; resolve(): void } | undefined;
  const teller = createQuickTeller((ticketId, revision) => {
    if (waiting && waiting.ticketId === ticketId && revision >= waiting.revision) waiting.resolve();
  });
  await settle(desk, teller);
  const [acted, shown, pings]: number[][] = [[], [], []];
  const specialists = new Map(SETTINGS.departments.map(({ id, specialists: people }) => [id, people]));
  for (const [index, { ticketId, tasks }] of open.slice(0, clicks).entries()) {
    const [task] = tasks;
    const account = specialists.get(task?.department ?? "")?.[index % 10]?.account ?? "";
    const by = { account, roles: rolesOf(account, new Set<string>()) };
    clock.advance(100);
    const pingedAt = performance.now();
    await storage.ping();
    pings?.push(performance.now() - pingedAt);
    const startedAt = performance.now();
    const { outcome, ticket } = await desk.act(
      ticketId,
      { do: "claim", taskId: task?.taskId ?? "" },
      by,
      `c${index}`,
    );
    if (outcome !== "done") continue;
    acted?.push(performance.now() - startedAt);
    const isShown = new Promise<void>((resolve) => {
      waiting = { ticketId, revision: ticket.revision, resolve };
    });
    const working = desk.work(teller);
    await isShown;
    shown?.push(performance.now() - startedAt);
    await working;
    await settle(desk, teller);
  }
  return { acted: timesOf(acted ?? []), shown: timesOf(shown ?? []), ping: timesOf(pings ?? []) };
}
