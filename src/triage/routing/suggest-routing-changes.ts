import type { CategoryId } from "../classification-types.ts";
import type { DeskSettings, RoutingRule, RoutingSuggestion } from "../settings-types.ts";
import type { Reroute, Ticket, TicketTask } from "../ticket-types.ts";
import { findRule } from "./find-rule.ts";
import { findTellingWords } from "./find-telling-words.ts";

export interface SuggestionOptions {
  /** Tickets opened from this instant on; ISO 8601. */
  since: string;
  /** Re-routings of one kind from which a change is worth a thought. Default 3. */
  minCount?: number;
  /** Share of what a rule sent there. Default 0.3. */
  minShare?: number;
}

interface Sent {
  category: CategoryId;
  ruleId: string | null;
  from: string;
  /** Where it ended; `from` when it stayed. */
  to: string;
  text: string;
  reasons: readonly string[];
}

const MOST_REASONS = 3;

/**
 * Changes of the table that people made by hand again and again: counted from transfers and returns. Whoever could not be
 * reached tells nothing about the table. Most frequent first; what the table does by now is not offered again.
 */
export function suggestRoutingChanges(
  tickets: Iterable<Ticket>,
  settings: Pick<DeskSettings, "departments" | "routing">,
  { since, minCount = 3, minShare = 0.3 }: SuggestionOptions,
): RoutingSuggestion[] {
  const sent = collectSent(tickets, Date.parse(since));
  const groups = Map.groupBy(sent, ({ category, ruleId, from }) => [category, ruleId ?? "", from].join("|"));
  const suggestions: RoutingSuggestion[] = [];
  for (const group of groups.values()) {
    const moved = Map.groupBy(
      group.filter(({ from, to }) => from !== to),
      ({ to }) => to,
    );
    for (const [to, rerouted] of moved) {
      if (rerouted.length < minCount || rerouted.length / group.length < minShare) continue;
      if (!settings.departments.some(({ id }) => id === to)) continue;
      const suggestion = toSuggestion(rerouted, group, settings, minCount);
      if (suggestion) suggestions.push(suggestion);
    }
  }
  return suggestions.toSorted((one, other) => other.rerouted - one.rerouted || other.routed - one.routed);
}

function collectSent(tickets: Iterable<Ticket>, since: number): Sent[] {
  const sent: Sent[] = [];
  for (const ticket of tickets) {
    if (Date.parse(ticket.openedAt) < since || ticket.mergedInto !== null) continue;
    for (const task of ticket.tasks) {
      const one = readTask(task, ticket);
      if (one) sent.push(one);
    }
  }
  return sent;
}

/** null: what became of it does not speak of the table (nobody was there, an administrator moved the department's tasks). */
function readTask(task: TicketTask, ticket: Ticket): Sent | null {
  const { category, ruleId, reroutes, department } = task;
  const moves = reroutes.filter(({ from, to }) => from !== to);
  if (moves.some(({ kind }) => kind === "unreachable" || kind === "settings")) return null;
  const text = ticket.tasks.length > 1 ? task.summary : ticket.text;
  return {
    category,
    ruleId,
    from: moves[0]?.from ?? department,
    to: department,
    text,
    reasons: moves.map(sayReason).filter((reason) => reason !== ""),
  };
}

function sayReason({ reason }: Reroute): string {
  return reason.trim();
}

function toSuggestion(
  rerouted: readonly Sent[],
  group: readonly Sent[],
  settings: Pick<DeskSettings, "departments" | "routing">,
  minCount: number,
): RoutingSuggestion | null {
  const [first] = rerouted;
  if (!first) return null;
  const { category, from, to } = first;
  const pending = rerouted.filter((one) => leadsNow(one, settings.routing) !== to);
  if (pending.length < minCount) return null;
  return {
    category,
    fromDepartment: from,
    toDepartment: to,
    rerouted: rerouted.length,
    routed: group.length,
    reasons: countReasons(rerouted),
    rule: proposeRule(pending, group, settings.routing, minCount),
  };
}

