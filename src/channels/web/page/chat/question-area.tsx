import type { GetProps, GetRef } from "antd";
import { Input } from "antd";
import { type Ref, useLayoutEffect } from "react";
import { useWords } from "../words/words.ts";

const FIELD_ID = "question";
const MAX_CHARACTERS = 2000;
const MAX_ROWS = 6;

type AreaProps = GetProps<typeof Input.TextArea> & {
  ref?: Ref<GetRef<typeof Input.TextArea>> | undefined;
};

/** The sender's own field, named: attributes given to the sender would land on its frame as well. */
export function QuestionArea(props: AreaProps) {
  const words = useWords();
  useLayoutEffect(() => {
    if (props.value !== undefined) fitRows();
  }, [props.value]);
  return (
    <>
      <label className="visually-hidden" htmlFor={FIELD_ID}>
        {words.question}
      </label>
      <Input.TextArea
        {...props}
        id={FIELD_ID}
        autoSize={false}
        rows={1}
        maxLength={MAX_CHARACTERS}
        enterKeyHint="send"
        autoComplete="off"
        spellCheck={false}
        aria-describedby="composer-hint"
      />
    </>
  );
}

/** The library's own fitting writes style attributes, which our content security policy forbids. */
function fitRows(): void {
  const field = document.getElementById(FIELD_ID);
  if (!(field instanceof HTMLTextAreaElement)) return;
  field.rows = 1;
  const { lineHeight, paddingBlockStart, paddingBlockEnd } = getComputedStyle(field);
  const padding = Number.parseFloat(paddingBlockStart) + Number.parseFloat(paddingBlockEnd);
  const lines = Math.round((field.scrollHeight - padding) / Number.parseFloat(lineHeight));
  field.rows = Math.min(MAX_ROWS, Math.max(1, lines));
}
