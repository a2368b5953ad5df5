import type { Knex } from "knex";
import type { Change, ChangeKind } from "../dialect.ts";

interface Waiting {
  work: (on: Knex) => Promise<unknown>;
  kind: ChangeKind;
  resolve: (value: unknown) => void;
  reject: (thrown: unknown) => void;
}

/** More would keep those who wait for the first longer than they save. */
const MAX_TOGETHER = 64;

/**
 * Changes that come while one is being written wait and then go into one transaction: the disk is synced once for all of
 * them, and each is answered only after that. When one of them fails, nothing of the group is written and each is tried
 * alone, so that a failure is nobody else's.
 */
export function createGroupCommit(write: Knex): Change {
  const waiting: Waiting[] = [];
  let running = false;

  async function runAlone({ work, kind, resolve, reject }: Waiting): Promise<void> {
    try {
      resolve(await (kind === "statement" ? work(write) : write.transaction(work)));
    } catch (thrown) {
      reject(thrown);
    }
  }

  async function runTogether(group: readonly Waiting[]): Promise<void> {
    let results: unknown[];
    try {
      results = await write.transaction(async (transaction) => {
        const done: unknown[] = [];
        for (const { work } of group) done.push(await work(transaction));
        return done;
      });
    } catch {
      for (const each of group) await runAlone(each);
      return;
    }
    for (const [index, { resolve }] of group.entries()) resolve(results[index]);
  }

  async function run(): Promise<void> {
    running = true;
    while (waiting.length > 0) {
      const group = waiting.splice(0, MAX_TOGETHER);
      const [only] = group;
      await (group.length === 1 && only ? runAlone(only) : runTogether(group));
    }
    running = false;
  }

  return <Result>(work: (on: Knex) => Promise<Result>, kind: ChangeKind) =>
    new Promise<Result>((resolve, reject) => {
      waiting.push({ work, kind, resolve: resolve as (value: unknown) => void, reject });
      if (!running) void run();
    });
}
