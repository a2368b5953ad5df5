import { can } from "../../access/index.ts";
import { type ErrorCode, toAppError } from "../../shared/index.ts";
import { createTurns } from "../in-turn.ts";
import type { InboundMessage, MessageSkill, Reply, SkillContext } from "../types.ts";
import { findMatter } from "./change-routing.ts";
import { approveRegistration, refuseRegistration, showWaiting } from "./decide-registration.ts";
import { departmentsOf, findDepartment } from "./find-people.ts";
import { confirmChange, dropChange, proposeReroute, proposeRollback } from "./handle-changes.ts";
import { showFeedback } from "./handle-feedback.ts";
import { exportFigures, showFigures } from "./handle-figures.ts";
import { bindGroup, departmentHere, unbindGroup } from "./handle-group.ts";
import { decideGap, draftFaq, showGaps } from "./handle-knowledge.ts";
import { leave, removeMember, setLead } from "./handle-members.ts";
import { register } from "./handle-registration.ts";
import { adoptSuggestion, showSuggestions } from "./handle-suggestions.ts";
import { helpStaff } from "./help-staff.ts";
import type { OfficeCommand } from "./office-command.ts";
import type { OfficeSkillOptions, OfficeTurn } from "./office-parts.ts";
import { keepPrivate, toOfficeReply } from "./office-reply.ts";
import { type NearMiss, readNearMiss } from "./read-near-miss.ts";
import { readOfficeCommand } from "./read-office-command.ts";
import { showHistory, showPart } from "./show-settings.ts";
import { writeOfficeHelp } from "./write-office-help.ts";

/** Failures that a person can act on; they are replies, not errors with a number. */
const EXPECTED: ReadonlySet<ErrorCode> = new Set([
  "forbidden",
  "conflict",
  "not-found",
  "usage",
  "unusable-input",
]);

/** Said openly in the department's group, by their nature. */
const IN_GROUPS: ReadonlySet<OfficeCommand["do"]> = new Set(["bind", "unbind", "register"]);

/** Running the service desk by chat: groups, people, settings, figures. Asked after tickets. */
export function createOfficeSkill(options: OfficeSkillOptions): MessageSkill {
  const inTurn = createTurns();
  return {
    name: "office",
    async handle(message, context) {
      const help = helpStaff(message, context);
      if (help) return help;
      const near = readNear(message, context, options);
      if (near && "hint" in near) return toOfficeReply("hint", near.hint);
      const command = message.overheard ? undefined : (readOfficeCommand(message) ?? near?.command);
      if (!command) return undefined;
      const turn: OfficeTurn = {
        ...{ options, message, context, inTurn },
        at: new Date(context.at),
        key: `${message.channel}:${message.messageKey}`,
      };
      if (!message.action && !isForOffice(turn, command)) return undefined;
      try {
        const reply = await run(turn, command);
        const isOpen = IN_GROUPS.has(command.do) || reply.kind === "office-bind";
        return isOpen ? reply : await keepPrivate(turn, reply);
      } catch (thrown) {
        const error = toAppError(thrown);
        if (!EXPECTED.has(error.code)) throw thrown;
        options.logger.info({ code: error.code, error: error.message }, "office request refused");
        const refused = toOfficeReply("refused", error.safeMessage);
        // What is missing is said by naming what is there.
        const isOpen = IN_GROUPS.has(command.do) || error.code === "forbidden";
        return isOpen ? refused : keepPrivate(turn, refused);
      }
    },
  };
}

/** Who has nothing to do with the desk asks a question. */
function readNear(
  message: InboundMessage,
  { actor }: SkillContext,
  options: OfficeSkillOptions,
): NearMiss | undefined {
  if (message.action || message.overheard || !can(actor.roles, "read-tickets")) return undefined;
  return readOfficeCommand(message) ? undefined : readNearMiss(message.text, options);
}

/**
 * Typed words are for the desk's own people. An enterprise that writes the same asks a question, but for the three things
 * that can be nothing else: a registration, one's own leaving, a group's department.
 */
function isForOffice(turn: OfficeTurn, command: OfficeCommand): boolean {
  const { options, context } = turn;
  const settings = options.settings.current();
  const isStaff = can(context.actor.roles, "read-tickets");
  switch (command.do) {
    case "register": {
      const { department } = command;
      return findDepartment(department, settings) !== undefined || department === "";
    }
    case "leave":
      return isStaff || command.confirmed || departmentsOf(context.actor.account, settings).length > 0;
    case "bind":
      return findDepartment(command.department, settings) !== undefined || isStaff;
    case "unbind":
      return isStaff || departmentHere(turn) !== undefined;
    case "reroute":
      return (
        isStaff &&
        findMatter(command.matter, options) !== undefined &&
        findDepartment(command.department, settings) !== undefined
      );
    default:
      return isStaff;
  }
}

function run(turn: OfficeTurn, command: OfficeCommand): Promise<Reply> | Reply {
  switch (command.do) {
    case "bind":
      return bindGroup(turn, command.department, command.was);
    case "unbind":
      return unbindGroup(turn);
    case "register":
      return register(turn, command.department, command.name);
    case "requests":
      return showWaiting(turn);
    case "approve":
      return approveRegistration(turn, command);
    case "refuse":
      return refuseRegistration(turn, command, command.reason);
    case "leave":
      return leave(turn, command.department, command.confirmed);
    case "remove":
      return removeMember(turn, command);
    case "lead":
      return setLead(turn, command, command.isLead);
    default:
      return runOnSettings(turn, command);
  }
}

type OnPeople =
  | "bind"
  | "unbind"
  | "register"
  | "requests"
  | "approve"
  | "refuse"
  | "leave"
  | "remove"
  | "lead";

function runOnSettings(
  turn: OfficeTurn,
  command: Exclude<OfficeCommand, { do: OnPeople }>,
): Promise<Reply> | Reply {
  switch (command.do) {
    case "show":
      return showPart(turn, command.part, command.words);
    case "history":
      return showHistory(turn, command.part);
    case "rollback":
      return proposeRollback(turn, command);
    case "reroute":
      return proposeReroute(turn, command);
    case "confirm":
      return confirmChange(turn, command.change, command.reason);
    case "drop":
      return dropChange(turn, command.change);
    case "suggestions":
      return showSuggestions(turn);
    case "adopt":
      return adoptSuggestion(turn, command.which, command.reason);
    case "figures":
      return command.file ? exportFigures(turn, command.period) : showFigures(turn, command.period);
    case "feedback":
      return showFeedback(turn, command.period);
    case "gaps":
      return showGaps(turn);
    case "gap":
      return decideGap(turn, command);
    case "draft-faq":
      return draftFaq(turn, command.ticket);
    case "help":
      return writeOfficeHelp(turn);
  }
}
