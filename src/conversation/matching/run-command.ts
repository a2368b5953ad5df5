import type { Reply } from "../types.ts";
import { explainProgram } from "./explain-program.ts";
import { bindGroup, unbindGroup } from "./handle-binding.ts";
import { confirmCode, replaceCode, setName } from "./handle-code.ts";
import { askToDelete, deleteData, exportData, makeReport } from "./handle-data.ts";
import { admitMember, askToJoin } from "./handle-joining.ts";
import {
  cancelReminder,
  remind,
  showOutreach,
  showSpecialist,
  subscribe,
  subscribeEvent,
  unsubscribe,
} from "./handle-outreach.ts";
import {
  confirmAll,
  forgetField,
  showCorrections,
  showForm,
  showMine,
  takeAnswer,
  takeForm,
} from "./handle-profile.ts";
import { showBasis, showMatch, showPackage } from "./handle-programs.ts";
import { type MatchStep, type MatchTurn, openly, privately } from "./match-turn.ts";
import type { MatchCommand } from "./read-match-command.ts";

/** A command as a step; binding is said in the group itself, everything else is somebody's own. */
export function toStep(turn: MatchTurn, command: MatchCommand): MatchStep {
  if (command.do === "bind") return openly(() => bindGroup(turn, command.code));
  if (command.do === "unbind") return openly(() => unbindGroup(turn));
  return privately(() => run(turn, command));
}

function run(
  turn: MatchTurn,
  command: Exclude<MatchCommand, { do: "bind" | "unbind" }>,
): Promise<Reply | undefined> {
  switch (command.do) {
    case "match":
      return showMatch(turn);
    case "basis":
      return showBasis(turn, command.reference);
    case "why":
      return explainProgram(turn, command.reference);
    case "package":
      return showPackage(turn);
    case "report":
      return makeReport(turn);
    case "form":
      return showForm(turn);
    case "supply":
      return takeForm(turn, command.fields);
    case "answer":
      return takeAnswer(turn, command.field, command.value);
    case "corrections":
      return showCorrections(turn);
    case "confirm":
      return confirmAll(turn);
    case "forget":
      return forgetField(turn, command.field);
    case "specialist":
      return showSpecialist(turn);
    case "subscribe":
      return subscribe(turn, command.cadence);
    case "subscribe-event":
      return subscribeEvent(turn, command.topic);
    case "unsubscribe":
      return unsubscribe(turn);
    case "remind":
      return remind(turn, command.reference);
    case "reminders":
      return showOutreach(turn);
    case "cancel-reminder":
      return cancelReminder(turn, command.reminder);
    case "mine":
      return showMine(turn);
    case "export":
      return exportData(turn);
    case "delete":
      return askToDelete(turn);
    case "delete-now":
      return deleteData(turn);
    case "name":
      return setName(turn, command.name);
    case "confirm-code":
      return confirmCode(turn);
    case "replace-code":
      return replaceCode(turn, command.code);
    case "join":
      return askToJoin(turn, command.code);
    case "admit":
      return admitMember(turn, command.account, command.enterprise);
  }
}
