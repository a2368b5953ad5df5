import { z } from "zod";
import { PROGRAM_KINDS, PROGRAM_STATES, type Program } from "../types.ts";
import { type ProgramFile, testSchema } from "./program-schema.ts";

const source = z.object({ section: z.string(), quote: z.string() });
const saying = z.object({ text: z.string(), source });
const words = z.array(z.string());

/** The outer shape of a stored program; its tests are checked against the lexicon by `checkProgram`. */
const storedProgramSchema = z.object({
  id: z.string(),
  name: z.string(),
  aliases: words,
  kind: z.enum(PROGRAM_KINDS),
  document: z.string(),
  audience: saying.nullable(),
  industries: words,
  industryBound: z.boolean(),
  subjects: words,
  needs: z.array(z.object({ need: z.string(), fit: z.enum(["direct", "related"]) })),
  state: z.object({ state: z.enum(PROGRAM_STATES), verb: z.string(), source }),
  criteria: z.array(
    z.object({
      id: z.string(),
      text: z.string(),
      level: z.enum(["enterprise", "project"]),
      mandatory: z.boolean(),
      test: testSchema.optional(),
      source,
    }),
  ),
  benefits: z.array(saying),
  notStated: words,
  steps: z.array(saying),
  materials: z.array(saying),
  window: z.object({ from: z.string().nullable(), to: z.string().nullable(), source }).nullable(),
  responsibleBody: saying.nullable(),
  excludes: words,
  requires: words,
  stacksWith: words,
  intake: words,
  cautions: words,
});

/** The content of a stored program; undefined when it is damaged or of another make. */
export function readStoredProgram(content: unknown): Program | undefined {
  const parsed = storedProgramSchema.safeParse(content);
  return parsed.success ? (content as Program) : undefined;
}

/** A program as its file would say it: what `readProgram` reads back to the same program. Pure. */
export function toProgramFile(program: Program): ProgramFile {
  const quoted = ({ section, quote }: Program["state"]["source"]) => ({ section, quote });
  const say = ({ text, source: from }: Program["benefits"][number]) => ({ text, ...quoted(from) });
  const needsOf = (fit: "direct" | "related") =>
    program.needs.filter((one) => one.fit === fit).map(({ need }) => need);
  const { state, window } = program;
  const file = {
    ...program,
    audience: program.audience && say(program.audience),
    needs: { direct: needsOf("direct"), related: needsOf("related") },
    state: { state: state.state, verb: state.verb, ...quoted(state.source) },
    criteria: program.criteria.map(({ source: from, ...rest }) => ({ ...rest, ...quoted(from) })),
    benefits: program.benefits.map(say),
    steps: program.steps.map(say),
    materials: program.materials.map(say),
    window: window && { from: window.from, to: window.to, ...quoted(window.source) },
    responsibleBody: program.responsibleBody && say(program.responsibleBody),
  };
  return file as ProgramFile;
}
