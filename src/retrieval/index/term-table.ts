/**
 * Terms ↔ numbers in typed arrays: hundreds of thousands of terms without as many JavaScript strings, and loaded from a
 * snapshot without being built again. Open addressing, linear probing; at most half full.
 */
export interface TermTable {
  /** Term number + 1; 0: free. A power of two long. */
  readonly slots: Int32Array;
  /** Where a term's code units start; one more than there are terms. */
  readonly starts: Uint32Array;
  readonly units: Uint16Array;
}

/** Words and n-grams are scored apart, so 人才 the word and 人才 the bigram are two terms. */
export type TermKind = "word" | "gram";

const KIND_UNIT: Readonly<Record<TermKind, number>> = { word: 1, gram: 2 };

function hashTerm(kindUnit: number, term: string): number {
  let hash = 0x811c9dc5 ^ kindUnit;
  for (let index = 0; index < term.length; index += 1) {
    hash = Math.imul(hash ^ term.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

function equalsTerm(table: TermTable, number: number, kindUnit: number, term: string): boolean {
  const start = table.starts[number] as number;
  const end = table.starts[number + 1] as number;
  if (end - start !== term.length + 1 || table.units[start] !== kindUnit) return false;
  for (let index = 0; index < term.length; index += 1) {
    if (table.units[start + 1 + index] !== term.charCodeAt(index)) return false;
  }
  return true;
}

/** The number of a term, or -1. */
export function findTerm(table: TermTable, kind: TermKind, term: string): number {
  const mask = table.slots.length - 1;
  const kindUnit = KIND_UNIT[kind];
  let slot = hashTerm(kindUnit, term) & mask;
  for (;;) {
    const entry = table.slots[slot] as number;
    if (entry === 0) return -1;
    if (equalsTerm(table, entry - 1, kindUnit, term)) return entry - 1;
    slot = (slot + 1) & mask;
  }
}

export function termCount(table: TermTable): number {
  return table.starts.length - 1;
}

export function readTerm(table: TermTable, number: number): { kind: TermKind; text: string } {
  const start = table.starts[number] as number;
  const units = table.units.subarray(start + 1, table.starts[number + 1]);
  return {
    kind: table.units[start] === KIND_UNIT.word ? "word" : "gram",
    text: String.fromCharCode(...units),
  };
}

export interface TermTableBuilder {
  /** The number of a term; a new term gets the next one. */
  intern(kind: TermKind, term: string): number;
  readonly count: number;
  finish(): TermTable;
}

export function createTermTableBuilder(): TermTableBuilder {
  let slots: Int32Array = new Int32Array(1 << 12);
  let starts: Uint32Array = new Uint32Array(1 << 11);
  let units: Uint16Array = new Uint16Array(1 << 13);
  let count = 0;

  function append(kindUnit: number, term: string): void {
    const start = starts[count] as number;
    const end = start + term.length + 1;
    if (count + 2 > starts.length) starts = grow(starts, starts.length * 2);
    while (end > units.length) units = grow(units, units.length * 2);
    units[start] = kindUnit;
    for (let index = 0; index < term.length; index += 1) units[start + 1 + index] = term.charCodeAt(index);
    count += 1;
    starts[count] = end;
  }

  function rehash(): void {
    const larger = new Int32Array(slots.length * 2);
    const mask = larger.length - 1;
    const table = { slots, starts, units };
    for (let number = 0; number < count; number += 1) {
      const { kind, text } = readTerm(table, number);
      let slot = hashTerm(KIND_UNIT[kind], text) & mask;
      while (larger[slot] !== 0) slot = (slot + 1) & mask;
      larger[slot] = number + 1;
    }
    slots = larger;
  }

  return {
    intern(kind, term) {
      const kindUnit = KIND_UNIT[kind];
      const table = { slots, starts, units };
      let slot = hashTerm(kindUnit, term) & (slots.length - 1);
      for (;;) {
        const entry = slots[slot] as number;
        if (entry === 0) break;
        if (equalsTerm(table, entry - 1, kindUnit, term)) return entry - 1;
        slot = (slot + 1) & (slots.length - 1);
      }
      append(kindUnit, term);
      slots[slot] = count;
      if (count * 2 > slots.length) rehash();
      return count - 1;
    },
    get count() {
      return count;
    },
    finish: () => ({ slots, starts: starts.slice(0, count + 1), units: units.slice(0, starts[count]) }),
  };
}

export function grow<Numbers extends Uint8Array | Uint16Array | Uint32Array>(
  numbers: Numbers,
  length: number,
): Numbers {
  const larger = new (numbers.constructor as new (length: number) => Numbers)(length);
  larger.set(numbers);
  return larger;
}
