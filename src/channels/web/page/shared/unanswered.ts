import type { PressedAction } from "./wire.ts";

const KEY = "xiance-unanswered";

export interface UnansweredEntry {
  clientMessageId: string;
  /** Of a pressed button: what stands on it. */
  text: string;
  action?: PressedAction;
  /** The server has it: shown after a reload, never sent again (files are not kept). */
  accepted?: true;
}

export interface Unanswered {
  all(): UnansweredEntry[];
  add(entry: UnansweredEntry): void;
  remove(clientMessageId: string): void;
}

/**
 * Messages of this browser that have no reply yet, so that a reload or a restart of the service loses none. They belong to
 * one session; those of another are dropped.
 */
export function createUnanswered(session: string): Unanswered {
  let entries = read(session);
  const without = (id: string) => entries.filter((entry) => entry.clientMessageId !== id);
  const save = (next: UnansweredEntry[]) => {
    entries = next;
    try {
      localStorage.setItem(KEY, JSON.stringify({ session, entries }));
    } catch {
      // Private browsing without storage: the page works, only a reload forgets what is unanswered.
    }
  };
  return {
    all: () => [...entries],
    add: (entry) => save([...without(entry.clientMessageId), entry]),
    remove: (id) => save(without(id)),
  };
}

function read(session: string): UnansweredEntry[] {
  try {
    const stored: { session?: string; entries?: UnansweredEntry[] } = JSON.parse(
      localStorage.getItem(KEY) ?? "{}",
    );
    return stored.session === session && Array.isArray(stored.entries) ? stored.entries : [];
  } catch {
    return [];
  }
}
