import type { SettingsPart } from "../../triage/index.ts";

/** What those who run the desk want of it. Departments, people and matters as they were said. */
export type OfficeCommand =
  /** `was`: the group that is to be replaced, as the card showed it. */
  | { do: "bind"; department: string; was?: string }
  | { do: "unbind" }
  | { do: "register"; department: string; name: string }
  | { do: "requests" }
  /** `who`: an account, or a name among those who wait. */
  | { do: "approve"; who: string; request?: string }
  | { do: "refuse"; who: string; request?: string; reason: string }
  | { do: "leave"; department: string; confirmed: boolean }
  | { do: "remove"; person: string; department: string; reason: string }
  | { do: "lead"; person: string; department: string; isLead: boolean; reason: string }
  | { do: "show"; part: SettingsPart; words: string }
  | { do: "history"; part: string }
  | { do: "rollback"; part: string; revision: number; reason: string }
  | { do: "reroute"; matter: string; department: string; reason: string }
  | { do: "confirm"; change?: string; reason: string }
  | { do: "drop"; change?: string }
  | { do: "suggestions" }
  /** `which`: its place in the list, or `category|from|to`. */
  | { do: "adopt"; which: string; reason: string }
  | { do: "figures"; period: string; file: boolean }
  | { do: "feedback"; period: string }
  | { do: "gaps" }
  | { do: "gap"; gap: string; state: "answered" | "dismissed"; note: string }
  | { do: "draft-faq"; ticket: string }
  | { do: "help" };
