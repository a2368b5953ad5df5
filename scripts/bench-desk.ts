/**
 * What the ticket desk costs: `node --expose-gc scripts/bench-desk.ts [--open 1000] [--all 20000] [--clicks 500] [--feishu 60]`.
 * A turn with nothing due and with a twentieth due, beside the bare queries; from a click to the changed card, over the desk
 * alone and through the whole service and a local Feishu, beside the SDK's bare edit. PostgreSQL with DATABASE_URL.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openStorage } from "../src/storage/index.ts";
import { fillDesk } from "./bench-desk/fill-desk.ts";
import { timeClicks } from "./bench-desk/time-clicks.ts";
import { timeFeishu } from "./bench-desk/time-feishu.ts";
import { type TurnFigures, timeTurns } from "./bench-desk/time-turns.ts";
import { sayTimes } from "./bench-desk/times.ts";

const { values } = parseArgs({
  options: {
    open: { type: "string", default: "1000" },
    all: { type: "string", default: "20000" },
    clicks: { type: "string", default: "500" },
    feishu: { type: "string", default: "60" },
  },
});
const say = (line: string) => process.stdout.write(`${line}\n`);

function sayTurns({ idle, cpuAMinute, ping, dueQuery, due, memory }: TurnFigures): void {
  say(sayTimes("turn, nothing due", idle));
  say(sayTimes("floor: select 1", ping));
  say(sayTimes("floor: the query for what is due", dueQuery));
  say(
    `CPU of the turns, one every 2 s: ${cpuAMinute.toFixed(0)} ms a minute = ${(cpuAMinute / 600).toFixed(2)} %`,
  );
  for (const { tickets, turn, settled, cpu } of due) {
    const share = `${turn.toFixed(0)} ms, ${settled.toFixed(0)} ms until all is told and shown`;
    say(
      `turn with ${tickets} tickets due: ${share}, CPU ${cpu.toFixed(0)} ms = ${(cpu / 600).toFixed(2)} % of a minute`,
    );
  }
  say(`memory: heap ${memory.heap.toFixed(0)} MiB, resident ${memory.resident.toFixed(0)} MiB`);
}

const dataDirectory = await mkdtemp(join(tmpdir(), "xiance-bench-desk-"));
const databaseUrl = process.env["DATABASE_URL"];
const storage = await openStorage({ dataDirectory, ...(databaseUrl && { databaseUrl }) });
try {
  const open = Number(values.open);
  const filledAt = performance.now();
  const filled = await fillDesk(storage, { open, ended: Number(values.all) - open });
  const seconds = ((performance.now() - filledAt) / 1000).toFixed(0);
  say(`${storage.dialect}: ${values.all} tickets, ${values.open} open, filled in ${seconds} s`);
  say(`${"milliseconds".padEnd(52)}count      p50      p95      max`);
  sayTurns(await timeTurns(storage, filled));
  const { acted, shown, ping } = await timeClicks(storage, filled, Number(values.clicks));
  say(sayTimes("click to written", acted));
  say(sayTimes("click to changed card given to the platform", shown));
  say(sayTimes("floor: select 1", ping));
} finally {
  await storage.close();
  await rm(dataDirectory, { recursive: true, force: true });
}
if (Number(values.feishu) > 0) {
  const { edited, floor } = await timeFeishu(Number(values.feishu));
  say(sayTimes("Feishu: callback to the card's edit arriving", edited));
  say(sayTimes("floor: the SDK's bare edit", floor));
}
