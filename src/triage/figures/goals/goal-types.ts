/** A target that a plan states for a year, in the plan's own words. */
export interface Goal {
  id: string;
  name: string;
  year: number;
  /** Title of the plan. */
  document: string;
  section: string;
  /** Verbatim. */
  quote: string;
  /** The words of the quote that state the target, with their verb. */
  target: string;
  /** What the plan does not say. */
  note: string | null;
  /** Filled in by administrators from their statistics; null: nobody has, and nothing is guessed. */
  actual: { value: string; asOf: string; source: string } | null;
}

/** A plan as it is published. */
export interface GoalSource {
  text: string;
  /** 征求意见稿, 现行有效 … */
  status: string | null;
}
