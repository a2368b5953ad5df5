import type { Actor } from "../../access/index.ts";
import type { CardRecord, TicketFilter } from "../../storage/index.ts";
import type {
  CategoryId,
  DeskSettings,
  DraftAnswer,
  EnterpriseTraits,
  Party,
  Refusal,
  ReplyTemplate,
  Ticket,
  TicketAsker,
  TicketCommand,
  TicketEffect,
  TicketEvent,
  TicketFile,
  TicketProposal,
  Urgency,
} from "../types.ts";

export interface NewRequest {
  /** Key of the message or request; one ticket for one key. */
  requestKey: string;
  asker: TicketAsker;
  text: string;
  /** Earlier questions of the thread, oldest first. */
  context: readonly string[];
  files: readonly TicketFile[];
  enterpriseId: string | null;
  /** Null: the asker did not agree to show it. */
  enterprise: Ticket["enterprise"];
  traits?: EnterpriseTraits;
  /** Null: none, or no consent to pass it on. */
  contact: string | null;
  draft: DraftAnswer | null;
  /** Set by a person instead of what was recognised. */
  category?: CategoryId;
  urgency?: Urgency;
}

export type OpenOutcome =
  /** `nobody`: it is kept, but no department, fallback or admin can be told yet; the asker must hear that. */
  | {
      outcome: "opened";
      ticket: Ticket;
      reach: "department" | "fallback" | "admins" | "nobody";
      /** With `fallback`: tasks that go there, when others are taken where they belong. */
      missed?: readonly string[];
    }
  /** The same request key again. */
  | { outcome: "known"; ticket: Ticket }
  /** The same matter stands open for this asker or enterprise: what was written went there. */
  | { outcome: "joined"; ticket: Ticket }
  | { outcome: "spam" };

export type ActOutcome =
  | { outcome: "done" | "unchanged" | "repeated"; ticket: Ticket }
  | { outcome: "refused"; refusal: Refusal; ticket: Ticket };

/** A ticket as this actor may see it: without contact for those who have not claimed it, without notes for the asker. */
export interface TicketView {
  ticket: Ticket;
  events: readonly TicketEvent[];
  departmentNames: Readonly<Record<string, string>>;
  party: Party;
  /** What this actor could do now. */
  may: readonly TicketCommand["do"][];
}

export interface TicketListing {
  ticket: Ticket;
  departmentNames: Readonly<Record<string, string>>;
  /** Earliest end of a clock that runs; null: none. */
  dueAt: string | null;
  breached: boolean;
}

/** A card of ours that a message stands under. */
export interface FoundCard {
  ticket: Ticket;
  taskId: string;
  card: CardRecord;
}

/** How the desk reaches people; made by the conversation. Every call may be repeated: keys keep it single. */
export interface TicketTeller {
  /** `unreachable`: there is no way to that person or place. */
  tell(message: {
    key: string;
    /** `group`: `feishu:oc_…`. */
    to: { kind: "asker" } | { kind: "person"; account: string } | { kind: "group"; group: string };
    effect: TicketEffect;
    ticket: Ticket;
    departmentNames: Readonly<Record<string, string>>;
  }): Promise<"sent" | "unreachable">;
  /** Puts a card, or edits it when `receipt` is given. */
  showCard(request: {
    key: string;
    card: Pick<CardRecord, "cardId" | "channel" | "chatId" | "chatKind" | "taskId">;
    receipt: string | null;
    ticket: Ticket;
    events: readonly TicketEvent[];
    settings: DeskSettings;
  }): Promise<"sent" | "unreachable">;
  /** Of a message put by `key`. */
  stateOf(
    channel: string,
    key: string,
  ): Promise<{ state: "pending" | "delivered" | "dead"; receipt: string | null } | undefined>;
}

/** Tickets as chat, REST and command line use them. Rights are checked here. */
export interface TicketDesk {
  /** Classified and routed; writes nothing. `similar`: an open ticket of the same asker or enterprise on the same matter. */
  propose(
    text: string,
    known?: { account?: string; enterpriseId?: string | null; traits?: EnterpriseTraits },
  ): Promise<TicketProposal & { similar: Ticket | null }>;
  open(request: NewRequest): Promise<OpenOutcome>;
  /** `key`: of the message or click; the same key is done once. */
  act(ticketId: string, command: TicketCommand, by: Actor, key: string): Promise<ActOutcome>;
  /** Both end as one; the other's asker is told. Needs a specialist of one of them, or an admin. */
  merge(ticketId: string, intoTicketId: string, by: Actor, key: string): Promise<ActOutcome>;
  /** By id or number. Throws `not-found`, also when this actor may not learn of it. */
  view(ticket: string, by: Actor): Promise<TicketView>;
  list(filter: TicketFilter, by: Actor): Promise<TicketListing[]>;
  /** Of the asker, newest first, open ones and those that may still be reopened. */
  ticketsOf(account: string): Promise<Ticket[]>;
  /** The open ticket whose thread this is, newest. */
  activeIn(sessionKey: string, account?: string): Promise<Ticket | undefined>;
  eventsOf(ticketId: string): Promise<TicketEvent[]>;
  findByCard(channel: string, messageIds: readonly string[]): Promise<FoundCard | undefined>;
  templatesFor(ticket: Ticket, by: Actor): readonly ReplyTemplate[];
  settings(): DeskSettings;
  /** Party of an account: role and departments by the settings. */
  partyOf(actor: Actor, ticket?: Ticket): Party;
}
