import type { Actor } from "../../../src/access/index.ts";
import type { Storage } from "../../../src/storage/index.ts";
import type {
  Absence,
  ActOutcome,
  NewRequest,
  OpenOutcome,
  RunningTicketDesk,
  TicketCommand,
} from "../../../src/triage/index.ts";
import type { Fuse } from "./fuse.ts";
import type { Ledger } from "./ledger.ts";
import type { Platform, PlatformOperation } from "./platform.ts";
import type { Random } from "./random.ts";

export interface SimulationOptions {
  seed: number;
  tickets: number;
  storage: Storage;
  /** Shares of steps with a fault; 1: as usual, 0: none. */
  faults?: number;
  /** Continues what earlier processes left. */
  earlier?: EarlierProcesses;
  /** What the platform does, before it is done; a file of it outlives the process. */
  journal?(operation: PlatformOperation): void;
  /** A request that is on its way to the desk for the first time. */
  onRequest?(request: NewRequest): void;
  /** Ends it before all tickets are opened; everything is checked all the same. */
  isOver?(): boolean;
  onProgress?(line: string): void;
  /** A request that was accepted, as soon as it was. */
  onAccepted?(requestKey: string, ticketId: string): void;
}

export interface EarlierProcesses {
  /** How many; keys and ids go on from there. */
  count: number;
  operations: readonly PlatformOperation[];
  requests: readonly NewRequest[];
  accepted: ReadonlyMap<string, string>;
}

export interface Counts {
  commands: number;
  opened: number;
  joined: number;
  spam: number;
  done: Map<string, number>;
  refused: Map<string, number>;
  unchanged: number;
  duplicates: number;
  crashes: number;
  redelivered: number;
  clockJumps: number;
  groupsLost: number;
  peopleGone: number;
  outages: number;
  turns: number;
  rests: number;
  checked: number;
}

/** A message or click on its way to the desk; the platform may bring it again. */
export type Delivery =
  | { kind: "open"; request: NewRequest }
  | { kind: "act"; ticketId: string; command: TicketCommand; by: Actor; key: string }
  | { kind: "merge"; ticketId: string; into: string; by: Actor; key: string }
  | { kind: "left"; chatId: string };

export type Delivered = {
  delivery: Delivery;
  outcome: ActOutcome | OpenOutcome | "crashed" | "left";
};

/** One running desk and all around it. */
export interface Simulation {
  options: SimulationOptions;
  random: Random;
  counts: Counts;
  ledger: Ledger;
  platform: Platform;
  desk: RunningTicketDesk;
  fuse: Fuse;
  /** Those who may not work at present. */
  gone: Set<string>;
  lostGroups: Set<string>;
  /** Out of office. */
  absences: Absence[];
  /** What comes again, or had no answer when the desk crashed. */
  late: Delivery[];
  /** Some that were sent long ago. */
  oldRequests: NewRequest[];
  /** Tickets that people work on. */
  active: string[];
  doneKeys: Set<string>;
  /** Words of people, newest last. */
  lastSaid: { ticketId: string; account: string; key: string }[];
  accepted: Map<string, string>;
  nextId: { request: number; key: number };
  step: number;
  /** Everything is up again, and there was time to notice. */
  hasEnded: boolean;
  now(): Date;
  advance(milliseconds: number): void;
  restart(): Promise<void>;
}

export function countUp(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
