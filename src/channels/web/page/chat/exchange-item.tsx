import { Bubble } from "@ant-design/x";
import { Button } from "antd";
import { memo, type ReactNode, useMemo } from "react";
import { ReplyCard } from "../reply/reply-card.tsx";
import type { ReplyDeeds } from "../reply/reply-deeds.ts";
import { useWords } from "../words/words.ts";
import type { Conversation } from "./conversation.ts";
import type { Exchange, Outcome } from "./conversation-state.ts";
import { sayFailure } from "./say-failure.ts";

interface ExchangeItemProps {
  exchange: Exchange;
  /** What was said of its answer. */
  judgement?: Exchange | undefined;
  conversation: Conversation;
}

/** A question and what became of it. Redrawn only when it changes. */
export const ExchangeItem = memo(function ExchangeItem({
  exchange,
  judgement,
  conversation,
}: ExchangeItemProps) {
  const { question, files, outcome } = exchange;
  return (
    <li className="turn">
      {(question !== "" || files.length > 0) && <Question text={question} files={files} />}
      <div className="outcome">
        <OutcomeView exchange={exchange} outcome={outcome} conversation={conversation} />
      </div>
      {judgement && (
        <div className="judgement">
          <OutcomeView exchange={judgement} outcome={judgement.outcome} conversation={conversation} />
        </div>
      )}
    </li>
  );
});

function Question({ text, files }: { text: string; files: readonly string[] }) {
  const words = useWords();
  return (
    <Bubble<ReactNode>
      placement="end"
      shape="corner"
      className="asked"
      classNames={{ content: "question" }}
      content={text === "" ? words.filesOnly : text}
      footer={
        files.length > 0 && (
          <ul className="asked__files">
            {files.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        )
      }
    />
  );
}

function OutcomeView({
  exchange,
  outcome,
  conversation,
}: ExchangeItemProps & {
  outcome: Outcome;
}) {
  const words = useWords();
  switch (outcome.state) {
    case "waiting":
      return <Waiting label={words.waiting} />;
    case "partial":
      return (
        <div aria-busy="true">
          <ReplyCard reply={outcome.reply} partial={words.composing} />
        </div>
      );
    case "failed":
      return (
        <p className="failure" role="alert">
          {words.failed(sayFailure(outcome.reason, words))}
          <Button type="link" size="small" onClick={() => conversation.sendAgain(exchange.clientMessageId)}>
            {words.sendAgain}
          </Button>
        </p>
      );
    case "replied":
      return <Replied turn={outcome.turn} conversation={conversation} />;
  }
}

function Replied({
  turn,
  conversation,
}: {
  turn: Extract<Outcome, { state: "replied" }>["turn"];
  conversation: Conversation;
}) {
  const deeds = useMemo<ReplyDeeds>(
    () => ({
      ask: conversation.ask,
      press: (place, label, form) =>
        conversation.press({ turnId: turn.turnId, ...place, ...(form && { form }) }, label),
    }),
    [turn, conversation],
  );
  return (
    <ReplyCard reply={turn.reply} at={turn.at} deeds={deeds} question={turn.pressed ? "" : turn.question} />
  );
}

function Waiting({ label }: { label: string }) {
  return (
    <p className="waiting">
      <span className="waiting__dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      {label}
    </p>
  );
}
