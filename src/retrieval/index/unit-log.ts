import { grow } from "./term-table.ts";

/** Code units of strings, one after the other. */
export function createUnitLog() {
  let units: Uint16Array = new Uint16Array(1 << 14);
  const ends: number[] = [0];
  let length = 0;

  return {
    add(text: string) {
      let capacity = units.length;
      while (length + text.length > capacity) capacity *= 2;
      if (capacity > units.length) units = grow(units, capacity);
      for (let index = 0; index < text.length; index += 1) units[length + index] = text.charCodeAt(index);
      length += text.length;
      ends.push(length);
    },
    finish(order: Uint32Array) {
      const sorted = new Uint16Array(length);
      const unitStarts = new Uint32Array(order.length * 4 + 1);
      let target = 0;
      order.forEach((clause, position) => {
        for (let part = 0; part < 4; part += 1) {
          const start = ends[clause * 4 + part] as number;
          const end = ends[clause * 4 + part + 1] as number;
          unitStarts[position * 4 + part] = target;
          sorted.set(units.subarray(start, end), target);
          target += end - start;
        }
      });
      unitStarts[order.length * 4] = target;
      return { units: sorted, unitStarts };
    },
  };
}
