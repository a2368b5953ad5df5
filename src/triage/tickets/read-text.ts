import type { Refusal, TicketFile } from "../types.ts";
import { refuseReasonMissing, refuseTextMissing, refuseTooLong } from "./refuse.ts";

/** In characters as people count them. */
export const MAX_TEXT = 4000;
export const MAX_REASON = 500;

/** Trimmed. A message may be of files alone; then its text is empty. */
export function readText(
  text: string,
  [zh, en]: readonly [zh: string, en: string],
  files: readonly TicketFile[] = [],
): { text: string } | Refusal {
  const trimmed = text.trim();
  if (trimmed === "" && files.length === 0) return refuseTextMissing(zh, en);
  const { length } = [...trimmed];
  return length > MAX_TEXT ? refuseTooLong(zh, en, length, MAX_TEXT) : { text: trimmed };
}

export function readReason(reason: string): { text: string } | Refusal {
  const text = reason.trim();
  if (text === "") return refuseReasonMissing();
  const { length } = [...text];
  return length > MAX_REASON ? refuseTooLong("原因", "reason", length, MAX_REASON) : { text };
}

/** A reason that need not be given. */
export function readOptionalReason(reason: string | undefined): { text: string | null } | Refusal {
  return reason === undefined || reason.trim() === "" ? { text: null } : readReason(reason);
}
