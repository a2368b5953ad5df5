import type { ReplyBlock } from "../shared/wire.ts";
import type { Words } from "../words/words.ts";
import { ActionButton } from "./action-button.tsx";
import type { ReplyDeeds } from "./reply-deeds.ts";
import { useRunner } from "./use-runner.ts";

interface ActionButtonsProps {
  block: Extract<ReplyBlock, { type: "actions" }>;
  index: number;
  words: Words;
  deeds: ReplyDeeds;
}

export function ActionButtons({ block, index, words, deeds }: ActionButtonsProps) {
  const { busy, run } = useRunner(words);
  return (
    <div className="actions">
      {block.actions.map((action, position) => {
        const place = { block: index, action: position, name: action.name };
        const key = `${position} ${action.name}`;
        return (
          <ActionButton
            key={key}
            action={action}
            busy={busy === key}
            onClick={() => void run(key, action, () => deeds.press(place, action.label))}
          />
        );
      })}
    </div>
  );
}
