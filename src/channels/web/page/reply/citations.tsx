import type { ReplyBlock } from "../shared/wire.ts";
import type { Words } from "../words/words.ts";
import { SourceLink } from "./source-link.tsx";
import { StatusChip } from "./status-chip.tsx";

export type Citation = Extract<ReplyBlock, { type: "citation" }>;

/** Citations shown at once; further ones unfold. */
const SHOWN_CITATIONS = 3;

interface CitationsProps {
  citations: readonly Citation[];
  title: string;
  words: Words;
}

export function Citations({ citations, title, words }: CitationsProps) {
  const hidden = citations.slice(SHOWN_CITATIONS);
  const draw = (citation: Citation) => (
    <CitationView key={citation.index} citation={citation} words={words} />
  );
  return (
    <section className="citations">
      <h2 className="citations__title">{title}</h2>
      {citations.slice(0, SHOWN_CITATIONS).map(draw)}
      {hidden.length > 0 && (
        <details className="citations__more">
          <summary>{words.more(hidden.length)}</summary>
          {hidden.map(draw)}
        </details>
      )}
    </section>
  );
}

function CitationView({ citation, words }: { citation: Citation; words: Words }) {
  const { index, title, status, section, quote, url } = citation;
  return (
    <figure className="citation">
      <figcaption className="citation__source">
        <span className="citation__index" aria-hidden="true">
          {index}
        </span>
        <span className="citation__name">
          <cite className="citation__title" lang="zh-CN">{`《${title}》`}</cite>{" "}
          {status && <StatusChip status={status} />}
        </span>
      </figcaption>
      <p className="citation__path" lang="zh-CN">
        {describePlace(citation)}
      </p>
      <blockquote className="citation__quote" lang="zh-CN">
        {quote}
      </blockquote>
      {url && <SourceLink url={url} section={section} words={words} />}
    </figure>
  );
}

/** The headings, and the paragraph under them where it has no number of its own; front matter goes by its name. */
function describePlace({ heading, section }: Citation): string {
  if (heading.length === 0) return section;
  const paragraph = /第\d+段$/.exec(section)?.[0];
  return [...heading, ...(paragraph ? [paragraph] : [])].join(" › ");
}
