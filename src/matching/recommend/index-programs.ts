import type { CatalogueEntry, CriterionTest, Program, ServedNeed } from "../types.ts";
import { EARLY_KINDS, GENERAL_KINDS, LATE_KINDS, SETTLING_KINDS, YOUNG_STAGES } from "./weights.ts";

/** A program with what every match would otherwise work out again. */
export interface IndexedProgram {
  entry: CatalogueEntry;
  program: Program;
  needs: ReadonlyMap<string, ServedNeed["fit"]>;
  /** Its industries, those below `direction:` apart. */
  industries: readonly string[];
  directions: readonly string[];
  general: boolean;
  early: boolean;
  late: boolean;
  /** Criteria on the stage of life. */
  stageCriteria: ReadonlySet<string>;
  settling: boolean;
}

const DIRECTION = "direction:";

/** Sorted by id, so that every later tie falls the same way. */
export function indexPrograms(entries: readonly CatalogueEntry[]): IndexedProgram[] {
  return entries
    .map(indexProgram)
    .sort((a, b) => (a.program.id < b.program.id ? -1 : a.program.id > b.program.id ? 1 : 0));
}

function indexProgram(entry: CatalogueEntry): IndexedProgram {
  const { program } = entry;
  return {
    entry,
    program,
    needs: new Map(program.needs.map(({ need, fit }) => [need, fit])),
    industries: program.industries.filter((id) => !id.startsWith(DIRECTION)),
    directions: program.industries
      .filter((id) => id.startsWith(DIRECTION))
      .map((id) => id.slice(DIRECTION.length)),
    general: GENERAL_KINDS.has(program.kind),
    early: EARLY_KINDS.has(program.kind) || wantsYoung(program),
    late: LATE_KINDS.has(program.kind),
    stageCriteria: new Set(
      program.criteria
        .filter(({ test }) => test && "field" in test && test.field === "stage")
        .map(({ id }) => id),
    ),
    settling: SETTLING_KINDS.has(program.kind),
  };
}

/** A mandatory criterion lets in nobody beyond the first rounds. */
function wantsYoung({ criteria }: Program): boolean {
  return criteria.some(({ mandatory, test }) => mandatory && test !== undefined && isYoungOnly(test));
}

function isYoungOnly(test: CriterionTest): boolean {
  return (
    "field" in test &&
    test.field === "stage" &&
    test.operator === "within" &&
    test.value.every((stage) => YOUNG_STAGES.has(stage))
  );
}
