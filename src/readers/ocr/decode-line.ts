/** One recognised character. `start` and `end`: where its signal lies in the line's picture, as shares of its width. */
export interface ReadCharacter {
  text: string;
  confidence: number;
  start: number;
  end: number;
}

/** The space's class wins only by a hair when the gap is narrow; a runner-up of this much between letters is a space. */
const SPACE_RUNNER_UP = 0.05;

/** Greedy CTC: the likeliest class of each step, repeats joined, blanks dropped. */
export function decodeLine(
  scores: Float32Array,
  steps: number,
  characters: readonly string[],
): ReadCharacter[] {
  const classes = scores.length / steps;
  const space = classes - 1;
  const read: ReadCharacter[] = [];
  let previous = 0;
  for (let step = 0; step < steps; step += 1) {
    const offset = step * classes;
    let best = 0;
    for (let index = 1; index < classes; index += 1) {
      if ((scores[offset + index] as number) > (scores[offset + best] as number)) best = index;
    }
    const confidence = scores[offset + best] as number;
    const last = read.at(-1);
    if (best === 0 && (scores[offset + space] as number) > SPACE_RUNNER_UP && last && last.text !== " ") {
      read.push({
        text: " ",
        confidence: scores[offset + space] as number,
        start: step / steps,
        end: (step + 1) / steps,
      });
    } else if (best !== 0 && best === previous && last) {
      last.end = (step + 1) / steps;
      last.confidence = Math.max(last.confidence, confidence);
    } else if (best !== 0) {
      read.push({
        text: characters[best] ?? "",
        confidence,
        start: step / steps,
        end: (step + 1) / steps,
      });
    }
    previous = best;
  }
  return read;
}
