/** Sparse: index → value, indices unique. */
export interface FeatureVector {
  indices: readonly number[];
  values: readonly number[];
}

export interface LinearModel {
  /** Logits, one a class. */
  score(vector: FeatureVector): Float64Array;
}

export interface TrainingOptions {
  classes: number;
  features: number;
  epochs: number;
  /** First step width; AdaGrad narrows it by weight. */
  rate: number;
  /** Weight decay a step, on the weights that the example touches. */
  decay: number;
}

/** Work that may be done at once or with pauses: both give the same. */
export type Steps<Result> = Generator<undefined, Result, undefined>;

const EXAMPLES_A_STEP = 200;

/**
 * Multinomial logistic regression by stochastic gradient descent with AdaGrad. Deterministic: the order of the examples comes
 * from a counter, not from chance. In steps of some milliseconds.
 */
export function* trainLinearModel(
  examples: readonly { vector: FeatureVector; label: number; weight?: number }[],
  { classes, features, epochs, rate, decay }: TrainingOptions,
): Steps<LinearModel> {
  const weights = new Float32Array(features * classes);
  const squares = new Float32Array(features * classes).fill(1e-2);
  const score = createScore(weights, classes);
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    for (const [count, at] of shuffledOrder(examples.length, epoch + 1).entries()) {
      if (count % EXAMPLES_A_STEP === 0) yield;
      const example = examples[at];
      if (!example) continue;
      const gradient = toShares(score(example.vector));
      gradient[example.label] = (gradient[example.label] ?? 0) - 1;
      descend(weights, squares, example.vector, gradient, { rate, decay, scale: example.weight ?? 1 });
    }
  }
  return { score };
}

function createScore(weights: Float32Array, classes: number): LinearModel["score"] {
  return ({ indices, values }) => {
    const logits = new Float64Array(classes);
    for (let at = 0; at < indices.length; at += 1) {
      const base = (indices[at] ?? 0) * classes;
      const value = values[at] ?? 0;
      for (let label = 0; label < classes; label += 1) {
        logits[label] = (logits[label] ?? 0) + (weights[base + label] ?? 0) * value;
      }
    }
    return logits;
  };
}

function descend(
  weights: Float32Array,
  squares: Float32Array,
  { indices, values }: FeatureVector,
  gradient: Float64Array,
  { rate, decay, scale }: { rate: number; decay: number; scale: number },
): void {
  const classes = gradient.length;
  for (let at = 0; at < indices.length; at += 1) {
    const base = (indices[at] ?? 0) * classes;
    const value = values[at] ?? 0;
    for (let label = 0; label < classes; label += 1) {
      const place = base + label;
      const weight = weights[place] ?? 0;
      const slope = (gradient[label] ?? 0) * value * scale + decay * weight;
      const square = (squares[place] ?? 0) + slope * slope;
      squares[place] = square;
      weights[place] = weight - (rate * slope) / Math.sqrt(square);
    }
  }
}

/** Softmax. */
export function toShares(logits: Float64Array, temperature = 1): Float64Array {
  const highest = logits.reduce((most, one) => Math.max(most, one), Number.NEGATIVE_INFINITY);
  const shares = logits.map((one) => Math.exp((one - highest) / temperature));
  const sum = shares.reduce((total, one) => total + one, 0);
  return shares.map((one) => one / sum);
}

/** A permutation by a linear congruential generator: the same every time. */
export function shuffledOrder(length: number, seed: number): Uint32Array {
  const order = Uint32Array.from({ length }, (_, index) => index);
  let state = (seed * 2654435761) >>> 0;
  for (let index = length - 1; index > 0; index -= 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const other = state % (index + 1);
    const kept = order[index] ?? 0;
    order[index] = order[other] ?? 0;
    order[other] = kept;
  }
  return order;
}
