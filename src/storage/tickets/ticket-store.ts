import type { Database } from "../dialect.ts";
import type { TicketStore } from "../types.ts";
import { createAbsences } from "./absences.ts";
import { createCards } from "./cards.ts";
import { createChanges } from "./changes.ts";
import { createEffects } from "./effects.ts";
import { createForgetting } from "./forget-asker.ts";
import { createGaps } from "./gaps.ts";
import { createListing } from "./list-tickets.ts";
import { createSettings } from "./settings.ts";

export function createTicketStore(database: Database): TicketStore {
  return {
    ...createChanges(database),
    ...createListing(database),
    ...createEffects(database),
    ...createCards(database),
    ...createSettings(database),
    ...createAbsences(database),
    ...createGaps(database),
    ...createForgetting(database),
  };
}
