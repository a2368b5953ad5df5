/** What the server sends, in its own types: the page and the replies cannot drift apart. Types only, no code of the server. */
export type {
  FormField,
  ProgramBlock,
  Reply,
  ReplyAction,
  ReplyBlock,
  VerdictRow,
} from "../../../../conversation/index.ts";
export type { Turn } from "../../turn.ts";

/** Where a button stands: the block of its reply and its place in it. */
export interface ActionPlace {
  block: number;
  action: number;
  name: string;
}

/** A pressed button as it goes to the server. */
export interface PressedAction extends ActionPlace {
  turnId: string;
  form?: Record<string, string>;
}

export type InterfaceLanguage = "zh" | "en";

/** Who holds the session, and where one can sign in (`signIn` null: not set up). */
export type Visitor =
  | { signedIn: true; name: string; roles?: readonly string[] }
  | { signedIn: false; signIn: { href: string; name: string } | null };
