import type { ReplyBlock } from "../shared/wire.ts";
import type { Words } from "../words/words.ts";

type Changes = Extract<ReplyBlock, { type: "changes" }>;
type Run = Changes["items"][number]["runs"][number];

/** Changes of clauses, the words marked. */
export function ChangesList({ block, words }: { block: Changes; words: Words }) {
  return (
    <ul className="changes">
      {block.items.map(({ kind, section, runs }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a section may change twice, and the list never does.
        <li key={`${place} ${section}`}>
          <strong>{`${words.changes[kind]} ${section} `}</strong>
          {runs.map((run, position) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: words repeat, and their order is fixed.
            <ChangedWords key={position} run={run} />
          ))}
        </li>
      ))}
    </ul>
  );
}

function ChangedWords({ run: { text, mark } }: { run: Run }) {
  if (mark === "added") return <ins>{text}</ins>;
  return mark === "removed" ? <del>{text}</del> : <span>{text}</span>;
}
