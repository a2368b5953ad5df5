import type { Actor, Role } from "../../../src/access/index.ts";
import type { NewRequest, TicketCommand } from "../../../src/triage/index.ts";
import type { KnownTicket } from "./ledger.ts";
import type { KnownTask } from "./replay-change.ts";
import { ADMINS, CATEGORY_IDS, SETTINGS } from "./simulated-settings.ts";
import type { Delivery, Simulation } from "./simulation-parts.ts";

const DEPARTMENT_IDS = SETTINGS.departments.map(({ id }) => id);
const byId = new Map(SETTINGS.departments.map((department) => [department.id, department]));

export function rolesOf(account: string, gone: ReadonlySet<string>): ReadonlySet<Role> {
  if (ADMINS.some((admin) => admin === account)) return new Set<Role>(["staff", "admin"]);
  const works = account.startsWith("feishu:ou_d") && !gone.has(account);
  return new Set<Role>(works ? ["staff", "specialist"] : ["staff"]);
}

const actorOf = ({ gone }: Simulation, account: string): Actor => ({
  account,
  roles: rolesOf(account, gone),
});

function sayings({ random }: Simulation, length: number): string {
  return Array.from({ length }, () => String.fromCodePoint(0x4e00 + random.below(3000))).join("");
}

/** Mostly new words; sometimes the same ones again, which belong to the ticket that is there. */
export function chooseRequest(simulation: Simulation): NewRequest {
  const { random, active, ledger, nextId } = simulation;
  nextId.request += 1;
  const requestKey = `request:${nextId.request}`;
  const again =
    random.chance(0.08) && active.length > 0 ? ledger.tickets.get(random.pick(active)) : undefined;
  if (again) return requestOf(requestKey, again.asker, again.text);
  const asker = `web:u${random.below(4000)}`;
  const count = random.weighted([
    [0.85, 1],
    [0.12, 2],
    [0.03, 3],
  ]);
  const urgency = random.weighted([
    [0.8, ""],
    [0.12, "着急"],
    [0.03, "险情"],
    [0.05, "不急"],
  ]);
  const spam = random.chance(0.005) ? "发票代开" : "";
  const text = `${random.some(CATEGORY_IDS, count).join("和")}${urgency}${spam}${sayings(simulation, 16)}`;
  return requestOf(requestKey, asker, text);
}

function requestOf(requestKey: string, account: string, text: string): NewRequest {
  const userId = account.slice(4);
  return {
    requestKey,
    asker: {
      ...{ account, userId, channel: "web", chatId: userId, chatKind: "direct" },
      ...{ sessionKey: `web/${userId}/${userId}/`, replyTarget: { session: userId } },
    },
    ...{ text, context: [], files: [], enterpriseId: null, enterprise: null, contact: null, draft: null },
  };
}

/** What people do at the same moment. `race`: a task that several reach for. */
export interface Moment {
  deliveries: Delivery[];
  race: string | null;
}

export function chooseMoment(simulation: Simulation, ticket: KnownTicket): Moment {
  const { random } = simulation;
  const live = ticket.tasks.filter(({ state }) => state !== "closed" && state !== "cancelled");
  const act = (account: string, command: TicketCommand): Delivery => {
    simulation.nextId.key += 1;
    const key = `click:${simulation.nextId.key}`;
    return { kind: "act", ticketId: ticket.ticketId, command, by: actorOf(simulation, account), key };
  };
  const moment = (...deliveries: Delivery[]): Moment => ({ deliveries, race: null });
  if (random.chance(0.03)) return moment(chooseNonsense(simulation, ticket, act));
  if (live.length === 0) return moment(...chooseAfterEnd(simulation, ticket, act));
  const task = random.pick(live);
  if (task.state === "queued") return chooseInQueue(simulation, ticket, task, act);
  return moment(...chooseAtWork(simulation, ticket, task, act));
}

type Act = (account: string, command: TicketCommand) => Delivery;

function peopleOf(task: KnownTask): readonly string[] {
  return byId.get(task.department)?.specialists.map(({ account }) => account) ?? [];
}

function chooseInQueue(simulation: Simulation, ticket: KnownTicket, task: KnownTask, act: Act): Moment {
  const { random } = simulation;
  const { taskId } = task;
  const people = random.some(peopleOf(task), 1 + random.below(4));
  const [first = ADMINS[0]] = people;
  const alone = (command: TicketCommand): Moment => ({ deliveries: [act(first, command)], race: null });
  const race = (command: () => TicketCommand): Moment => ({
    deliveries: people.map((account) => act(account, command())),
    race: taskId,
  });
  const choice = random.weighted([
    [55, () => race(() => ({ do: "claim", taskId }))],
    [18, () => race(() => ({ do: "reply", taskId, text: sayings(simulation, 10) }))],
    [4, () => race(() => ({ do: "close", taskId, outcome: sayings(simulation, 5) }))],
    [4, () => alone(chooseTransfer(simulation, task))],
    [3, () => alone({ do: "return", taskId, reason: "不属本部门" })],
    [3, () => alone({ do: "note", taskId, text: sayings(simulation, 6) })],
    [2, () => ({ deliveries: [act(ticket.asker, { do: "cancel" })], race: null })],
    [2, () => ({ deliveries: [chooseReclassify(simulation, act)], race: null })],
    [3, () => ({ deliveries: chooseMerge(simulation, ticket, first), race: null })],
    [
      6,
      () => ({
        deliveries: [act(ticket.asker, { do: "asker-say", text: sayings(simulation, 8) })],
        race: null,
      }),
    ],
  ] as const);
  return choice();
}

