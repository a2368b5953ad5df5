import type { Exchange } from "./ledger.ts";
import type { Life } from "./lives.ts";
import { measureQuantiles, writeQuantiles } from "./measure.ts";
import type { PhaseOptions, PhaseResult } from "./run-phase.ts";

export interface BrokenPromise {
  exchange: Exchange;
  fault: "lost" | "doubled";
}

/** Messages that were acknowledged, and not answered exactly once. */
export function findFaults({ ledger }: Pick<PhaseResult, "ledger">): BrokenPromise[] {
  return [...ledger.exchanges.values()].flatMap((exchange): BrokenPromise[] => {
    const { acceptedAt, replies, unreachable } = exchange;
    if (replies.size > 1) return [{ exchange, fault: "doubled" }];
    const lost = acceptedAt !== undefined && replies.size === 0 && !unreachable;
    return lost ? [{ exchange, fault: "lost" }] : [];
  });
}

export function writeReport(options: PhaseOptions, result: PhaseResult): string[] {
  const { ledger, lives, counts, neverAccepted, waitedSeconds, platformLoad } = result;
  const all = [...ledger.exchanges.values()];
  const accepted = all.filter(({ acceptedAt }) => acceptedAt !== undefined);
  const reachable = accepted.filter(({ unreachable }) => !unreachable);
  const faults = findFaults(result);
  const countOf = (fault: string) => faults.filter((each) => each.fault === fault).length;
  return [
    `${options.seconds} s, ${options.rate} messages/s over ${options.groups} groups, REST faults ${options.faults}, ` +
      `kill -9 every ${options.killEvery || "–"} s, latency ${options.latencyMs} ms, seed ${options.seed}`,
    `  messages           ${all.length}, acknowledged ${accepted.length}, never acknowledged ${neverAccepted}`,
    `  pushes             ${all.reduce((sum, { pushes }) => sum + pushes, 0)}`,
    `  to groups left     ${accepted.length - reachable.length} (their replies are refused by the platform)`,
    `  replies            ${reachable.filter(({ replies }) => replies.size > 0).length} of ${reachable.length}`,
    `  LOST               ${countOf("lost")}`,
    `  DOUBLED            ${countOf("doubled")}`,
    ...faults.slice(0, 10).map(({ exchange, fault }) => `    ${fault} ${exchange.messageId}`),
    `  waited for quiet   ${waitedSeconds.toFixed(1)} s`,
    `  push → reply       ${writeQuantiles(measureQuantiles(timesOf(reachable)))}`,
    `  outside restarts   ${writeQuantiles(measureQuantiles(timesOf(reachable.filter((each) => isCalm(each, lives)))))}`,
    `  bot's processor    ${writeCpu(lives, all.length)}`,
    `  platform's load    ${(platformLoad * 100).toFixed(0)} % of one core`,
    ...writeLives(lives),
    "  faults brought",
    ...[...counts]
      .toSorted(([, one], [, other]) => other - one)
      .map(([name, count]) => `    ${String(count).padStart(6)}  ${name}`),
  ];
}

function timesOf(exchanges: readonly Exchange[]): number[] {
  return exchanges.flatMap(({ firstPushAt, replies }) =>
    [...replies.values()].slice(0, 1).map((at) => at - firstPushAt),
  );
}

export function writeCpu(lives: readonly Life[], messages: number): string {
  const spent = lives.reduce((sum, { cpuMs }) => sum + (cpuMs ? cpuMs.last - cpuMs.ready : 0), 0);
  return `${(spent / messages).toFixed(1)} ms a message, start-ups not counted`;
}

const AFTER_READY_MS = 1_000;
const BEFORE_END_MS = 2_000;

/** By the time of the push alone, so that slow replies are not left out. */
function isCalm({ firstPushAt }: Exchange, lives: readonly Life[]): boolean {
  return lives.some(
    ({ readyAt, endedAt }) =>
      readyAt !== undefined &&
      firstPushAt > readyAt + AFTER_READY_MS &&
      firstPushAt < (endedAt ?? Number.POSITIVE_INFINITY) - BEFORE_END_MS,
  );
}

const SHOWN_AGES = [5, 10, 15, 30, 60, 120, 240, 299];

function writeLives(lives: readonly Life[]): string[] {
  const starts = lives.flatMap(({ startedAt, readyAt }) =>
    readyAt === undefined ? [] : [readyAt - startedAt],
  );
  const [first = Number.NaN, ...later] = starts;
  const again = later.length > 0 ? `, again ${writeQuantiles(measureQuantiles(later))}` : "";
  return [
    `  lives              ${lives.length}; ready after: first ${(first / 1_000).toFixed(1)} s${again}`,
    "  memory (RSS, MB) by seconds since ready",
    ...lives.map(({ memory }, index) => {
      const shown = SHOWN_AGES.flatMap((age) => {
        const sample = memory.find((each) => each.age >= age && each.age < age + 2);
        return sample ? [`${age} s: ${sample.megabytes.toFixed(0)}`] : [];
      });
      return `    life ${String(index + 1).padStart(2)}   ${shown.join("   ")}`;
    }),
  ];
}
