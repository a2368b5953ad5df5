import { SETTINGS } from "./simulated-settings.ts";
import type { Simulation } from "./simulation-parts.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Jumps of the clock, outages, lost groups, people who leave or are away, deleted messages: each now and then. */
export function bringFaults(simulation: Simulation): void {
  const { random, counts, platform, gone, lostGroups } = simulation;
  const share = simulation.options.faults ?? 1;
  if (share === 0) return;
  if (random.chance(0.002)) {
    counts.clockJumps += 1;
    const jump = random.pick([16 * HOUR, 3 * 24 * HOUR, -3 * MINUTE, -12 * MINUTE, -40 * MINUTE]);
    simulation.advance(jump);
  }
  if (random.chance(0.002)) {
    if (platform.isDown()) platform.setDown(false);
    else if (random.chance(0.4)) {
      counts.outages += 1;
      platform.setDown(true);
    }
  } else if (platform.isDown() && random.chance(0.02)) platform.setDown(false);
  if (random.chance(0.0015)) loseGroup(simulation);
  if (lostGroups.size > 0 && random.chance(0.004)) {
    const group = random.pick([...lostGroups]);
    lostGroups.delete(group);
    platform.regainChat(group);
  }
  if (random.chance(0.01)) beAway(simulation);
  if (random.chance(0.01)) {
    gone.add(someoneAtWork(simulation));
    counts.peopleGone += 1;
  }
  if (gone.size > 0 && random.chance(0.005)) gone.delete(random.pick([...gone]));
  if (random.chance(0.004)) platform.deleteSome();
}

/** For some days, mostly with a deputy. */
function beAway({ random, absences, now }: Simulation): void {
  const from = now().toISOString();
  const to = new Date(now().getTime() + (1 + random.below(3)) * 24 * HOUR).toISOString();
  const [one, deputy] = random.some(random.pick(SETTINGS.departments).specialists, 2);
  const absenceId = `absence-${from}`;
  const stand = random.chance(0.7) ? (deputy?.account ?? null) : null;
  absences.push({ absenceId, account: one?.account ?? "", from, to, deputy: stand, note: null });
  if (absences.length > 20) absences.shift();
}

/** Rather one who holds something. */
function someoneAtWork({ random, active, ledger }: Simulation): string {
  const ticket = active.length > 0 ? ledger.tickets.get(random.pick(active)) : undefined;
  const holders = (ticket?.tasks ?? []).flatMap(({ assignee }) => assignee ?? []);
  const specialists = holders.filter((account) => account.startsWith("feishu:ou_d"));
  return specialists[0] ?? random.pick(random.pick(SETTINGS.departments).specialists).account;
}

function loseGroup(simulation: Simulation): void {
  const { random, counts, platform, lostGroups, late } = simulation;
  const groups = SETTINGS.departments.flatMap(({ group }) => group ?? []);
  const group = random.pick(groups);
  if (lostGroups.has(group)) return;
  counts.groupsLost += 1;
  lostGroups.add(group);
  platform.loseChat(group);
  // Sometimes nobody says so.
  if (random.chance(0.6)) late.push({ kind: "left", chatId: group.slice("feishu:".length) });
}
