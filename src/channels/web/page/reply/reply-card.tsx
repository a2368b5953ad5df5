import type { Reply } from "../shared/wire.ts";
import { toLocale, type Words, wordsFor } from "../words/words.ts";
import { BlockView } from "./block-view.tsx";
import { Citations } from "./citations.tsx";
import { groupBlocks } from "./group-blocks.ts";
import type { ReplyDeeds } from "./reply-deeds.ts";
import { ReplyFooter } from "./reply-footer.tsx";
import { writeTime } from "./write-time.ts";

interface ReplyCardProps {
  reply: Reply;
  /** When it was given; absent while it is being made. */
  at?: string;
  /** Absent while it is being made: nothing can be pressed. */
  deeds?: ReplyDeeds;
  /** What can be asked again; empty: nothing. */
  question?: string;
  /** Said under a reply that is being made. */
  partial?: string;
}

export function ReplyCard({ reply, at, deeds, question = "", partial }: ReplyCardProps) {
  const words = wordsFor(reply.language);
  if (reply.quiet) return <QuietReply reply={reply} at={at} />;
  const person = words.persons[reply.kind];
  return (
    <article
      className={`reply reply--${reply.kind}${partial ? " reply--partial" : ""}`}
      lang={toLocale(reply.language)}
      aria-label={person ?? words.answer}
    >
      {person && <p className="reply__person">{person}</p>}
      {reply.headline !== "" && <p className="reply__headline">{reply.headline}</p>}
      <ReplyBody reply={reply} words={words} {...(deeds && { deeds })} />
      {partial && (
        <p className="reply__composing">
          <span className="reply__pulse" aria-hidden="true" />
          {partial}
        </p>
      )}
      {at && deeds && <ReplyFooter reply={reply} words={words} at={at} deeds={deeds} question={question} />}
    </article>
  );
}

function ReplyBody({ reply, words, deeds }: { reply: Reply; words: Words; deeds?: ReplyDeeds }) {
  const { citations, others } = groupBlocks(reply.blocks);
  const near = reply.kind === "not-in-documents" || reply.kind === "refused";
  return (
    <>
      {citations.length > 0 && (
        <Citations citations={citations} title={near ? words.near : words.basis} words={words} />
      )}
      {others.map(({ block, index }) => (
        <BlockView
          key={index}
          block={block}
          index={index}
          words={words}
          citations={citations}
          {...(deeds && { deeds })}
        />
      ))}
    </>
  );
}

/** Only acknowledges: a line under what was said. */
function QuietReply({ reply, at }: { reply: Reply; at: string | undefined }) {
  return (
    <p className="reply reply--quiet" lang={toLocale(reply.language)}>
      {reply.headline} {at && <time dateTime={at}>{writeTime(at)}</time>}
    </p>
  );
}
