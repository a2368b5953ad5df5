import fc from "fast-check";
import type { CommandName } from "../../src/triage/tickets/allowed-transitions.ts";
import { AUTHORITIES } from "../../src/triage/tickets/index.ts";
import type { TicketCommand, TicketTask } from "../../src/triage/types.ts";
import { type Person, people } from "./decided-tickets.ts";

export const COMMAND_NAMES = Object.keys(AUTHORITIES) as CommandName[];
/** In notes and reasons only: never to be seen by the asker. */
export const SECRET = "内部事由";

export interface RandomStep {
  who: Person;
  /** Picks one of what this person may do, or of all commands. */
  pick: number;
  willing: boolean;
  task: number;
  words: string;
  reason: string;
  place: { department: string; assignee?: string };
  number: number;
  jumpMinutes: number;
  standIn: "wanted" | "deputy" | "nobody";
}

const usually = <Value>(usual: Value, ...others: Value[]) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );

const OFTEN: readonly Person[] = [
  "s1",
  "s1",
  "s1",
  "f1",
  "admin",
  "asker",
  "asker",
  "asker",
  "system",
  "system",
];

const aStep: fc.Arbitrary<RandomStep> = fc.record({
  who: fc.constantFrom(...(Object.keys(people) as Person[]), ...OFTEN),
  pick: fc.nat({ max: 10_000 }),
  willing: fc.boolean(),
  task: fc.nat({ max: 3 }),
  words: usually("请说明所处阶段", "", "  ", "长".repeat(4001)),
  reason: usually(SECRET, "", "长".repeat(501)),
  place: fc.constantFrom<RandomStep["place"][]>(
    { department: "science" },
    { department: "finance" },
    { department: "science", assignee: "feishu:s1" },
    { department: "science", assignee: "feishu:s2" },
    { department: "finance", assignee: "feishu:f1" },
    { department: "finance", assignee: "feishu:s1" },
    { department: "desk", assignee: "feishu:d1" },
    { department: "nowhere" },
  ),
  number: fc.integer({ min: 0, max: 6 }),
  jumpMinutes: fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: 20 }) },
    { weight: 4, arbitrary: fc.integer({ min: 20, max: 600 }) },
    { weight: 2, arbitrary: fc.integer({ min: 0, max: 5 * 24 * 60 }) },
    { weight: 1, arbitrary: fc.integer({ min: -3 * 24 * 60, max: 0 }) },
  ),
  standIn: usually<RandomStep["standIn"]>("wanted", "deputy", "nobody"),
});

export const fewSteps = fc.array(aStep, { maxLength: 12, size: "max" });
export const someSteps = fc.array(aStep, { minLength: 10, maxLength: 60, size: "max" });

export function toCommand(
  name: CommandName,
  step: RandomStep,
  tasks: readonly TicketTask[],
  keys: readonly string[],
): TicketCommand {
  const taskId = tasks[step.task % (tasks.length + (step.willing ? 0 : 1))]?.taskId ?? "none";
  const { words: text, reason, place: to, number } = step;
  const urgency = (["紧急", "高", "中", "低"] as const)[number % 4] ?? "中";
  const category = number % 2 === 0 ? "C02" : "C05";
  const byName: { [Name in CommandName]: Omit<Extract<TicketCommand, { do: Name }>, "do"> } = {
    claim: { taskId },
    release: { taskId, reason },
    transfer: { taskId, to, reason },
    return: { taskId, reason },
    ask: { taskId, text },
    reply: { taskId, text },
    close: { taskId, ...(number > 1 && { outcome: text }) },
    "undo-close": { taskId },
    note: { taskId: number > 3 ? taskId : null, text: text && `${SECRET}${text}`, mentions: ["feishu:s2"] },
    "add-task": { department: to.department, category: "C05", summary: text, reason },
    reclassify: { category, urgency, reason },
    "asker-say": { text },
    "recall-message": { messageKey: keys[number] ?? "none" },
    cancel: { reason: text.slice(0, 600) },
    reopen: {},
    rate: { score: number },
    "merge-into": { ticketId: number > 0 ? "T2" : "T1", number: "20260302-0002" },
    absorb: { ticketId: `T${number + 1}`, number: "20260302-0009", text },
    tick: {},
    unassign: { taskId, why: SECRET },
    unreachable: { taskId, why: SECRET },
    "link-faq": { faqId: `F${number}` },
  };
  return { do: name, ...byName[name] } as TicketCommand;
}
