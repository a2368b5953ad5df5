import { toAppError } from "../../shared/index.ts";
import type { ActOnTicket } from "./act-on-ticket.ts";
import { loadTicket } from "./act-on-ticket.ts";
import type { TicketDeskOptions } from "./desk-parts.ts";

/** What lies in a department's group that is lost goes where somebody sees it; one that fails does not keep the others. */
export async function leaveChat(
  { channel, chatId }: { channel: string; chatId: string },
  options: TicketDeskOptions,
  act: ActOnTicket,
): Promise<void> {
  const { departments } = options.settings();
  const left = departments.filter(({ group }) => group === `${channel}:${chatId}`);
  for (const { id, name } of left) {
    options.logger.error({ department: id, alert: "department-group-lost" }, "the bot left a group");
    for (const { ticketId, taskId } of await options.store.openTasks({ department: id })) {
      try {
        await takeOut(ticketId, taskId, `机器人已被移出${name}的群`);
      } catch (thrown) {
        const error = toAppError(thrown);
        options.logger.error(
          { ticketId, errorId: error.id, error: error.message },
          "a task left in a lost group",
        );
      }
    }
  }

  async function takeOut(ticketId: string, taskId: string, why: string): Promise<void> {
    const { revision } = await loadTicket(options, ticketId);
    await act.bySystem(ticketId, { do: "unreachable", taskId, why }, `left-chat:${taskId}:${revision}`);
    for (const card of await options.store.cardsOf(ticketId)) {
      const isThere = card.taskId === taskId && card.channel === channel && card.chatId === chatId;
      if (isThere && card.state === "live") await options.store.updateCard(card.cardId, { state: "gone" });
    }
  }
}
