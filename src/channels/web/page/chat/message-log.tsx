import { useEffect, useRef } from "react";
import { useWords } from "../words/words.ts";
import { collectJudgements } from "./collect-judgements.ts";
import type { Conversation } from "./conversation.ts";
import type { ConversationState } from "./conversation-state.ts";
import { ExchangeItem } from "./exchange-item.tsx";
import { scrollToEnd } from "./scroll.ts";

/** What is said stands here; that there is news is said by the announcer, once. */
export function MessageLog({
  state,
  conversation,
}: {
  state: ConversationState;
  conversation: Conversation;
}) {
  const words = useWords();
  const list = useRef<HTMLOListElement>(null);
  const { exchanges, goal, ready } = state;
  const { main, judgements } = collectJudgements(exchanges);
  useEffect(() => {
    if (!goal) return;
    if (goal.place === "end") scrollToEnd();
    else list.current?.lastElementChild?.scrollIntoView({ block: "start" });
  }, [goal]);
  return (
    <div id="log" role="log" aria-live="off" aria-label={words.log} aria-busy={!ready}>
      <ol className="log" ref={list}>
        {main.map((exchange) => (
          <ExchangeItem
            key={exchange.clientMessageId}
            exchange={exchange}
            judgement={judgements.get(exchange.clientMessageId)}
            conversation={conversation}
          />
        ))}
      </ol>
    </div>
  );
}
