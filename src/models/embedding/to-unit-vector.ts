/** A copy of length 1; undefined when the numbers are no direction: empty, not finite, or all zero. */
export function toUnitVector(numbers: ArrayLike<number>): Float32Array | undefined {
  let squares = 0;
  for (let index = 0; index < numbers.length; index += 1) squares += (numbers[index] as number) ** 2;
  const length = Math.sqrt(squares);
  if (!(length > 0) || !Number.isFinite(length)) return undefined;
  return Float32Array.from(numbers, (value) => value / length);
}
