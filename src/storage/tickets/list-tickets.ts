import type { Knex } from "knex";
import type { Database } from "../dialect.ts";
import { toJson, toText } from "../row-values.ts";
import type { TicketFilter, TicketStore } from "../types.ts";
import {
  type EventRow,
  type TaskRow,
  type TicketRow,
  toEventRecord,
  toTaskRecord,
  toTicketRecord,
} from "./ticket-rows.ts";

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 1000;

/** Literals and not bound values, or the partial indices could not be used. */
const TICKET_IS_OPEN = "status not in ('已办结', '已撤回', '已合并')";
const TASK_IS_OPEN = "state not in ('closed', 'cancelled')";

type ListPart = Pick<
  TicketStore,
  | "get"
  | "getByNumber"
  | "eventsOf"
  | "hasEvent"
  | "ticketsWithEvent"
  | "list"
  | "count"
  | "eachBatch"
  | "dueTickets"
  | "openTasks"
>;

export function createListing({ read }: Database): ListPart {
  return {
    ...createSingles(read),
    list: (filter = {}) => list(read, filter),
    async count({ before: _page, limit: _size, ...filter } = {}) {
      const row: { count?: number | string } | undefined = await select(read, filter)
        .count({ count: "*" })
        .first();
      return Number(row?.count ?? 0);
    },
    // The span of time is kept from its index: every batch would sort all that is left of it.
    async eachBatch(
      afterId,
      size,
      { before: _page, limit: _size, openedFrom = "", openedTo, ...filter } = {},
    ) {
      const query = select(read, filter).orderBy("ticket_id").limit(size);
      if (openedFrom !== "") query.whereRaw("coalesce(opened_at, '') >= ?", [openedFrom]);
      if (openedTo !== undefined) query.whereRaw("coalesce(opened_at, '') < ?", [openedTo]);
      if (afterId !== null) query.where("ticket_id", ">", toText(afterId));
      const rows: TicketRow[] = await query.select("tickets.*");
      return rows.map(toTicketRecord);
    },
    // A ticket of several tasks may take several rows: then there are fewer than the limit, and the rest comes next time.
    async dueTickets(at, limit) {
      const ids: string[] = await read("ticket_tasks")
        .whereRaw(`${TASK_IS_OPEN} and check_at is not null`)
        .where("check_at", "<=", at.toISOString())
        .orderBy(["check_at", "ticket_id"])
        .limit(limit)
        .pluck("ticket_id");
      return [...new Set(ids)];
    },
    async openTasks({ department, assignee } = {}) {
      const query = read<TaskRow>("ticket_tasks").whereRaw(TASK_IS_OPEN).orderBy(["queued_at", "task_id"]);
      if (department !== undefined) query.where("department", toText(department));
      if (assignee !== undefined) query.where("assignee", toText(assignee));
      const rows: TaskRow[] = await query.select("*");
      return rows.map(toTaskRecord);
    },
  };
}

function createSingles(
  read: Knex,
): Pick<ListPart, "get" | "getByNumber" | "eventsOf" | "hasEvent" | "ticketsWithEvent"> {
  const find = async (column: "ticket_id" | "number", value: string) => {
    const row: TicketRow | undefined = await read("tickets").where(column, toText(value)).first();
    return row && toTicketRecord(row);
  };
  return {
    get: (ticketId) => find("ticket_id", ticketId),
    getByNumber: (number) => find("number", number),
    async eventsOf(ticketId) {
      const rows: EventRow[] = await read("ticket_events")
        .where("ticket_id", toText(ticketId))
        .orderBy("sequence");
      return rows.map(toEventRecord);
    },
    async hasEvent(ticketId, key) {
      const event = { ticket_id: toText(ticketId), event_key: toText(key) };
      return (await read("ticket_events").where(event).first("sequence")) !== undefined;
    },
    ticketsWithEvent: async (key) => read("ticket_events").where("event_key", toText(key)).pluck("ticket_id"),
  };
}

async function list(read: Knex, { before, limit = DEFAULT_LIMIT, ...filter }: TicketFilter) {
  const query = select(read, filter)
    .orderBy([
      { column: "opened_at", order: "desc" },
      { column: "ticket_id", order: "desc" },
    ])
    .limit(Math.max(0, Math.min(limit, MAX_LIMIT)));
  if (before) query.whereRaw("(opened_at, ticket_id) < (?, ?)", [before.openedAt, toText(before.ticketId)]);
  const rows: TicketRow[] = await query.select("tickets.*");
  return rows.map(toTicketRecord);
}

function select(read: Knex, filter: Omit<TicketFilter, "before" | "limit">): Knex.QueryBuilder {
  const query = read("tickets");
  for (const [column, value] of [
    ["asker_account", filter.askerAccount],
    ["enterprise_id", filter.enterpriseId],
    ["category", filter.category],
    ["urgency", filter.urgency],
  ] as const) {
    if (value !== undefined) query.where(column, toText(value));
  }
  if (filter.statuses !== undefined) query.whereIn("status", filter.statuses.map(toText));
  if (filter.open === true) query.whereRaw(TICKET_IS_OPEN);
  if (filter.openedFrom !== undefined) query.where("opened_at", ">=", filter.openedFrom);
  if (filter.openedTo !== undefined) query.where("opened_at", "<", filter.openedTo);
  narrowByTask(query, read, filter);
  narrowBySearch(query, filter.search ?? "");
  return query;
}

/** One and the same task has to be with all of them. */
function narrowByTask(query: Knex.QueryBuilder, read: Knex, filter: TicketFilter): void {
  const { department, departments, assignee } = filter;
  if (department === undefined && departments === undefined && assignee === undefined) return;
  const tasks = read("ticket_tasks as k").whereRaw("k.ticket_id = tickets.ticket_id").select("k.task_id");
  if (department !== undefined) tasks.where("k.department", toText(department));
  if (departments !== undefined) tasks.whereIn("k.department", departments.map(toText));
  if (assignee !== undefined) tasks.where("k.assignee", toText(assignee));
  query.whereExists(tasks);
}

/** The content is JSON: what is looked for is written as it stands there. */
function narrowBySearch(query: Knex.QueryBuilder, search: string): void {
  const wanted = search.trim().toLowerCase();
  if (wanted === "") return;
  const around = (text: string) => `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`;
  query.whereRaw("(number like ? escape '\\' or lower(content) like ? escape '\\')", [
    around(toText(wanted)),
    around(toJson(wanted).slice(1, -1)),
  ]);
}
