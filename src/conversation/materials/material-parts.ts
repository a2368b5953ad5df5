import { z } from "zod";
import type { Logger } from "../../shared/index.ts";
import type { TicketStore } from "../../storage/index.ts";

/** What was read from a file that an asker sent. */
export interface ReadMaterial {
  text: string;
  /** The published document that it is, or is a version of; only where everybody may see that document. */
  published?: { title: string; status: string; isSame: boolean };
}

export interface MaterialSkillOptions {
  /** Throws AppError `unusable-input` with the reason and the next step for what cannot be read. */
  read(file: { bytes: Uint8Array; name: string }): Promise<ReadMaterial>;
  dialogues: Pick<TicketStore, "getDialogue" | "saveDialogue">;
  logger: Logger;
}

/** Larger ones are documents for the library, not question material. */
export const MAX_MATERIAL_BYTES = 10 * 1024 * 1024;
export const MAX_MATERIALS = 3;
/** Characters kept of a material for the questions that follow. */
export const MAX_KEPT_MATERIAL = 4_000;

export const materialSchema = z.object({
  material: z.object({ name: z.string(), text: z.string() }).nullable(),
});
export type KeptMaterial = z.infer<typeof materialSchema>;

/** So long a question may refer to what was sent. */
export const MATERIAL_EXPIRY_MS = 30 * 60 * 1000;
