import { Sender } from "@ant-design/x";
import { type Ref, useImperativeHandle, useRef, useState } from "react";
import { useWords } from "../words/words.ts";
import { AttachButton } from "./attach-button.tsx";
import { AttachedFiles } from "./attached-files.tsx";
import type { ConversationState } from "./conversation-state.ts";
import { FileDrop } from "./file-drop.tsx";
import { QuestionArea } from "./question-area.tsx";
import { sayFailure } from "./say-failure.ts";
import { useAttachments } from "./use-attachments.ts";
import { useOnline } from "./use-online.ts";

/** From here on the length is told. */
const LONG_QUESTION = 1800;

export interface ComposerHandle {
  focus(): void;
}

interface ComposerProps {
  ref: Ref<ComposerHandle>;
  state: ConversationState;
  onSend(text: string, files: readonly File[]): void;
}

export function Composer({ ref, state, onSend }: ComposerProps) {
  const words = useWords();
  const [text, setText] = useState("");
  const attachments = useAttachments(words, state.limits);
  const area = useRef<HTMLDivElement>(null);
  const focus = () => area.current?.querySelector("textarea")?.focus();
  useImperativeHandle(ref, () => ({ focus }));
  const submit = () => {
    if (text.trim() === "" && attachments.files.length === 0) return focus();
    onSend(text, attachments.files);
    setText("");
    attachments.clear();
    focus();
  };
  return (
    <footer className="composer" ref={area}>
      <div className="composer__inner">
        <ComposerStatus state={state} length={text.length} />
        <p className="composer__problem" role="alert">
          {attachments.problem}
        </p>
        <Sender
          value={text}
          onChange={setText}
          onSubmit={submit}
          onKeyDown={keepComposition}
          onPasteFile={(files) => attachments.add([...files])}
          placeholder={words.placeholder}
          autoSize={false}
          components={{ input: QuestionArea }}
          classNames={{ root: "composer__sender" }}
          header={attachments.files.length > 0 && <AttachedFiles {...attachments} />}
          prefix={<AttachButton onFiles={attachments.add} />}
          suffix={(_, { components: { SendButton } }) => (
            <SendButton shape="default" icon={null} disabled={false} id="send">
              {words.send}
            </SendButton>
          )}
        />
        <p className="composer__hint" id="composer-hint">
          <span className="composer__keys">{words.keys} </span>
          {words.disclaimer}
        </p>
      </div>
      <FileDrop onFiles={attachments.add} />
    </footer>
  );
}

/** While an input method composes, Enter chooses a word; Safari says so by the key code only. */
function keepComposition(event: React.KeyboardEvent): false | undefined {
  return event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229 ? false : undefined;
}

function ComposerStatus({ state, length }: { state: ConversationState; length: number }) {
  const words = useWords();
  const online = useOnline();
  const { connection, refusal } = state;
  const said = () => {
    if (!online) return words.offline;
    if (connection === "lost") return words.lost;
    if (connection === "refused" && refusal) return `${sayFailure(refusal, words)} ${words.retrying}`;
    return length > LONG_QUESTION ? words.length(length) : "";
  };
  return (
    <p className="composer__status" role="status">
      {said()}
    </p>
  );
}
