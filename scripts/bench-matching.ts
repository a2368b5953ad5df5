/**
 * How matching grows; every program and enterprise here is generated:
 *   node scripts/bench-matching.ts [--programs 1000,10000] [--enterprises 10000,100000] [--rounds 5] [--parts match,reverse]
 * Each figure stands beside a floor of the same run: the same criteria in a plain loop without verdicts; the same rows read
 * and nothing done with them.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createMatchEngine } from "../src/matching/index.ts";
import { openStorage } from "../src/storage/index.ts";
import { lexicon } from "../tests/support/catalogue-world.ts";
import { fillEnterprises } from "../tests/support/fill-enterprises.ts";
import { createOutreachWorld, makeFundProgram } from "../tests/support/outreach-world.ts";
import { makeProfile, toEntry } from "../tests/support/recommend-world.ts";
import { openRawDatabase } from "../tests/support/storage-raw.ts";
import { type Cost, describeCost, describeLoad, measure, residentMb } from "./bench-ingest/meter.ts";
import { generatePrograms, PLAIN_FACTS, passesPlainly } from "./bench-matching/generate-programs.ts";

const { values } = parseArgs({
  options: {
    programs: { type: "string", default: "1000,10000" },
    enterprises: { type: "string", default: "10000,100000" },
    rounds: { type: "string", default: "5" },
    parts: { type: "string", default: "match,reverse" },
  },
});
const parts = new Set(values.parts.split(","));
const rounds = Number(values.rounds);
const BATCH = 500;

const ratio = (one: Cost, other: Cost) => (one.processor / Math.max(other.processor, 1e-6)).toFixed(1);

async function fastest(work: () => unknown): Promise<Cost> {
  let best: Cost | undefined;
  for (let round = 0; round < rounds; round += 1) {
    const { cost } = await measure(work);
    if (!best || cost.processor < best.processor) best = cost;
  }
  return best ?? { wall: 0, processor: 0 };
}

async function matchPrograms(): Promise<void> {
  const profile = makeProfile(PLAIN_FACTS);
  const options = { asOf: "2026-11-23" };
  let before: Cost | undefined;
  for (const count of values.programs.split(",").map(Number)) {
    const programs = generatePrograms(count);
    const memory = residentMb();
    const { outcome: engine, cost: building } = await measure(() =>
      createMatchEngine({
        entries: programs.map((program) => toEntry(program)),
        directions: new Map(),
        lexicon,
      }),
    );
    const first = await measure(() => engine.match(profile, options));
    const matching = await fastest(() => engine.match(profile, options));
    const floor = await fastest(() => programs.filter(passesPlainly).length);
    console.log(`一家企业 × ${count} 个生成的项目（${describeLoad()}）`);
    console.log(`  建引擎 ${describeCost(building, 3)}；首次匹配 ${describeCost(first.cost, 3)}`);
    console.log(
      `  匹配（${rounds} 次中最快）${describeCost(matching, 4)}，列出 ${first.outcome.matches.length} 个`,
    );
    console.log(`  下限（只逐条比较）${describeCost(floor, 4)}，匹配为其 ${ratio(matching, floor)} 倍`);
    console.log(`  常驻内存 +${(residentMb() - memory).toFixed(0)} MB`);
    if (before) console.log(`  较前一规模：匹配用时 ${ratio(matching, before)} 倍`);
    before = matching;
  }
}

async function readOnly(dataDirectory: string): Promise<number> {
  const storage = await openStorage({ dataDirectory, mode: "read" });
  let cursor: string | null = null;
  let facts = 0;
  for (;;) {
    const batch = await storage.enterprises.eachBatch(cursor, BATCH);
    const ids = batch.map(({ enterpriseId }) => enterpriseId);
    await storage.outreach.subscribersOf({ kind: "programs", enterpriseIds: ids });
    for (const own of (await storage.enterprises.factsOfMany(ids)).values()) facts += own.length;
    cursor = ids.at(-1) ?? null;
    if (batch.length < BATCH) break;
  }
  await storage.close();
  return facts;
}

/** Everybody subscribed: the most that a run can be. */
async function matchEnterprises(): Promise<void> {
  const dataDirectory = await mkdtemp(join(tmpdir(), "xiance-bench-matching-"));
  let before: Cost | undefined;
  let filled = 0;
  for (const [index, count] of values.enterprises.split(",").map(Number).entries()) {
    await (await openStorage({ dataDirectory })).close();
    const database = openRawDatabase({ dataDirectory });
    const filling = await measure(() =>
      fillEnterprises(database, { from: filled + 1, to: count, subscribedEvery: 1 }),
    );
    await database.destroy();
    filled = count;
    const floor = await measure(() => readOnly(dataDirectory));
    const memory = residentMb();
    const storage = await openStorage({ dataDirectory });
    const world = createOutreachWorld(storage, { batchSize: BATCH });
    await world.publish(makeFundProgram(`P${index + 1}`));
    const { outcome, cost } = await measure(() => world.outreach.runPending());
    const found = (await storage.outreach.itemsFor({ programIds: [`P${index + 1}`] })).length;
    await storage.close();
    console.log(
      `一个新项目 × ${count} 家生成的企业，全部订阅（${describeLoad()}；写入 ${describeCost(filling.cost)}）`,
    );
    console.log(`  反向匹配 ${describeCost(cost, 2)}，看过 ${outcome.seen} 家，找到 ${found} 家`);
    console.log(
      `  下限（只读同样的行）${describeCost(floor.cost, 2)}，反向匹配为其 ${ratio(cost, floor.cost)} 倍`,
    );
    console.log(`  常驻内存 +${(residentMb() - memory).toFixed(0)} MB，共 ${residentMb().toFixed(0)} MB`);
    if (before) console.log(`  较前一规模：${ratio(cost, before)} 倍`);
    before = cost;
  }
  await rm(dataDirectory, { recursive: true, force: true });
}

if (parts.has("match")) await matchPrograms();
if (parts.has("reverse")) await matchEnterprises();
