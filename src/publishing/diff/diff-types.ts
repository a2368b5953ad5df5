/** What of a clause matters for comparing. */
export interface ComparedClause {
  section: string;
  level: number;
  text: string;
}

export interface ClausePair {
  /** Position in the old clauses. */
  before: number;
  /** Position in the new clauses. */
  after: number;
}
