/** Numbers that a seed repeats. */
export interface Random {
  /** 0 ≤ x < 1. */
  next(): number;
  below(limit: number): number;
  chance(probability: number): boolean;
  /** Throws when there is nothing to pick from. */
  pick<Value>(list: readonly Value[]): Value;
  /** Up to `count` different ones. */
  some<Value>(list: readonly Value[], count: number): Value[];
  weighted<Value>(choices: readonly (readonly [weight: number, value: Value])[]): Value;
}

/** Mulberry32. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  const pick = <Value>(list: readonly Value[]): Value => {
    const index = below(list.length);
    if (index >= list.length) throw new Error("nothing to pick from");
    return list[index] as Value;
  };
  return {
    next,
    below,
    pick,
    chance: (probability) => next() < probability,
    some(list, count) {
      const left = [...list];
      const taken = [];
      while (taken.length < count && left.length > 0) taken.push(...left.splice(below(left.length), 1));
      return taken;
    },
    weighted(choices) {
      let left = next() * choices.reduce((sum, [weight]) => sum + weight, 0);
      for (const [weight, value] of choices) {
        left -= weight;
        if (left < 0) return value;
      }
      return pick(choices)[1];
    },
  };
}
