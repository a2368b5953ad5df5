import { z } from "zod";

const schema = z.object({
  programs: z.array(
    z.object({ programId: z.string(), revision: z.number(), news: z.enum(["new", "changed", "again"]) }),
  ),
  /** Program events that this run answers. */
  events: z.array(z.number()).default([]),
});

/** What a run looks at; kept with it. */
export type RunPrograms = z.output<typeof schema>;
export type ChangedProgram = RunPrograms["programs"][number];

/** Undefined: a run of another kind (news of an event). */
export function readRunPrograms(stored: unknown): RunPrograms | undefined {
  const parsed = schema.safeParse(stored);
  return parsed.success ? parsed.data : undefined;
}
