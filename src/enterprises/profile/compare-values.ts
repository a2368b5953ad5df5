import type { FactValue } from "../types.ts";

/** Whether both can be true of the same enterprise at the same time. Values of different kinds cannot be compared: false. */
export function canBothHold(one: FactValue, other: FactValue): boolean {
  if (one.kind === "declined" || other.kind === "declined") return true;
  switch (one.kind) {
    case "number":
      return other.kind === "number" && overlap(one, other);
    case "date":
      return other.kind === "date" && one.from < other.to && other.from < one.to;
    case "choice":
      return other.kind === "choice" && one.oneOf.some((id) => other.oneOf.includes(id));
    case "flag":
      return other.kind === "flag" && one.value === other.value;
    case "text":
      return other.kind === "text" && plain(one.text) === plain(other.text);
    case "place":
      return other.kind === "place" && isPrefix(one.path, other.path);
    case "terms":
      return other.kind === "terms" && !contradicts(one, other) && !contradicts(other, one);
  }
}

/** `narrow` says at least as much as `wide`: everything that it allows is allowed by the other, and less. */
export function isNarrower(narrow: FactValue, wide: FactValue): boolean {
  if (wide.kind === "declined") return narrow.kind !== "declined";
  if (narrow.kind === "number" && wide.kind === "number") {
    const within =
      (narrow.min ?? -Infinity) >= (wide.min ?? -Infinity) &&
      (narrow.max ?? Infinity) <= (wide.max ?? Infinity);
    return within && !sameValue(narrow, wide);
  }
  if (narrow.kind === "date" && wide.kind === "date") {
    return narrow.from >= wide.from && narrow.to <= wide.to && !sameValue(narrow, wide);
  }
  if (narrow.kind === "choice" && wide.kind === "choice") {
    return narrow.oneOf.length < wide.oneOf.length && narrow.oneOf.every((id) => wide.oneOf.includes(id));
  }
  if (narrow.kind === "place" && wide.kind === "place") {
    return narrow.path.length > wide.path.length && isPrefix(narrow.path, wide.path);
  }
  return false;
}

export function sameValue(one: FactValue, other: FactValue): boolean {
  return canonical(one) === canonical(other);
}

/** Independent of the order of keys: a database may keep JSON in an order of its own. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

type NumberValue = Extract<FactValue, { kind: "number" }>;

function overlap(one: NumberValue, other: NumberValue): boolean {
  const [lower, upper] = (one.min ?? -Infinity) <= (other.min ?? -Infinity) ? [one, other] : [other, one];
  const end = lower.max ?? Infinity;
  const start = upper.min ?? -Infinity;
  return start < end || (start === end && lower.maxOpen !== true && upper.minOpen !== true);
}

type TermsValue = Extract<FactValue, { kind: "terms" }>;

/** `one` has what `other` lacks, or what is not among all that the other has. A term held once and no longer is not held. */
function contradicts(one: TermsValue, other: TermsValue): boolean {
  const held = new Set(other.has.map(({ id }) => id));
  return one.has.some(
    ({ id, lapsed }) => lapsed !== true && (other.lacks.includes(id) || (other.closed && !held.has(id))),
  );
}

function isPrefix(one: readonly string[], other: readonly string[]): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  return short.every((name, index) => long[index] === name);
}

function plain(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\s\p{P}]/gu, "")
    .toLowerCase();
}
