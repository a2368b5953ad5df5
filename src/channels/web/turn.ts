import type { Reply } from "../../conversation/index.ts";

/** One exchange as the page shows it. */
export interface Turn {
  turnId: string;
  clientMessageId: string;
  /** Of a pressed button: what stands on it. */
  question: string;
  pressed?: true;
  /** The turn in whose reply the button stands. */
  pressedOn?: string;
  /** What came with it. */
  files?: { name: string; bytes: number }[];
  reply: Reply;
  at: string;
}
