import { crc32 } from "node:zlib";
import type { Segment, VersionFacts } from "./segment.ts";

/**
 * Layout: magic (8 bytes) · CRC-32 of all that follows it (4) · length of the header (4) · header as JSON · padding to 8 ·
 * the arrays, each padded to 8.
 */
export const SNAPSHOT_FORMAT = 2;
export const MAGIC = Buffer.from("XIANCEIX", "latin1");
export const PRELUDE_BYTES = 16;
export const CHECKED_FROM = 12;

const ARRAYS = {
  slots: Int32Array,
  termStarts: Uint32Array,
  termUnits: Uint16Array,
  postingStarts: Uint32Array,
  postingClauses: Uint16Array,
  postingWeights: Uint8Array,
  clauseFrequency: Uint32Array,
  groupFrequency: Uint32Array,
  wordLengths: Uint32Array,
  gramLengths: Uint32Array,
  alive: Uint8Array,
  groupOf: Uint16Array,
  versionOf: Uint16Array,
  headingOf: Uint16Array,
  ordinals: Uint32Array,
  starts: Uint32Array,
  ends: Uint32Array,
  leadOf: Uint32Array,
  units: Uint16Array,
  unitStarts: Uint32Array,
} as const;

type ArrayName = keyof typeof ARRAYS;
type SegmentArrays = { [Name in ArrayName]: InstanceType<(typeof ARRAYS)[Name]> };
const ARRAY_NAMES = Object.keys(ARRAYS) as ArrayName[];

export interface SnapshotHeader {
  format: number;
  /** Of tokenizer, dictionary and field weights. */
  fingerprint: string;
  /** The store's revision that the index stands at. */
  revision: number;
  /** All versions that were indexed, also those without a clause. */
  contents: VersionFacts[];
  segments: {
    versions: readonly VersionFacts[];
    headings: readonly (readonly string[])[];
    groupTitles: readonly string[];
    /** Elements of each array, in the order of `ARRAYS`. */
    lengths: number[];
  }[];
}

type AnyArray = Int32Array | Uint32Array | Uint16Array | Uint8Array;

function toArrays(segment: Segment): Record<ArrayName, AnyArray> {
  const { terms, versions: _versions, headings: _headings, groupTitles: _titles, ...arrays } = segment;
  return { ...arrays, slots: terms.slots, termStarts: terms.starts, termUnits: terms.units };
}

export function describeSegment(segment: Segment): SnapshotHeader["segments"][number] {
  const arrays = toArrays(segment);
  return {
    versions: segment.versions,
    headings: segment.headings,
    groupTitles: segment.groupTitles,
    lengths: ARRAY_NAMES.map((name) => arrays[name].length),
  };
}

/** The bytes of a segment's arrays, in order; each is to be padded to 8. */
export function* eachArray(segment: Segment): Generator<Uint8Array> {
  const arrays = toArrays(segment);
  for (const name of ARRAY_NAMES) {
    const array = arrays[name];
    yield new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  }
}

export function padding(bytes: number): number {
  return (8 - (bytes % 8)) % 8;
}

/** The segment over the file's own memory: nothing is copied. Throws a RangeError when the arrays do not fit. */
export function readSegment(
  buffer: ArrayBuffer,
  offset: number,
  entry: SnapshotHeader["segments"][number],
): { segment: Segment; end: number } {
  let position = offset;
  const read = (name: ArrayName) => {
    const length = entry.lengths[ARRAY_NAMES.indexOf(name)];
    if (length === undefined) throw new RangeError(`no length for ${name}`);
    const array = new ARRAYS[name](buffer, position, length);
    position += array.byteLength + padding(array.byteLength);
    return array;
  };
  const arrays = Object.fromEntries(
    ARRAY_NAMES.map((name) => [name, read(name)]),
  ) as unknown as SegmentArrays;
  const { slots, termStarts, termUnits, ...rest } = arrays;
  const { versions, headings, groupTitles } = entry;
  return {
    segment: {
      ...rest,
      terms: { slots, starts: termStarts, units: termUnits },
      versions,
      headings,
      groupTitles,
    },
    end: position,
  };
}

export function checksum(bytes: Uint8Array, previous: number): number {
  return crc32(bytes, previous);
}
