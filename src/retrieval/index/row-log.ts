import type { ClauseInput } from "./clause-input.ts";
import type { VersionFacts } from "./segment.ts";

/** What a segment holds of a clause beside its terms and texts. */
export interface ClauseRow {
  /** Lengths in weight units; the builder adds them up. */
  words: number;
  grams: number;
  version: number;
  heading: number;
  group: number;
  ordinal: number;
  start: number;
  end: number;
  /** Arrival number of the paragraph that this item hangs on. */
  lead: number;
}

export const NO_LEAD_IN = -1;

/** Clause rows in the order of arrival, with the versions, headings and groups that they point at. */
export function createRowLog() {
  const rows: ClauseRow[] = [];
  const versions = createNumbering<VersionFacts>();
  const headings = createNumbering<readonly string[]>();
  const groups = createNumbering<string>();

  return {
    get size() {
      return rows.length;
    },
    groupOf: (clause: number): number => rows[clause]?.group ?? 0,
    add(version: VersionFacts, clause: ClauseInput): ClauseRow {
      // Passages without a title have nothing that binds them: each is a group of its own.
      const groupName = clause.title === "" ? `#${clause.ordinal}` : clause.title;
      const row: ClauseRow = {
        words: 0,
        grams: 0,
        version: versions.numberOf(version.versionId, version),
        heading: headings.numberOf(clause.heading.join("\n"), clause.heading),
        group: groups.numberOf(`${version.versionId}\n${groupName}`, clause.title),
        ordinal: clause.ordinal,
        start: clause.start,
        end: clause.end,
        lead: NO_LEAD_IN,
      };
      rows.push(row);
      return row;
    },
    /** Arrival numbers, the clauses of a group side by side. */
    orderByGroup(): Uint32Array {
      return Uint32Array.from(rows.keys()).sort((left, right) => {
        const byGroup = (rows[left]?.group ?? 0) - (rows[right]?.group ?? 0);
        return byGroup || left - right;
      });
    },
    finish(order: Uint32Array) {
      const size = rows.length;
      const position = new Uint32Array(size);
      order.forEach((clause, index) => {
        position[clause] = index;
      });
      const column = (read: (row: ClauseRow) => number) => (_: number, index: number) =>
        read(rows[order[index] as number] as ClauseRow);
      return {
        wordLengths: new Uint32Array(size).map(column((row) => row.words)),
        gramLengths: new Uint32Array(size).map(column((row) => row.grams)),
        alive: new Uint8Array(size).fill(1),
        groupOf: new Uint16Array(size).map(column((row) => row.group)),
        versionOf: new Uint16Array(size).map(column((row) => row.version)),
        headingOf: new Uint16Array(size).map(column((row) => row.heading)),
        ordinals: new Uint32Array(size).map(column((row) => row.ordinal)),
        starts: new Uint32Array(size).map(column((row) => row.start)),
        ends: new Uint32Array(size).map(column((row) => row.end)),
        leadOf: new Uint32Array(size).map(
          column((row) => (row.lead === NO_LEAD_IN ? 0 : (position[row.lead] as number) + 1)),
        ),
        versions: versions.values,
        headings: headings.values,
        groupTitles: groups.values,
      };
    },
  };
}

function createNumbering<Value>() {
  const numbers = new Map<string, number>();
  const values: Value[] = [];
  return {
    values,
    numberOf(key: string, value: Value): number {
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, values.length);
      values.push(value);
      return values.length - 1;
    },
  };
}