/** As far as the words tell: of the enterprise a ticket keeps what it agreed to show, not what routing knew. */
function leadsNow({ category, text }: Sent, routing: readonly RoutingRule[]): string | null {
  const found = findRule({ category, urgency: "中", text, traits: {} }, routing);
  return found?.rule.departments[0] ?? null;
}

function countReasons(rerouted: readonly Sent[]): string[] {
  const counts = Map.groupBy(
    rerouted.flatMap(({ reasons }) => reasons),
    (reason) => reason,
  );
  return [...counts]
    .toSorted(([, one], [, other]) => other.length - one.length)
    .slice(0, MOST_REASONS)
    .map(([reason, all]) => (all.length > 1 ? `${reason}（${all.length} 次）` : reason));
}

/**
 * Most of what the rule sends goes elsewhere: its leading department changes. Some of it: a finer rule by the words that tell
 * them apart; without such words the other department is named beside.
 */
function proposeRule(
  rerouted: readonly Sent[],
  group: readonly Sent[],
  routing: readonly RoutingRule[],
  minCount: number,
): RoutingRule {
  const { category, from, to, ruleId } = rerouted[0] as Sent;
  const present = routing.find(({ id }) => id === ruleId);
  const note = `由园区维护的分派表，非文件规定。根据转派统计调整：${group.length} 件中 ${rerouted.length} 件转出`;
  if (rerouted.length / group.length >= 0.5) {
    const departments = [to, ...(present?.departments ?? []).filter((id) => id !== to && id !== from)];
    return { ...narrow(present, category, routing), departments, note };
  }
  const stayed = group.filter(({ to: end }) => end === from).map(({ text }) => text);
  const words = findTellingWords(
    rerouted.map(({ text }) => text),
    stayed,
    Math.min(minCount, 3),
  );
  const finer = words.length > 0 ? refine(present, category, words) : null;
  if (!finer) {
    return {
      ...narrow(present, category, routing),
      departments: [...(present?.departments ?? [from]), to],
      note,
    };
  }
  return { ...finer, id: freeId(`R-${category}-${to}`, routing), departments: [to], note };
}

/** Conditions that hold less often than the rule's, so that they win; null: the rule asks for two lists of words already. */
function refine(
  present: RoutingRule | undefined,
  category: CategoryId,
  words: readonly string[],
): Omit<RoutingRule, "id" | "departments"> | null {
  if (present?.withWords) return null;
  const {
    id: _id,
    assignee: _assignee,
    queue: _queue,
    departments: _departments,
    ...conditions
  } = present ?? emptyRule;
  const all = { ...conditions, categories: [category] };
  return present?.words ? { ...all, withWords: words } : { ...all, words };
}

const emptyRule: RoutingRule = { id: "", departments: [] };

/** The rule itself when it is for this category alone, else one of its own for the category. Its person and group stay behind. */
function narrow(
  present: RoutingRule | undefined,
  category: CategoryId,
  routing: readonly RoutingRule[],
): Omit<RoutingRule, "departments"> {
  if (!present) return { id: freeId(`R-${category}`, routing), categories: [category] };
  const { assignee: _assignee, queue: _queue, departments: _departments, ...conditions } = present;
  const own = present.categories?.length === 1 && present.categories[0] === category;
  if (own) return conditions;
  return { ...conditions, id: freeId(`${present.id}-${category}`, routing), categories: [category] };
}

function freeId(wanted: string, routing: readonly RoutingRule[]): string {
  const taken = new Set(routing.map(({ id }) => id));
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number += 1) {
    if (!taken.has(`${wanted}-${number}`)) return `${wanted}-${number}`;
  }
}

/** The table with a suggested rule: in the place of the one it changes, else before all others. */
export function withRule(routing: readonly RoutingRule[], rule: RoutingRule): RoutingRule[] {
  const there = routing.some(({ id }) => id === rule.id);
  return there ? routing.map((one) => (one.id === rule.id ? rule : one)) : [rule, ...routing];
}
