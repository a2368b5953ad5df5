import { SETTINGS_PARTS } from "../../triage/index.ts";
import type { InboundMessage } from "../types.ts";
import type { OfficeCommand } from "./office-command.ts";
import { readOfficeWords } from "./read-office-words.ts";

const PREFIX = "office.";

/** A pressed button or a typed command; undefined for everything else, questions above all. */
export function readOfficeCommand({
  text,
  action,
}: Pick<InboundMessage, "text" | "action">): OfficeCommand | undefined {
  return action ? readAction(action) : readOfficeWords(text);
}

function readAction({
  name,
  values,
  form = {},
}: NonNullable<InboundMessage["action"]>): OfficeCommand | undefined {
  if (!name.startsWith(PREFIX)) return undefined;
  const read = (key: string) => (form[key] ?? values[key] ?? "").trim();
  const department = read("department");
  const reason = read("reason");
  const change = values["change"] ?? "";
  switch (name.slice(PREFIX.length)) {
    case "bind":
      return { do: "bind", department, ...(values["was"] !== undefined && { was: values["was"] }) };
    case "register":
      return { do: "register", department, name: read("name") };
    case "approve":
      return { do: "approve", who: read("account"), request: read("request") };
    case "refuse":
      return { do: "refuse", who: read("account"), request: read("request"), reason };
    case "leave":
      return { do: "leave", department, confirmed: true };
    case "show": {
      const part = SETTINGS_PARTS.find((each) => each === values["part"]);
      return part && { do: "show", part, words: read("words") };
    }
    case "history":
      return { do: "history", part: read("part") };
    case "confirm":
      return { do: "confirm", change, reason };
    case "drop":
      return { do: "drop", change };
    case "adopt":
      return { do: "adopt", which: read("which"), reason };
    case "figures":
      return { do: "figures", period: read("period"), file: values["file"] === "yes" };
    case "feedback":
      return { do: "feedback", period: read("period") };
    case "gap": {
      const state = values["state"];
      if (state !== "answered" && state !== "dismissed") return undefined;
      return { do: "gap", gap: read("gap"), state, note: read("note") };
    }
    default:
      return NO_VALUES.find((command) => PREFIX + command.do === name);
  }
}

const NO_VALUES: readonly OfficeCommand[] = [
  { do: "suggestions" },
  { do: "gaps" },
  { do: "requests" },
  { do: "help" },
];
