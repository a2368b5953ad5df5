import type { NamedFeature } from "./extract-features.ts";

/** By class, how much a text's features speak for it, divided by the root of their number. */
export type ComplementBayes = (features: readonly NamedFeature[]) => Float64Array;

const SMOOTHING = 0.3;

/**
 * Complement naive Bayes (Rennie et al. 2003): a feature speaks for a class as far as it is rare in all others. It does well
 * where a class has few examples, and errs otherwise than the regression beside it.
 */
export function trainComplementBayes(
  examples: readonly { features: readonly NamedFeature[]; label: number }[],
  classes: number,
): ComplementBayes {
  const counts = new Map<string, Float64Array>();
  const totals = new Float64Array(classes);
  for (const { features, label } of examples) {
    for (const [name] of features) {
      const row = counts.get(name) ?? new Float64Array(classes);
      row[label] = (row[label] ?? 0) + 1;
      totals[label] = (totals[label] ?? 0) + 1;
      counts.set(name, row);
    }
  }
  const all = sum(totals);
  for (const row of counts.values()) toWeights(row, totals, all, counts.size);
  return (features) => {
    const scores = new Float64Array(classes);
    let known = 0;
    for (const [name] of features) {
      const row = counts.get(name);
      if (!row) continue;
      known += 1;
      for (let label = 0; label < classes; label += 1)
        scores[label] = (scores[label] ?? 0) + (row[label] ?? 0);
    }
    return known === 0 ? scores : scores.map((score) => score / Math.sqrt(known));
  };
}

/** In place: counts become weights with mean zero. */
function toWeights(row: Float64Array, totals: Float64Array, all: number, features: number): void {
  const whole = sum(row);
  for (let label = 0; label < row.length; label += 1) {
    const outside = whole - (row[label] ?? 0) + SMOOTHING;
    row[label] = -Math.log(outside / (all - (totals[label] ?? 0) + SMOOTHING * features));
  }
  const mean = sum(row) / row.length;
  for (let label = 0; label < row.length; label += 1) row[label] = (row[label] ?? 0) - mean;
}

function sum(values: Float64Array): number {
  return values.reduce((total, one) => total + one, 0);
}
