import type { ReplyAction, ReplyBlock } from "../shared/wire.ts";
import type { Words } from "../words/words.ts";
import { ActionButton } from "./action-button.tsx";
import type { Citation } from "./citations.tsx";
import { CopyQuotes } from "./copy-quotes.tsx";
import { ExampleButtons } from "./example-buttons.tsx";
import type { ReplyDeeds } from "./reply-deeds.ts";
import { useRunner } from "./use-runner.ts";

interface ActionButtonsProps {
  block: Extract<ReplyBlock, { type: "actions" }>;
  index: number;
  words: Words;
  deeds: ReplyDeeds;
  /** Of the same reply. */
  citations: readonly Citation[];
}

export function ActionButtons(props: ActionButtonsProps) {
  const { block, index, words, deeds, citations } = props;
  const { busy, run } = useRunner(words);
  if (block.actions.every(({ name }) => name === "answer.ask")) return <FurtherQuestions {...props} />;
  const draw = (action: ReplyAction, position: number) => {
    const key = `${position} ${action.name}`;
    // The browser can do this by itself, and better.
    if (action.name === "answer.quotes" && citations.length > 0)
      return <CopyQuotes key={key} label={action.label} citations={citations} words={words} />;
    const place = { block: index, action: position, name: action.name };
    const press = () => run(key, action, () => deeds.press(place, action.label));
    return <ActionButton key={key} action={action} busy={busy === key} onClick={() => void press()} />;
  };
  return <div className="actions">{block.actions.map(draw)}</div>;
}

/** Questions that may come next; each was tried before it is suggested. */
function FurtherQuestions({ block, index, words, deeds }: ActionButtonsProps) {
  const ask = (label: string) => {
    const action = block.actions.findIndex((each) => each.label === label);
    void deeds.press({ block: index, action, name: "answer.ask" }, label);
  };
  return (
    <div className="further">
      <p className="further__title">{words.furtherQuestions}</p>
      <ExampleButtons items={block.actions.map(({ label }) => label)} onAsk={ask} />
    </div>
  );
}
