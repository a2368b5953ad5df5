import { Button } from "antd";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from "react";
import type { Words } from "../words/words.ts";

type Confirm = (question: string, words: Words) => Promise<boolean>;

interface Asked {
  question: string;
  words: Words;
  answer(agreed: boolean): void;
}

const ConfirmContext = createContext<Confirm>(async () => false);

/** Asks before something goes out. Escape and the cancel button say no. */
export function useConfirm(): Confirm {
  return useContext(ConfirmContext);
}

export function ConfirmProvider({ children }: { children: ReactNode }) {
  const [asked, setAsked] = useState<Asked>();
  const confirm = useCallback<Confirm>(
    (question, words) => new Promise((answer) => setAsked({ question, words, answer })),
    [],
  );
  const close = (agreed: boolean) => {
    asked?.answer(agreed);
    setAsked(undefined);
  };
  return (
    <ConfirmContext value={confirm}>
      {children}
      {asked && <ConfirmDialog asked={asked} onClose={close} />}
    </ConfirmContext>
  );
}

/** The browser's own dialog: it holds the focus, and gives it back where it was. */
function ConfirmDialog({ asked, onClose }: { asked: Asked; onClose(agreed: boolean): void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const agreed = useRef(false);
  useEffect(() => {
    dialog.current?.showModal();
    dialog.current?.querySelector("button")?.focus();
  }, []);
  const finish = (yes: boolean) => {
    agreed.current = yes;
    dialog.current?.close();
  };
  return (
    <dialog
      ref={dialog}
      className="confirm"
      aria-labelledby="confirm-question"
      onClose={() => onClose(agreed.current)}
    >
      <p id="confirm-question">{asked.question}</p>
      <div className="actions">
        <Button onClick={() => finish(false)}>{asked.words.cancel}</Button>
        <Button type="primary" onClick={() => finish(true)}>
          {asked.words.confirm}
        </Button>
      </div>
    </dialog>
  );
}
