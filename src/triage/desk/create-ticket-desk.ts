import { can } from "../../access/index.ts";
import type { Classification, ReplyTemplate, Ticket } from "../types.ts";
import { type ActOnTicket, createActOnTicket, readEvents } from "./act-on-ticket.ts";
import { partyFor } from "./decide-with.ts";
import type { TicketDeskOptions } from "./desk-parts.ts";
import type { TicketDesk, TicketTeller } from "./desk-types.ts";
import { createPersonalTickets, type PersonalTickets } from "./keep-personal-data.ts";
import { createPlaceKeeper } from "./keep-places.ts";
import { leaveChat } from "./leave-chat.ts";
import { mergeTwo } from "./merge-two.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { createTicketOpener } from "./open-ticket.ts";
import { departmentNames } from "./party-of.ts";
import { createClockRunner } from "./run-clocks.ts";
import { createEffectSender } from "./send-effects.ts";
import { createCardSync } from "./sync-cards.ts";
import { createTicketViews } from "./view-tickets.ts";

export interface RunningTicketDesk extends TicketDesk {
  /** Clocks that are due, people who are gone, what is to be told, cards that are behind; safe to call at any time. */
  work(teller: TicketTeller): Promise<DeskWork>;
  /** The bot is no longer in this chat: its cards there are gone, and open tasks go where somebody can see them. */
  leftChat(channel: string, chatId: string): Promise<void>;
  /** Its author took a message back; `key` is that under which it was acted on. */
  recallMessage(key: string): Promise<void>;
  /** What is kept of an asker. */
  personalData: PersonalTickets;
}

/** All zero but `waiting`: nothing more to do for now. */
export interface DeskWork {
  ticked: number;
  released: number;
  /** Done with, whether anybody could be told or not. */
  told: number;
  /** Put, edited or found gone. */
  cards: number;
  /** Waiting for a platform, or to be tried again. */
  waiting: number;
}

export interface CreateTicketDeskOptions extends TicketDeskOptions {
  safetyNoticeOf(found: Classification): string | null;
}

const LOOK_EVERY_MS = 60_000;

/** Tickets from opening to the end, over a store. */
export function createTicketDesk(options: CreateTicketDeskOptions): RunningTicketDesk {
  const act = createActOnTicket(options);
  const clocks = createClockRunner(options, act);
  const sendEffects = createEffectSender(options, act);
  const syncCards = createCardSync(options, act);
  const keepPlaces = createPlaceKeeper(options, act);
  let lookedAt = Number.NEGATIVE_INFINITY;
  /** What reads every open task is not done at every turn. */
  const isTimeToLook = () => {
    const now = options.clock().getTime();
    if (Math.abs(now - lookedAt) < LOOK_EVERY_MS) return false;
    lookedAt = now;
    return true;
  };
  const work = async (teller: TicketTeller): Promise<DeskWork> => {
    const looks = isTimeToLook();
    const ticked = await clocks.tick();
    const released = looks ? await clocks.releaseGone() : 0;
    const effects = await sendEffects(teller);
    const cards = await syncCards(teller);
    const placed = looks ? await keepPlaces() : 0;
    return {
      ...{ ticked, released },
      told: effects.sent + effects.unreachable,
      cards: cards.written + cards.gone + placed,
      waiting: effects.failed + cards.waiting,
    };
  };
  return {
    ...createTicketOpener(options, act, options),
    ...createTicketViews(options),
    act: act.act,
    merge: (ticketId, intoTicketId, by, key) => mergeTwo(options, ticketId, intoTicketId, by, key),
    recallMessage: (key) => recallMessage(key, options, act),
    personalData: createPersonalTickets(options.store, act),
    settings: options.settings,
    partyOf: (actor, ticket) => partyFor(options, actor, ticket),
    templatesFor: (ticket, by) => {
      const party = partyFor(options, by, ticket);
      if (!can(by.roles, "work-tickets")) return [];
      const { categories } = categoriesOf(ticket);
      return options
        .settings()
        .templates.filter((one) => one.categories?.some((each) => categories.has(each)) ?? true)
        .map((template) => fillTemplate(template, ticket, party, departmentNames(options.settings())));
    },
    work: oneAtATime(work),
    leftChat: (channel, chatId) => leaveChat({ channel, chatId }, options, act),
  };
}

async function recallMessage(key: string, options: TicketDeskOptions, { act }: ActOnTicket): Promise<void> {
  for (const ticketId of await options.store.ticketsWithEvent(key)) {
    const event = (await readEvents(options, ticketId)).find((each) => each.key === key);
    if (!event) continue;
    const author = { account: event.by, roles: await options.rolesOf(event.by) };
    await act(ticketId, { do: "recall-message", messageKey: key }, author, `${key}#recalled`);
  }
}

function categoriesOf({ classification, tasks }: Ticket): { categories: Set<string> } {
  return { categories: new Set([classification.category, ...tasks.map(({ category }) => category)]) };
}

function fillTemplate(
  template: ReplyTemplate,
  ticket: Ticket,
  { account, name, departments }: ReturnType<typeof partyFor>,
  names: Readonly<Record<string, string>>,
): ReplyTemplate {
  const task = ticket.tasks.find(({ assignee }) => assignee === account) ?? ticket.tasks[0];
  const department = task?.department ?? departments[0] ?? "";
  const values: Readonly<Record<string, string>> = {
    企业: ticket.enterprise?.name ?? "贵企业",
    专员: name ?? "服务专员",
    部门: names[department] ?? "承办部门",
    工单: ticket.number,
  };
  const text = template.text.replace(
    /\{(企业|专员|部门|工单)\}/gu,
    (whole, word: string) => values[word] ?? whole,
  );
  return { ...template, text };
}
