import type { ActionPlace } from "../shared/wire.ts";

/** What a reply's buttons can do. */
export interface ReplyDeeds {
  /** Puts a suggested question, or the same again. */
  ask(question: string): void;
  /** Does what a button says; resolves when there is an outcome. */
  press(place: ActionPlace, label: string, form?: Record<string, string>): Promise<void>;
}
