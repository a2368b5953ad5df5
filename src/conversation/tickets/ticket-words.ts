import type { Ticket, TicketStatus, TicketTask, Urgency } from "../../triage/index.ts";
import { type Language, say } from "./ticket-parts.ts";

type Names = Readonly<Record<string, string>>;

const STATUS_EN: Readonly<Record<TicketStatus, string>> = {
  待认领: "waiting to be taken",
  处理中: "being worked on",
  待企业补充: "waiting for your answer",
  已回复: "answered",
  已办结: "closed",
  已撤回: "withdrawn",
  已合并: "merged into another ticket",
};

const URGENCY_EN: Readonly<Record<Urgency, string>> = { 紧急: "urgent", 高: "high", 中: "normal", 低: "low" };

export function nameStatus(status: TicketStatus, language: Language): string {
  return say(language, status, STATUS_EN[status] ?? status);
}

export function nameUrgency(urgency: Urgency, language: Language): string {
  return say(language, urgency, URGENCY_EN[urgency] ?? urgency);
}

export function nameDepartment(department: string, names: Names): string {
  return Object.hasOwn(names, department) ? (names[department] ?? department) : department;
}

/** `区科委·张三`, `区科委`. */
export function nameHolder(task: Pick<TicketTask, "department" | "assigneeName">, names: Names): string {
  const department = nameDepartment(task.department, names);
  return task.assigneeName ? `${department}·${task.assigneeName}` : department;
}

const STATE_NAMES: Readonly<Record<TicketTask["state"], readonly [string, string]>> = {
  queued: ["待认领", "waiting to be taken"],
  claimed: ["处理中", "being worked on"],
  asking: ["等待您补充", "waiting for your answer"],
  answered: ["已回复", "answered"],
  closed: ["已办结", "closed"],
  cancelled: ["已撤回", "withdrawn"],
};

export function nameState(state: TicketTask["state"], language: Language): string {
  const [zh, en] = STATE_NAMES[state];
  return say(language, zh, en);
}

export function isLiveTask({ state }: Pick<TicketTask, "state">): boolean {
  return state !== "closed" && state !== "cancelled";
}

export function isOpen({ status }: Pick<Ticket, "status">): boolean {
  return status !== "已办结" && status !== "已撤回" && status !== "已合并";
}

/** Full-width letters and digits as plain ones; everything else as it was written. */
export function foldWidth(text: string): string {
  return text.replace(/[０-９Ａ-Ｚａ-ｚ]/gu, (letter) => letter.normalize("NFKC"));
}

/** Who hears a word of the asker: those who asked, else all who are on it. */
export function namesOfHearers(ticket: Pick<Ticket, "tasks">, names: Names): string {
  const live = ticket.tasks.filter(isLiveTask);
  const asking = live.filter(({ state }) => state === "asking");
  return (asking.length > 0 ? asking : live).map((task) => nameHolder(task, names)).join("、");
}

/** The last digits by which people call a ticket. */
export function shortNumber(number: string): string {
  return number.slice(number.indexOf("-") + 1);
}

export function cut(text: string, length: number): string {
  const characters = [...text.replace(/\s+/gu, " ").trim()];
  return characters.length > length ? `${characters.slice(0, length - 1).join("")}…` : characters.join("");
}

export function languageOf(ticket: Pick<Ticket, "classification">): Language {
  return ticket.classification.language;
}
