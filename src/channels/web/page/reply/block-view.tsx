import type { Words } from "../words/words.ts";
import { ActionButtons } from "./action-buttons.tsx";
import { ChangesList } from "./changes-list.tsx";
import type { Citation } from "./citations.tsx";
import { ExampleButtons } from "./example-buttons.tsx";
import { FileLink, Picture } from "./files.tsx";
import type { ShownBlock } from "./group-blocks.ts";
import { Labelled, NotStated } from "./labelled.tsx";
import { ProgramCard } from "./program-card.tsx";
import type { ReplyDeeds } from "./reply-deeds.ts";
import { ReplyForm } from "./reply-form.tsx";

export interface BlockViewProps {
  block: ShownBlock;
  index: number;
  words: Words;
  /** Of the same reply. */
  citations: readonly Citation[];
  /** Absent while the reply is being made. */
  deeds?: ReplyDeeds;
}

export function BlockView({ block, index, words, citations, deeds }: BlockViewProps) {
  switch (block.type) {
    case "notices":
      return <Notices items={block.items} />;
    case "paragraph":
      return <Paragraph block={block} />;
    case "list":
      return <List block={block} {...(deeds && { deeds })} />;
    case "heading":
      return <h3 className="reply__heading">{block.text}</h3>;
    case "fields":
      return <Fields block={block} />;
    case "changes":
      return <ChangesList block={block} words={words} />;
    case "program":
      return <ProgramCard block={block} words={words} />;
    case "form":
      return deeds ? <ReplyForm block={block} index={index} words={words} deeds={deeds} /> : null;
    case "actions":
      return deeds ? (
        <ActionButtons block={block} index={index} words={words} deeds={deeds} citations={citations} />
      ) : null;
    case "file":
      return <FileLink block={block} words={words} />;
    case "picture":
      return <Picture block={block} words={words} />;
    default:
      return null;
  }
}

type Block<Type extends ShownBlock["type"]> = Extract<ShownBlock, { type: Type }>;

export function Notices({ items, label }: { items: readonly string[]; label?: string }) {
  return (
    <ul className="notices" {...(label && { "aria-label": label })}>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );
}

/** “下一步：……” gets its label beside it. */
function Paragraph({ block }: { block: Block<"paragraph"> }) {
  const split = block.role === "next-step" ? /^([^：:]{2,12})[：:]\s*(.*)$/su.exec(block.text) : null;
  if (!split) return <p className="reply__text">{block.text}</p>;
  return (
    <Labelled name="next-step" label={split[1] ?? ""}>
      <span>{split[2]}</span>
    </Labelled>
  );
}

function List({ block, deeds }: { block: Block<"list">; deeds?: ReplyDeeds }) {
  const { title, items, role } = block;
  if (role === "examples")
    return (
      <div className="reply__examples">
        {title && <p className="reply__text">{title}</p>}
        <ExampleButtons items={items} onAsk={(question) => deeds?.ask(question)} />
      </div>
    );
  if (role === "not-stated") return <NotStated label={title ?? ""} items={items} />;
  return (
    <div className="reply__list">
      {title && <p>{title}</p>}
      <ul>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </div>
  );
}

function Fields({ block }: { block: Block<"fields"> }) {
  return (
    <dl className="reply__fields">
      {block.items.map(({ label, value, note }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{note ? `${value}（${note}）` : value}</dd>
        </div>
      ))}
    </dl>
  );
}
