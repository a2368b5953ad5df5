import { can } from "../../access/index.ts";
import { chooseSkill } from "../choose-skill.ts";
import { readDeskCommand } from "../desk/read-command.ts";
import { readMatchCommand } from "../matching/read-match-command.ts";
import { readOfficeWords } from "../office/read-office-words.ts";
import type { TicketTurn } from "./ticket-turn.ts";

/** Words that are commands of other parts, as whole messages. What could be an answer to a person is none. */
const ANSWERS_TOO: ReadonlySet<string> = new Set(["name", "confirm", "forget", "why", "join", "basis"]);

/** Whether another part is spoken to, whoever has the word here. */
export function isForOthers({
  message,
  text,
  context,
}: Pick<TicketTurn, "message" | "text" | "context">): boolean {
  if (message.action) return true;
  if (text === "") return (message.attachments ?? []).length === 0;
  if (/^[?？]+$/u.test(text)) return true;
  const skill = chooseSkill({ text });
  if (skill === "help" || skill === "introduce" || skill === "reset") return true;
  const match = readMatchCommand({ text });
  if (match && !ANSWERS_TOO.has(match.do)) return true;
  // The desk's own people run it by words which from others are an answer.
  if (can(context.actor.roles, "read-tickets") && readOfficeWords(text)) return true;
  const desk = readDeskCommand({ text });
  // A bare link may well be what the person asked for.
  return desk !== undefined && desk.do !== "link";
}
