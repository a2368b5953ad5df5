export interface RankedQuery {
  /** Ids in the order found. */
  found: readonly string[];
  relevant: ReadonlySet<string>;
}

export interface RankingMeasures {
  queries: number;
  hitAt1: number;
  hitAt3: number;
  mrr: number;
  ndcgAt10: number;
  recallAt100: number;
}

/** Means over all queries that have something relevant. Relevance is yes or no. */
export function measureRanking(ranked: readonly RankedQuery[]): RankingMeasures {
  const judged = ranked.filter(({ relevant }) => relevant.size > 0);
  const mean = (measure: (query: RankedQuery) => number) =>
    Math.round(
      (judged.reduce((sum, query) => sum + measure(query), 0) / Math.max(1, judged.length)) * 10_000,
    ) / 10_000;
  return {
    queries: judged.length,
    hitAt1: mean((query) => Number(firstRank(query) <= 1)),
    hitAt3: mean((query) => Number(firstRank(query) <= 3)),
    mrr: mean((query) => 1 / firstRank(query)),
    ndcgAt10: mean(ndcgAt10),
    recallAt100: mean(
      ({ found, relevant }) => found.slice(0, 100).filter((id) => relevant.has(id)).length / relevant.size,
    ),
  };
}

function firstRank({ found, relevant }: RankedQuery): number {
  const position = found.findIndex((id) => relevant.has(id));
  return position < 0 ? Number.POSITIVE_INFINITY : position + 1;
}

function ndcgAt10({ found, relevant }: RankedQuery): number {
  const discount = (position: number) => 1 / Math.log2(position + 2);
  let gained = 0;
  found.slice(0, 10).forEach((id, position) => {
    if (relevant.has(id)) gained += discount(position);
  });
  let ideal = 0;
  for (let position = 0; position < Math.min(10, relevant.size); position += 1) ideal += discount(position);
  return gained / ideal;
}
