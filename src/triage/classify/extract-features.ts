import { pinyin } from "pinyin-pro";
import type { FeatureVector } from "./linear-model.ts";

/** A feature's name and how much it counts before the vector is brought to length one. */
export type NamedFeature = readonly [name: string, value: number];

const GRAM_WEIGHTS = [0.5, 1] as const;
const SOUND_WEIGHT = 0.6;
const SOUND_LENGTHS = [2, 3] as const;
const FILLERS = /[的了呢吗啊呀吧哦嘛么伐哈~～]/g;

/**
 * Characters and pairs of the Chinese runs, pairs and triples of their sounds (which forgive a wrongly chosen character), words
 * and pairs of words of the Latin runs. Figures all look alike.
 */
export function extractGrams(folded: string): NamedFeature[] {
  const features = new Map<string, number>();
  const add = (name: string, value: number) => features.set(name, value);
  const plain = folded.replace(/\d+(?:[.,]\d+)*/g, "0").replace(FILLERS, "");
  for (const [run] of plain.matchAll(/[\p{Script=Han}0]+/gu)) {
    for (let size = 1; size <= GRAM_WEIGHTS.length; size += 1) {
      for (let at = 0; at + size <= run.length; at += 1) {
        add(run.slice(at, at + size), GRAM_WEIGHTS[size - 1] ?? 0);
      }
    }
  }
  addSounds(plain, add);
  let before = "";
  for (const [word] of plain.matchAll(/[a-z][a-z'-]+/g)) {
    add(`w:${word}`, 1);
    if (word.length > 5) add(`p:${word.slice(0, 5)}`, 0.6);
    if (before !== "") add(`b:${before} ${word}`, 0.7);
    before = word;
  }
  return [...features];
}

function addSounds(plain: string, add: (name: string, value: number) => void): void {
  for (const [run] of plain.matchAll(/\p{Script=Han}+/gu)) {
    const sounds = [...run].map(toSound);
    for (const length of SOUND_LENGTHS) {
      for (let at = 0; at + length <= sounds.length; at += 1) {
        add(`y:${sounds.slice(at, at + length).join(" ")}`, SOUND_WEIGHT);
      }
    }
  }
}

const soundOf = new Map<string, string>();

/** The commonest reading without tone; z/zh, n/ng and the like sound the same to many. */
function toSound(character: string): string {
  const known = soundOf.get(character);
  if (known !== undefined) return known;
  const made = pinyin(character, { toneType: "none" })
    .replace(/^([zcs])h/, "$1")
    .replace(/ng$/, "n");
  soundOf.set(character, made);
  return made;
}

export interface FeatureSpace {
  readonly size: number;
  /** Features outside of the space are left out; the rest has length one. */
  toVector(grams: readonly NamedFeature[]): FeatureVector;
  /** With further features, as they are. */
  extend(vector: FeatureVector, extra: readonly NamedFeature[]): FeatureVector;
}

/** Features that occur in at least `least` examples; `extra` names are always in. */
export function createFeatureSpace(
  examples: readonly (readonly NamedFeature[])[],
  extraNames: readonly string[],
  least = 2,
): FeatureSpace {
  const counts = new Map<string, number>();
  for (const example of examples) {
    for (const [name] of example) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const indexOf = new Map<string, number>();
  const rarity = new Map<string, number>();
  for (const [name, count] of counts) {
    if (count < least) continue;
    indexOf.set(name, indexOf.size);
    rarity.set(name, Math.log(1 + examples.length / count));
  }
  for (const name of extraNames) indexOf.set(name, indexOf.size);
  return {
    size: indexOf.size,
    toVector: (grams) => {
      const indices: number[] = [];
      const values: number[] = [];
      let sum = 0;
      for (const [name, value] of grams) {
        const index = indexOf.get(name);
        if (index === undefined) continue;
        const weighed = value * (rarity.get(name) ?? 1);
        indices.push(index);
        values.push(weighed);
        sum += weighed * weighed;
      }
      const length = Math.sqrt(sum) || 1;
      for (let at = 0; at < values.length; at += 1) values[at] = (values[at] ?? 0) / length;
      return { indices, values };
    },
    extend: (vector, extra) => {
      const indices = [...vector.indices];
      const values = [...vector.values];
      for (const [name, value] of extra) {
        const index = indexOf.get(name);
        if (index === undefined || value === 0) continue;
        indices.push(index);
        values.push(value);
      }
      return { indices, values };
    },
  };
}
