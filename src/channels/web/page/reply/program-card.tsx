import { useId } from "react";
import type { ProgramBlock } from "../shared/wire.ts";
import type { Words } from "../words/words.ts";
import { Notices } from "./block-view.tsx";
import { collectQuotes } from "./collect-quotes.ts";
import { Fold } from "./fold.tsx";
import { Labelled, NotStated } from "./labelled.tsx";
import { QuoteView } from "./quote-view.tsx";
import { VerdictTable } from "./verdict-table.tsx";

interface ProgramProps {
  block: ProgramBlock;
  words: Words;
}

/** A program with its verdict. What a compact one leaves out unfolds. */
export function ProgramCard({ block, words }: ProgramProps) {
  const id = useId();
  const rank = block.rank === null ? "" : `${block.rank}. `;
  const state = [block.kind, block.status].filter(Boolean).join(" · ");
  return (
    <section className={`program program--${block.verdict}`} aria-labelledby={id}>
      <div className="program__head">
        <h3 className="program__name" id={id} lang="zh-CN">
          {`${rank}${block.name}`}
        </h3>
        <span className={`chip chip--${block.verdict}`}>{block.verdictLabel}</span>
      </div>
      {state !== "" && (
        <p className="program__state" lang="zh-CN">
          {state}
        </p>
      )}
      {block.reason && <p className="program__reason">{block.reason}</p>}
      {block.compact ? (
        <FoldedProgram block={block} words={words} />
      ) : (
        <FullProgram block={block} words={words} />
      )}
    </section>
  );
}

function FullProgram({ block, words }: ProgramProps) {
  const { criteria, notStated, cautions, nextStep } = block;
  return (
    <>
      {criteria.length > 0 && <VerdictTable block={block} words={words} />}
      <Evidence block={block} words={words} />
      {notStated.length > 0 && <NotStated label={words.notStated} items={notStated} />}
      {cautions.length > 0 && <Notices items={cautions} label={words.caution} />}
      {nextStep && (
        <Labelled name="next-step" label={words.nextStep}>
          <span>{nextStep}</span>
        </Labelled>
      )}
    </>
  );
}

function FoldedProgram({ block, words }: ProgramProps) {
  if (block.criteria.length === 0) return <Evidence block={block} words={words} />;
  return (
    <Fold title={words.details}>
      <VerdictTable block={block} words={words} />
      <Quotes block={block} words={words} />
    </Fold>
  );
}

function Evidence({ block, words }: ProgramProps) {
  const count = collectQuotes(block).length;
  if (count === 0) return null;
  return (
    <Fold title={words.evidence(count)}>
      <Quotes block={block} words={words} />
    </Fold>
  );
}

function Quotes({ block, words }: ProgramProps) {
  return collectQuotes(block).map((quote) => (
    <QuoteView key={`${quote.title}${quote.section}${quote.quote}`} quote={quote} words={words} />
  ));
}
