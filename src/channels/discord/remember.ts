/** Keeps the latest entries of a map, in order of use. */
export function remember<Value>(kept: Map<string, Value>, key: string, value: Value, max: number): void {
  kept.delete(key);
  kept.set(key, value);
  const oldest = kept.keys().next();
  if (kept.size > max && !oldest.done) kept.delete(oldest.value);
}
