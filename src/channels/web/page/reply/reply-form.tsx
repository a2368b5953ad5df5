import { type FormEvent, useId, useRef } from "react";
import type { FormField, ReplyBlock } from "../shared/wire.ts";
import type { Words } from "../words/words.ts";
import { ActionButton } from "./action-button.tsx";
import { FieldControl } from "./field-control.tsx";
import type { ReplyDeeds } from "./reply-deeds.ts";
import { useRunner } from "./use-runner.ts";

interface ReplyFormProps {
  block: Extract<ReplyBlock, { type: "form" }>;
  index: number;
  words: Words;
  deeds: ReplyDeeds;
}

/** `more` are further buttons that send the same contents; only the first asks for what is required. */
export function ReplyForm({ block, index, words, deeds }: ReplyFormProps) {
  const { busy, run } = useRunner(words);
  const buttons = useRef<HTMLDivElement>(null);
  const actions = [block.submit, ...(block.more ?? [])];
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const contents = readContents(event.currentTarget);
    const submitter = (event.nativeEvent as SubmitEvent).submitter;
    // Enter in a field presses the first.
    const pressed = Math.max(0, Array.from(buttons.current?.children ?? []).indexOf(submitter as Element));
    const action = actions[pressed] ?? block.submit;
    const place = { block: index, action: pressed, name: action.name };
    void run("form", action, () => deeds.press(place, action.label, contents));
  };
  return (
    <form className="form" aria-label={block.submit.label} autoComplete="off" onSubmit={submit}>
      {block.fields.map((field) => (
        <Field key={field.name} field={field} words={words} />
      ))}
      <div className="actions" ref={buttons}>
        {actions.map((action, position) => (
          <ActionButton
            key={action.name + action.label}
            action={action}
            busy={busy !== undefined}
            submits={position === 0 ? "checked" : "unchecked"}
          />
        ))}
      </div>
    </form>
  );
}

function Field({ field, words }: { field: FormField; words: Words }) {
  const id = useId();
  return (
    <div className="form__field">
      <label className="form__label" htmlFor={id}>
        {field.label}
        {field.required && <span className="form__required">（{words.required}）</span>}
      </label>
      <FieldControl field={field} id={id} words={words} />
    </div>
  );
}

function readContents(form: HTMLFormElement): Record<string, string> {
  return Object.fromEntries(
    [...new FormData(form)].map(([name, value]) => [name, typeof value === "string" ? value : ""]),
  );
}
