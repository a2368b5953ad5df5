/** The sizes of the enumerations of a text: items joined by 、 with 和, 及, 与 before the last. */
export function enumerationSizes(text: string): number[] {
  return text
    .split(/[，。；：！？,;]/)
    .flatMap((phrase) => phrase.split(/(?<=（)|(?=）)/))
    .map((phrase) => {
      const commas = phrase.split("、").length - 1;
      const tail = phrase.split("、").at(-1) ?? "";
      const joined = /[^、]{2,}(和|及|与|以及)[^、]{2,}/.test(tail) ? 1 : 0;
      return commas + joined + 1;
    })
    .filter((size) => size >= 2);
}
