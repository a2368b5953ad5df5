export {
  type AbsenceDesk,
  type AbsenceDeskOptions,
  createAbsenceDesk,
  type NewAbsence,
  type SetAbsence,
} from "./absences/create-absence-desk.ts";
export { describeAbsence } from "./absences/describe-absence.ts";
export { type AbsenceReading, readAbsence } from "./absences/read-absence.ts";
export { createWorkCalendar } from "./calendar/create-work-calendar.ts";
export { URGENCIES } from "./classification-types.ts";
export { createClockRules } from "./clocks/create-clock-rules.ts";
export {
  type CreateTicketDeskOptions,
  createTicketDesk,
  type DeskWork,
  type RunningTicketDesk,
} from "./desk/create-ticket-desk.ts";
export type { FaqDraftRequest, TicketDeskOptions } from "./desk/desk-parts.ts";
export type * from "./desk/desk-types.ts";
export { type ProposeParts, proposeTicket } from "./desk/open-ticket.ts";
export { createAssigneeFor, type PickOptions, pickAssignee } from "./routing/pick-assignee.ts";
export { route } from "./routing/route.ts";
export { type RouteReach, routeReach } from "./routing/route-reach.ts";
export { findAbsence, standIn } from "./routing/stand-in.ts";
export type { DepartmentChange } from "./settings/change-departments.ts";
export { checkSettings, type KnownWords, type SettingsProblem } from "./settings/check-settings.ts";
export {
  createSettingsDesk,
  type SavedSettings,
  type SettingsDesk,
  type SettingsDeskOptions,
  type SettingsPreview,
} from "./settings/create-settings-desk.ts";
export { describeSettingsChange } from "./settings/describe-settings-change.ts";
export { loadDeskSettings } from "./settings/load-desk-settings.ts";
export { PART_NAMES, SETTINGS_PARTS } from "./settings/settings-schema.ts";
export type * from "./types.ts";
