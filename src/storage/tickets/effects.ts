import { AppError } from "../../shared/index.ts";
import type { Database } from "../dialect.ts";
import { toInstant, toText } from "../row-values.ts";
import type { TicketStore } from "../types.ts";
import { type EffectRow, toEffectRecord } from "./ticket-rows.ts";

/** A literal and not a bound value, or the partial index could not be used. */
const IS_PENDING = "state = 'pending'";

export function createEffects({
  read,
  write,
}: Database): Pick<TicketStore, "dueEffects" | "markEffect" | "moveCheck"> {
  return {
    async moveCheck(taskId, checkAt) {
      await write("ticket_tasks").where("task_id", toText(taskId)).update({ check_at: checkAt });
    },
    // What has to wait holds back what follows it in its ticket: an answer does not overtake the question, neither where that
    // was tried in vain nor where the clock was set back since.
    async dueEffects(at, limit) {
      const instant = toInstant(at);
      const heldBack = read("ticket_effects as e")
        .whereRaw("e.ticket_id = ticket_effects.ticket_id and e.sequence < ticket_effects.sequence")
        .whereRaw("e.state = 'pending' and e.due_at > ?", [instant])
        .select("e.sequence");
      const rows: EffectRow[] = await read("ticket_effects")
        .whereRaw(IS_PENDING)
        .where("due_at", "<=", instant)
        .whereNotExists(heldBack)
        .orderBy("sequence")
        .limit(limit);
      return rows.map(toEffectRecord);
    },
    /** Only what is pending can end or be put off: a late failure does not undo a delivery. */
    async markEffect(key, state, retryAt) {
      const effect_key = toText(key);
      const changed = await write("ticket_effects")
        .where({ effect_key })
        .whereRaw(IS_PENDING)
        .update({
          state,
          attempts: write.raw("attempts + 1"),
          ...(retryAt !== undefined && { due_at: toInstant(retryAt) }),
        });
      if (changed > 0) return;
      if (await write("ticket_effects").where({ effect_key }).first("sequence")) return;
      throw new AppError({
        code: "not-found",
        message: `effect ${key} does not exist`,
        safeMessage: "没有找到这条待发通知的记录。请刷新工单后重试。",
      });
    },
  };
}
