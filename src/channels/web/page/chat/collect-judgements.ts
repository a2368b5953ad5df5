import type { Exchange } from "./conversation-state.ts";

export interface CollectedExchanges {
  /** What stands in the log by itself. */
  main: Exchange[];
  /** The latest judgement of an answer, by the answer's message id. */
  judgements: Map<string, Exchange>;
}

/** “有帮助”, “没帮助” and the reasons given stand under the answer that they are about. */
export function collectJudgements(exchanges: readonly Exchange[]): CollectedExchanges {
  /** Of every turn shown: the message id of what stands in the log, its own or that of what it judges. */
  const homes = new Map<string, string>();
  const main: Exchange[] = [];
  const judgements = new Map<string, Exchange>();
  for (const exchange of exchanges) {
    const { clientMessageId, judges, outcome } = exchange;
    const judged = judges === undefined ? undefined : homes.get(judges);
    if (judged === undefined) main.push(exchange);
    else judgements.set(judged, exchange);
    if (outcome.state === "replied") homes.set(outcome.turn.turnId, judged ?? clientMessageId);
  }
  return { main, judgements };
}
