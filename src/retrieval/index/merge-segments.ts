import { type Segment, segmentSize } from "./segment.ts";
import { createTermTableBuilder, readTerm, termCount } from "./term-table.ts";

/** One segment with the live clauses of several, in their order. No text is cut again. */
export function mergeSegments(sources: readonly Segment[]): Segment {
  const clauseMaps = mapClauses(sources);
  const size = clauseMaps.reduce((total, map) => total + map.live.length, 0);
  const { versions, headings, groups } = mergeLists(sources, clauseMaps);
  const column = <Numbers extends Uint8Array | Uint16Array | Uint32Array>(
    target: Numbers,
    read: (segment: Segment, clause: number, index: number) => number,
  ): Numbers => {
    let position = 0;
    sources.forEach((segment, index) => {
      for (const clause of clauseMaps[index]?.live ?? []) target[position++] = read(segment, clause, index);
    });
    return target;
  };
  const renumber = (list: { numbers: Uint32Array[] }, index: number, number: number | undefined) =>
    list.numbers[index]?.[number ?? 0] ?? 0;
  return {
    ...mergePostings(sources, clauseMaps),
    ...mergeUnits(sources, clauseMaps),
    wordLengths: column(new Uint32Array(size), (segment, clause) => segment.wordLengths[clause] as number),
    gramLengths: column(new Uint32Array(size), (segment, clause) => segment.gramLengths[clause] as number),
    alive: new Uint8Array(size).fill(1),
    groupOf: column(new Uint16Array(size), (segment, clause, index) =>
      renumber(groups, index, segment.groupOf[clause]),
    ),
    versionOf: column(new Uint16Array(size), (segment, clause, index) =>
      renumber(versions, index, segment.versionOf[clause]),
    ),
    headingOf: column(new Uint16Array(size), (segment, clause, index) =>
      renumber(headings, index, segment.headingOf[clause]),
    ),
    ordinals: column(new Uint32Array(size), (segment, clause) => segment.ordinals[clause] as number),
    starts: column(new Uint32Array(size), (segment, clause) => segment.starts[clause] as number),
    ends: column(new Uint32Array(size), (segment, clause) => segment.ends[clause] as number),
    leadOf: column(new Uint32Array(size), (segment, clause, index) => {
      const lead = segment.leadOf[clause] as number;
      return lead === 0 ? 0 : (clauseMaps[index]?.target[lead - 1] ?? 0);
    }),
    versions: versions.values,
    headings: headings.values,
    groupTitles: groups.values,
  };
}

interface ClauseMap {
  /** Clause numbers that stay. */
  live: Uint32Array;
  /** Old number → new number + 1; 0: gone. */
  target: Uint32Array;
}

function mapClauses(sources: readonly Segment[]): ClauseMap[] {
  let next = 0;
  return sources.map((segment) => {
    const target = new Uint32Array(segmentSize(segment));
    const live: number[] = [];
    for (let clause = 0; clause < target.length; clause += 1) {
      if (segment.alive[clause] === 0) continue;
      next += 1;
      target[clause] = next;
      live.push(clause);
    }
    return { live: Uint32Array.from(live), target };
  });
}

/** Versions, headings and groups that live clauses still point at, numbered anew. */
function mergeLists(sources: readonly Segment[], clauseMaps: readonly ClauseMap[]) {
  return {
    versions: mergeList(sources, clauseMaps, (segment) => [segment.versionOf, segment.versions]),
    headings: mergeList(sources, clauseMaps, (segment) => [segment.headingOf, segment.headings]),
    groups: mergeList(sources, clauseMaps, (segment) => [segment.groupOf, segment.groupTitles]),
  };
}

