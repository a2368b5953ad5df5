import { Button, type ButtonProps } from "antd";
import { useEffect, useRef, useState } from "react";
import { copyText } from "../shared/copy-text.ts";
import type { Words } from "../words/words.ts";

const SHOWN_MS = 2500;

interface CopyButtonProps {
  label: string;
  text: string;
  words: Words;
  /** Absent: a small link. */
  look?: Pick<ButtonProps, "className" | "icon">;
}

const SMALL_LINK: ButtonProps = { type: "link", size: "small", className: "copy" };

/** Copies, and says that it did; where the browser does not let pages copy, the text is selected for the reader to copy. */
export function CopyButton({ label, text, words, look }: CopyButtonProps) {
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
      <Button ref={button} {...(look ?? SMALL_LINK)} onClick={copy}>
        {outcome ? words[outcome] : label}
      </Button>
      <span className="visually-hidden" role="status">
        {outcome && words[outcome]}
      </span>
    </>
  );
}
