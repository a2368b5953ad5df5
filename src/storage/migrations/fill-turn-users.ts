import type { Knex } from "knex";
import { readUserId } from "../conversation/read-user-id.ts";

const BATCH = 500;

/** Who asked, read off the askers that turns kept before; in batches, because a history can be long. */
export async function fillTurnUsers(knex: Knex): Promise<void> {
  let last = 0;
  while (true) {
    const turns: { sequence: number | string; asker: string | null }[] = await knex("turns")
      .where("sequence", ">", last)
      .orderBy("sequence")
      .limit(BATCH)
      .select("sequence", "asker");
    for (const { sequence, asker } of turns) {
      const userId = asker === null ? null : readUserId(JSON.parse(asker));
      if (userId !== null) await knex("turns").where({ sequence }).update({ user_id: userId });
    }
    if (turns.length < BATCH) return;
    last = Number(turns.at(-1)?.sequence);
  }
}
