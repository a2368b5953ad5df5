import { measureQuantiles, writeQuantiles } from "./measure.ts";
import { writeCpu } from "./report.ts";
import { type PhaseOptions, type PhaseResult, runPhase } from "./run-phase.ts";

/** The service and the echo on the bare SDK, one after the other, at the same rate, without faults and kills. */
export async function compareWithEcho(
  options: PhaseOptions,
  latencies: readonly number[],
  print: (line: string) => void,
): Promise<void> {
  print(
    `\nbeside an echo on the bare SDK: ${options.rate} messages a second for ${options.seconds} s, no faults, no kills`,
  );
  for (const latencyMs of new Set(latencies)) {
    const calm = { ...options, faults: 0, killEvery: 0, latencyMs };
    const echoed = await runPhase({ ...calm, bot: "echo" });
    const answered = await runPhase({ ...calm, bot: "xiance" });
    const [echo, ours] = [times(echoed), times(answered)];
    print(`  simulated latency of the platform's REST calls: ${latencyMs} ms`);
    const messages = options.seconds * options.rate;
    print(`    echo     ${writeQuantiles(echo)}; processor ${writeCpu(echoed.lives, messages)}`);
    print(`    xiance   ${writeQuantiles(ours)}; processor ${writeCpu(answered.lives, messages)}`);
    print(`    ratio at p50: ${(ours.p50 / echo.p50).toFixed(2)}`);
  }
}

/** The first seconds belong to neither: caches fill and code is compiled. */
const WARM_UP_MS = 5_000;

function times({ ledger }: PhaseResult) {
  const all = [...ledger.exchanges.values()];
  const startedAt = all[0]?.firstPushAt ?? 0;
  return measureQuantiles(
    all
      .filter(({ firstPushAt }) => firstPushAt - startedAt >= WARM_UP_MS)
      .flatMap(({ firstPushAt, replies }) => [...replies.values()].slice(0, 1).map((at) => at - firstPushAt)),
  );
}
