import { requireRight } from "../../access/index.ts";
import type { Reply } from "../types.ts";
import { describeInstant } from "./describe-time.ts";
import { findTarget } from "./find-target.ts";
import { readAbsence } from "./read-absence.ts";
import { paragraph, toTicketReply } from "./ticket-reply.ts";
import type { TicketTurn } from "./ticket-turn.ts";

/** “我休假 11月25日到11月27日 李四代”. */
export async function takeAbsence(turn: TicketTurn, words: string): Promise<Reply | undefined> {
  const { options, context, at, key } = turn;
  const { account, roles } = context.actor;
  const isTheirs = options.desk.partyOf({ account, roles }).departments.length > 0;
  // Somebody else who speaks of leave asks about something.
  if (!isTheirs) return undefined;
  requireRight(context.actor, "work-tickets");
  if (!options.absences)
    return toTicketReply("ticket-refused", "zh", "休假由管理员在系统中登记，请与管理员联系。");
  const absence = readAbsence(words, at);
  if (!absence) {
    return toTicketReply("ticket-refused", "zh", "没有读懂休假日期，未作登记。", [
      paragraph("请这样写：“我休假 11月25日到11月27日 张三代”，不指定代办人的，期间工单进本部门待认领。"),
    ]);
  }
  const deputy = absence.deputy === null ? null : findTarget(absence.deputy, options.desk.settings());
  if (absence.deputy !== null && deputy?.assignee === undefined) {
    return toTicketReply(
      "ticket-refused",
      "zh",
      `部门名单中没有找到“${absence.deputy}”，未作登记，请写专员全名。`,
    );
  }
  const { from, to } = absence;
  await options.absences.add(
    { account, from, to, deputy: deputy?.assignee ?? null, note: null },
    context.actor,
    key,
  );
  const until = describeInstant(new Date(to.getTime() - 60_000).toISOString());
  const who = deputy ? `期间的工单由${deputy.name}代办` : "期间的工单进本部门待认领";
  return toTicketReply(
    "ticket-work",
    "zh",
    `已登记休假：${describeInstant(from.toISOString())} 至 ${until}，${who}。`,
    [paragraph("已在您名下的工单不会自动转走，请在离岗前办理或转派。发送“销假”可取消。")],
  );
}

export async function takeReturn({ options, context, at }: TicketTurn): Promise<Reply | undefined> {
  const { account } = context.actor;
  if (options.desk.partyOf(context.actor).departments.length === 0 || !options.absences) return undefined;
  const count = await options.absences.cancelAll(account, context.actor, at);
  const line = count > 0 ? "已销假，新的工单会照常通知您。" : "没有登记中的休假。";
  return toTicketReply("ticket-work", "zh", line);
}
