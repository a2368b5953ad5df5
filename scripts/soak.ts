/**
 * Proof of delivery: the whole service as a process of its own, the vendor's SDK, the long connection and SQLite on disk,
 * against the local Feishu server in this process. What it does and what its figures mean: scripts/soak/README.md.
 *
 *   node scripts/soak.ts [--minutes 5] [--rate 50] [--groups 30] [--kill-every 20] [--faults 0.02] [--seed 1]
 *     [--latency 0] [--hurry 600] [--per-chat 0] [--per-app 0] [--compare 30] [--compare-latency 80] [--profile <directory>]
 *
 * Ends with 1 when an accepted message has no reply, or more than one.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { compareWithEcho } from "./soak/compare-with-echo.ts";
import { findFaults, writeReport } from "./soak/report.ts";
import { type PhaseOptions, runPhase } from "./soak/run-phase.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "5" },
    rate: { type: "string", default: "50" },
    groups: { type: "string", default: "30" },
    "kill-every": { type: "string", default: "20" },
    faults: { type: "string", default: "0.02" },
    seed: { type: "string", default: "1" },
    latency: { type: "string", default: "0" },
    hurry: { type: "string", default: "600" },
    "per-chat": { type: "string", default: "0" },
    "per-app": { type: "string", default: "0" },
    compare: { type: "string", default: "30" },
    "compare-latency": { type: "string", default: "80" },
    profile: { type: "string" },
    keep: { type: "boolean", default: false },
  },
});

const directory = await mkdtemp(join(tmpdir(), "xiance-soak-"));
const options: PhaseOptions = {
  bot: "xiance",
  dataDirectory: join(directory, "data"),
  logFile: join(directory, "bot.log"),
  seconds: Number(values.minutes) * 60,
  rate: Number(values.rate),
  groups: Number(values.groups),
  seed: Number(values.seed),
  faults: Number(values.faults),
  killEvery: Number(values["kill-every"]),
  latencyMs: Number(values.latency),
  hurry: Number(values.hurry),
  limits: { perChat: Number(values["per-chat"]), perApp: Number(values["per-app"]) },
  ...(values.profile && { profileDirectory: values.profile }),
};
const print = (line: string) => process.stdout.write(`${line}\n`);

let failed = false;
if (options.seconds > 0) {
  const result = await runPhase(options);
  for (const line of writeReport(options, result)) print(line);
  failed = findFaults(result).length > 0;
}
const compareSeconds = Number(values.compare);
if (compareSeconds > 0)
  await compareWithEcho(
    { ...options, seconds: compareSeconds },
    [0, Number(values["compare-latency"])],
    print,
  );
if (values.keep) print(`kept: ${directory}`);
else await rm(directory, { recursive: true, force: true });
process.exitCode = failed ? 1 : 0;
