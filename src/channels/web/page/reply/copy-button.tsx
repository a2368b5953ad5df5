import { Button } from "antd";
import { useEffect, useRef, useState } from "react";
import { copyText } from "../shared/copy-text.ts";
import type { Words } from "../words/words.ts";

const SHOWN_MS = 2500;

interface CopyButtonProps {
  label: string;
  /** Said besides the label, where several buttons have the same. */
  about?: string;
  text: string;
  words: Words;
}

/** Copies, and says that it did; where the browser does not let pages copy, the text is selected for the reader to copy. */
export function CopyButton({ label, about, text, words }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<"copied" | "selected">();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!outcome) return;
    const timer = setTimeout(() => setOutcome(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async () => {
    const copied = await copyText(text, button.current?.closest("figure, article"));
    setOutcome(copied ? "copied" : "selected");
  };
  return (
    <>
      <Button ref={button} type="link" size="small" className="copy" onClick={copy}>
        {outcome ? words[outcome] : label}
        {about && <span className="visually-hidden">（{about}）</span>}
      </Button>
      <span className="visually-hidden" role="status">
        {outcome && words[outcome]}
      </span>
    </>
  );
}
