/** Keeps the latest entries of a map, in order of use: at most `max`, the one that was used longest ago goes first. */
export function remember<Key, Value>(kept: Map<Key, Value>, key: Key, value: Value, max: number): void {
  kept.delete(key);
  kept.set(key, value);
  const oldest = kept.keys().next();
  if (kept.size > max && !oldest.done) kept.delete(oldest.value);
}
