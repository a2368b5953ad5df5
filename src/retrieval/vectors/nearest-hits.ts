/** Keeps the best `count` of many scored slots. */
export class NearestHits {
  readonly #slots: number[] = [];
  readonly #scores: number[] = [];
  readonly #count: number;
  /** A score must be above this to get in. */
  threshold = Number.NEGATIVE_INFINITY;

  constructor(count: number) {
    this.#count = Math.max(0, count);
    if (this.#count === 0) this.threshold = Number.POSITIVE_INFINITY;
  }

  add(slot: number, score: number): void {
    if (!(score > this.threshold)) return;
    const scores = this.#scores;
    let low = 0;
    let high = scores.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((scores[middle] as number) >= score) low = middle + 1;
      else high = middle;
    }
    scores.splice(low, 0, score);
    this.#slots.splice(low, 0, slot);
    if (scores.length > this.#count) {
      scores.pop();
      this.#slots.pop();
    }
    if (scores.length === this.#count) this.threshold = scores.at(-1) ?? this.threshold;
  }

  /** Best first. */
  list(): { slot: number; score: number }[] {
    return this.#slots.map((slot, index) => ({ slot, score: this.#scores[index] as number }));
  }
}
