export { createWorkCalendar } from "./calendar/create-work-calendar.ts";
export { URGENCIES } from "./classification-types.ts";
export { createClockRules } from "./clocks/create-clock-rules.ts";
export type * from "./desk/desk-types.ts";
export type * from "./types.ts";