function mergeList<Value>(
  sources: readonly Segment[],
  clauseMaps: readonly ClauseMap[],
  read: (segment: Segment) => readonly [Uint16Array, readonly Value[]],
): { numbers: Uint32Array[]; values: Value[] } {
  const values: Value[] = [];
  const numbers = sources.map((segment, index) => {
    const [column, list] = read(segment);
    const map = new Uint32Array(list.length);
    const known = new Uint8Array(list.length);
    for (const clause of clauseMaps[index]?.live ?? []) {
      const number = column[clause] as number;
      if (known[number] === 1) continue;
      known[number] = 1;
      map[number] = values.length;
      values.push(list[number] as Value);
    }
    return map;
  });
  return { numbers, values };
}

function mergePostings(sources: readonly Segment[], clauseMaps: readonly ClauseMap[]) {
  const builder = createTermTableBuilder();
  const termMaps = sources.map((segment) => {
    const map = new Int32Array(termCount(segment.terms)).fill(-1);
    for (let term = 0; term < map.length; term += 1) {
      if (segment.clauseFrequency[term] === 0) continue;
      const { kind, text } = readTerm(segment.terms, term);
      map[term] = builder.intern(kind, text);
    }
    return map;
  });
  const clauseFrequency = sumByTerm(sources, termMaps, builder.count, (segment) => segment.clauseFrequency);
  const groupFrequency = sumByTerm(sources, termMaps, builder.count, (segment) => segment.groupFrequency);
  const postingStarts = new Uint32Array(builder.count + 1);
  clauseFrequency.forEach((count, term) => {
    postingStarts[term + 1] = (postingStarts[term] as number) + count;
  });
  const total = postingStarts[builder.count] as number;
  const postingClauses = new Uint16Array(total);
  const postingWeights = new Uint8Array(total);
  const next = postingStarts.slice(0, builder.count);
  sources.forEach((segment, index) => {
    const target = clauseMaps[index]?.target ?? new Uint32Array(0);
    termMaps[index]?.forEach((merged, term) => {
      if (merged < 0) return;
      const end = segment.postingStarts[term + 1] as number;
      for (let posting = segment.postingStarts[term] as number; posting < end; posting += 1) {
        const clause = target[segment.postingClauses[posting] as number] as number;
        if (clause === 0) continue;
        const position = (next[merged] as number)++;
        postingClauses[position] = clause - 1;
        postingWeights[position] = segment.postingWeights[posting] as number;
      }
    });
  });
  return {
    terms: builder.finish(),
    clauseFrequency,
    groupFrequency,
    postingStarts,
    postingClauses,
    postingWeights,
  };
}

function sumByTerm(
  sources: readonly Segment[],
  termMaps: readonly Int32Array[],
  terms: number,
  read: (segment: Segment) => Uint32Array,
): Uint32Array {
  const sums = new Uint32Array(terms);
  sources.forEach((segment, index) => {
    const counts = read(segment);
    termMaps[index]?.forEach((merged, term) => {
      if (merged >= 0) sums[merged] = (sums[merged] as number) + (counts[term] as number);
    });
  });
  return sums;
}

function mergeUnits(sources: readonly Segment[], clauseMaps: readonly ClauseMap[]) {
  let total = 0;
  let size = 0;
  sources.forEach((segment, index) => {
    for (const clause of clauseMaps[index]?.live ?? []) {
      total += (segment.unitStarts[clause * 4 + 4] as number) - (segment.unitStarts[clause * 4] as number);
      size += 1;
    }
  });
  const units = new Uint16Array(total);
  const unitStarts = new Uint32Array(size * 4 + 1);
  let position = 0;
  let offset = 0;
  sources.forEach((segment, index) => {
    for (const clause of clauseMaps[index]?.live ?? []) {
      const start = segment.unitStarts[clause * 4] as number;
      const end = segment.unitStarts[clause * 4 + 4] as number;
      units.set(segment.units.subarray(start, end), offset);
      for (let part = 0; part < 4; part += 1) {
        unitStarts[position * 4 + part] = (segment.unitStarts[clause * 4 + part] as number) - start + offset;
      }
      offset += end - start;
      position += 1;
    }
  });
  unitStarts[size * 4] = offset;
  return { units, unitStarts };
}