function chooseTransfer({ random }: Simulation, { taskId, department }: KnownTask): TicketCommand {
  const to = random.chance(0.3) ? department : random.pick(DEPARTMENT_IDS);
  const people = byId.get(to)?.specialists ?? [];
  const wanted = random.chance(0.4) ? { assignee: random.pick(people).account } : {};
  return { do: "transfer", taskId, to: { department: to, ...wanted }, reason: "请协助办理" };
}

function chooseReclassify({ random }: Simulation, act: Act): Delivery {
  const urgency = random.pick(["紧急", "高", "中", "低"] as const);
  const category = random.pick(CATEGORY_IDS);
  return act(random.pick(ADMINS), { do: "reclassify", category, urgency, reason: "更正" });
}

function chooseMerge(simulation: Simulation, ticket: KnownTicket, account: string): Delivery[] {
  const { random, active, nextId } = simulation;
  const into = random.pick(active);
  nextId.key += 1;
  const by = actorOf(simulation, account);
  return [{ kind: "merge", ticketId: ticket.ticketId, into, by, key: `click:${nextId.key}` }];
}

function chooseAtWork(simulation: Simulation, ticket: KnownTicket, task: KnownTask, act: Act): Delivery[] {
  const { random } = simulation;
  const { taskId, state } = task;
  const holder = task.assignee ?? random.pick(peopleOf(task));
  const other = random.pick(peopleOf(task));
  const say = () => sayings(simulation, 8);
  const asker = (text: string) => act(ticket.asker, { do: "asker-say", text });
  const addTask = (): TicketCommand => ({
    ...{ do: "add-task", department: random.pick(DEPARTMENT_IDS), category: random.pick(CATEGORY_IDS) },
    ...{ summary: say(), reason: "请协办" },
  });
  const choice = random.weighted<() => Delivery[]>([
    [state === "claimed" ? 14 : 2, () => [act(holder, { do: "ask", taskId, text: say() })]],
    [state === "answered" ? 3 : 30, () => [act(holder, { do: "reply", taskId, text: say() })]],
    [state === "asking" ? 40 : 8, () => [asker(say())]],
    [state === "answered" ? 45 : 8, () => [act(holder, { do: "close", taskId, outcome: say() })]],
    [2, () => chooseRecall(simulation, act)],
    // The answer and the asker's word cross; another answers at the same moment.
    [5, () => [act(holder, { do: "reply", taskId, text: say() }), asker(say())]],
    [
      5,
      () => [
        act(holder, { do: "reply", taskId, text: say() }),
        act(other, { do: "reply", taskId, text: say() }),
      ],
    ],
    [
      4,
      () => [
        act(holder, chooseTransfer(simulation, task)),
        act(holder, { do: "reply", taskId, text: say() }),
      ],
    ],
    [3, () => [act(holder, { do: "release", taskId }), act(other, { do: "claim", taskId })]],
    [3, () => [act(holder, chooseTransfer(simulation, task))]],
    [2, () => [act(holder, { do: "return", taskId, reason: "不属本部门" })]],
    [4, () => [act(other, { do: "note", taskId, text: say(), mentions: [random.pick(peopleOf(task))] })]],
    [3, () => [act(holder, addTask())]],
    [2, () => [chooseReclassify(simulation, act)]],
    [2, () => chooseMerge(simulation, ticket, holder)],
    [2, () => [act(ticket.asker, { do: "cancel" })]],
  ]);
  return choice();
}

/** Somebody takes back what they said. */
function chooseRecall({ random, lastSaid }: Simulation, act: Act): Delivery[] {
  if (lastSaid.length === 0) return [];
  const { ticketId, account, key } = random.pick(lastSaid);
  return [{ ...act(account, { do: "recall-message", messageKey: key }), ticketId } as Delivery];
}

function chooseAfterEnd({ random }: Simulation, ticket: KnownTicket, act: Act): Delivery[] {
  const closed = ticket.tasks.find(({ state }) => state === "closed");
  const closer = closed?.assignee ?? ADMINS[0];
  const { asker } = ticket;
  const choice = random.weighted<() => Delivery[]>([
    [10, () => (closed ? [act(closer, { do: "undo-close", taskId: closed.taskId })] : [])],
    [8, () => [act(asker, { do: "reopen" })]],
    [4, () => [act(asker, { do: "asker-say", text: "还想补充" })]],
    [45, () => [act(asker, { do: "rate", score: 1 + random.below(6) })]],
    [
      2,
      () => [act(asker, { do: "reopen" }), act(closer, { do: "undo-close", taskId: closed?.taskId ?? "" })],
    ],
    [2, () => [act(ADMINS[0], { do: "link-faq", faqId: `faq-${ticket.number}` })]],
  ]);
  return choice();
}

/** A click on an old card, by somebody without the right, with a wrong text. */
function chooseNonsense({ random, gone }: Simulation, ticket: KnownTicket, act: Act): Delivery {
  const task = random.pick(ticket.tasks);
  const { taskId } = task;
  const anybody = random.pick([
    ...["web:u1", "feishu:ou_nobody", ...ADMINS, ...gone],
    ...SETTINGS.departments.map((each) => each.specialists[0]?.account ?? ""),
  ]);
  return random.pick([
    () => act(anybody, { do: "claim", taskId }),
    () => act(anybody, { do: "reply", taskId, text: "" }),
    () => act(anybody, { do: "reply", taskId, text: "长".repeat(5000) }),
    () => act(anybody, { do: "close", taskId: "no-such-task" }),
    () => act(anybody, { do: "transfer", taskId, to: { department: "nowhere" }, reason: "试" }),
    () => act(anybody, { do: "undo-close", taskId }),
    () => act(anybody, { do: "rate", score: 9 }),
    () => act(anybody, { do: "release", taskId }),
    () => act(anybody, { do: "tick" }),
    () => act(ticket.asker, { do: "claim", taskId }),
  ])();
}
