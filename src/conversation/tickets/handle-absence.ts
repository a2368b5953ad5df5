import { toShanghaiDay } from "../../shared/index.ts";
import { describeAbsence, readAbsence } from "../../triage/index.ts";
import type { Reply } from "../types.ts";
import { paragraph, toTicketReply } from "./ticket-reply.ts";
import type { TicketTurn } from "./ticket-turn.ts";

/** “我下周一到周三休假，由李四代”, “销假”. Undefined: not said of oneself by somebody who works here. */
export async function takeAbsence(turn: TicketTurn, words: string): Promise<Reply | undefined> {
  const { options, context, at } = turn;
  const isTheirs = options.desk.partyOf(context.actor).departments.length > 0;
  // Somebody else who speaks of leave asks about something.
  if (!isTheirs) return undefined;
  const { absences } = options;
  if (!absences) return toTicketReply("ticket-refused", "zh", "休假由管理员在系统中登记，请与管理员联系。");
  const reading = readAbsence(words, toShanghaiDay(at), absences.isWorkday);
  switch (reading.outcome) {
    case "none":
      return undefined;
    case "unclear":
      return toTicketReply("ticket-refused", "zh", `休假未登记。${reading.question}`);
    case "cancel":
      return cancelAll(turn, absences);
    case "read": {
      const { from, to, deputyName: deputy } = reading;
      const { absence, warnings } = await absences.set({ from, to, deputy }, context.actor);
      const people = options.desk.settings().departments.flatMap(({ specialists }) => specialists);
      const nameOf = (account: string) => people.find((one) => one.account === account)?.name ?? null;
      return toTicketReply("ticket-work", "zh", `已登记：${describeAbsence(absence, nameOf)}`, [
        ...warnings.map(paragraph),
        paragraph("已在您名下的工单不会自动转走，请在离岗前办理或转派。发送“销假”可取消。"),
      ]);
    }
  }
}

async function cancelAll(
  { context }: TicketTurn,
  absences: NonNullable<TicketTurn["options"]["absences"]>,
): Promise<Reply> {
  const standing = absences.list(context.actor.account);
  for (const { absenceId } of standing) await absences.cancel(absenceId, context.actor);
  const line = standing.length > 0 ? "已销假，新的工单会照常通知您。" : "没有登记中的休假。";
  return toTicketReply("ticket-work", "zh", line);
}
