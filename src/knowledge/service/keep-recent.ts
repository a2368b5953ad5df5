/**
 * Values that never change once they are there, the recently used ones kept up to a weight. What cannot be had (a
 * rejection, or a weight of 0) is asked for again. Calls at the same time share one.
 */
export function keepRecent<Value>(
  load: (key: string) => Promise<Value>,
  weigh: (value: Value) => number,
  maxWeight: number,
): (key: string) => Promise<Value> {
  const kept = new Map<string, { value: Promise<Value>; weight: number }>();
  let total = 0;

  function forget(key: string): void {
    total -= kept.get(key)?.weight ?? 0;
    kept.delete(key);
  }

  async function measure(key: string, entry: { value: Promise<Value>; weight: number }): Promise<void> {
    const weight = await entry.value.then(weigh, () => 0);
    if (kept.get(key) !== entry) return;
    if (weight === 0 || weight > maxWeight) return forget(key);
    entry.weight = weight;
    total += weight;
    for (const oldest of kept.keys()) {
      if (total <= maxWeight) return;
      forget(oldest);
    }
  }

  return (key) => {
    const known = kept.get(key);
    if (known) {
      kept.delete(key);
      kept.set(key, known);
      return known.value;
    }
    const entry = { value: load(key), weight: 0 };
    kept.set(key, entry);
    void measure(key, entry);
    return entry.value;
  };
}
