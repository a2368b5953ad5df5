import type { Refusal, TicketFile } from "../types.ts";
import { refuseReasonMissing, refuseTextMissing, refuseTooLong } from "./refuse.ts";

/** In characters as people count them. */
export const MAX_TEXT = 4000;
export const MAX_REASON = 500;

/** Something can be seen: a letter, a digit, a sign. Characters without a shape are no words. */
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

function trim(text: string): string {
  return VISIBLE.test(text) ? text.trim() : "";
}

/** Trimmed. A message may be of files alone; then its text is empty. */
export function readText(
  text: string,
  [zh, en]: readonly [zh: string, en: string],
  files: readonly TicketFile[] = [],
): { text: string } | Refusal {
  const trimmed = trim(text);
  if (trimmed === "" && files.length === 0) return refuseTextMissing(zh, en);
  const { length } = [...trimmed];
  return length > MAX_TEXT ? refuseTooLong(zh, en, length, MAX_TEXT) : { text: trimmed };
}

export function readReason(reason: string): { text: string } | Refusal {
  const text = trim(reason);
  if (text === "") return refuseReasonMissing();
  const { length } = [...text];
  return length > MAX_REASON ? refuseTooLong("原因", "reason", length, MAX_REASON) : { text };
}

/** A reason that need not be given. */
export function readOptionalReason(reason: string | undefined): { text: string | null } | Refusal {
  return reason === undefined || trim(reason) === "" ? { text: null } : readReason(reason);
}
