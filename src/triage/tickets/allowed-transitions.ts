import type { TaskState, TicketCommand } from "../types.ts";

export type CommandName = TicketCommand["do"];

export const LIVE_STATES = [
  "queued",
  "claimed",
  "asking",
  "answered",
] as const satisfies readonly TaskState[];

type Transitions = Readonly<Partial<Record<TaskState, readonly TaskState[]>>>;

const anyLive = (next: TaskState): Transitions =>
  Object.fromEntries(LIVE_STATES.map((state) => [state, [next]]));

/**
 * State × command → the states that may follow. A command that is absent changes no task's state; a state that is absent
 * refuses the command. What concerns the whole ticket (asker-say, cancel, reopen, merge-into, tick) holds for each of its tasks.
 */
export const TRANSITIONS: Readonly<Partial<Record<CommandName, Transitions>>> = {
  // Answered without anybody: its specialist is gone.
  claim: { queued: ["claimed"], answered: ["answered"] },
  release: { claimed: ["queued"], asking: ["queued"] },
  transfer: {
    queued: ["queued", "claimed"],
    claimed: ["queued", "claimed"],
    asking: ["queued", "claimed", "asking"],
    answered: ["queued", "claimed", "answered"],
  },
  return: anyLive("queued"),
  ask: anyLive("asking"),
  reply: anyLive("answered"),
  close: anyLive("closed"),
  "undo-close": { closed: LIVE_STATES },
  "asker-say": {
    queued: ["queued"],
    claimed: ["claimed"],
    asking: ["claimed", "asking"],
    answered: ["claimed", "queued", "answered"],
  },
  cancel: anyLive("cancelled"),
  reopen: { closed: ["queued", "claimed"] },
  "merge-into": anyLive("cancelled"),
  tick: { queued: ["queued"], claimed: ["claimed"], asking: ["asking"], answered: ["answered", "closed"] },
  unassign: { claimed: ["queued"], asking: ["queued"], answered: ["answered"] },
  // Itself: where the fallback cannot be reached either, it stays where it is.
  unreachable: {
    queued: ["queued"],
    claimed: ["queued", "claimed"],
    asking: ["queued", "asking"],
    answered: ["queued", "answered"],
  },
};

/**
 * Who may. `holder`: whoever has the task, or anybody of the department while nobody has it. `holder-or-lead`: also leads and
 * admins over the head of the one who has it. `staff`: of any department of the ticket.
 */
export type Authority =
  | "system"
  | "asker"
  | "author"
  | "staff"
  | "holder"
  | "holder-or-lead"
  | "closer-or-lead";

export const AUTHORITIES: Readonly<Record<CommandName, Authority>> = {
  claim: "holder",
  release: "holder-or-lead",
  transfer: "holder-or-lead",
  return: "holder-or-lead",
  ask: "holder",
  reply: "holder",
  close: "holder-or-lead",
  "undo-close": "closer-or-lead",
  note: "staff",
  "add-task": "staff",
  reclassify: "staff",
  "asker-say": "asker",
  "recall-message": "author",
  cancel: "asker",
  reopen: "asker",
  rate: "asker",
  "merge-into": "staff",
  absorb: "staff",
  tick: "system",
  unassign: "system",
  unreachable: "system",
  "link-faq": "staff",
};
