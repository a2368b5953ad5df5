/** A promise of the desk that does not hold. */
export class Violation extends Error {
  readonly facts: unknown;

  constructor(what: string, facts: unknown) {
    super(`${what}: ${JSON.stringify(facts)}`);
    this.name = "Violation";
    this.facts = facts;
  }
}

export function violated(what: string, facts: unknown): never {
  throw new Violation(what, facts);
}

export function hold(condition: boolean, what: string, facts: () => unknown): asserts condition {
  if (!condition) violated(what, facts());
}
