import type { Words } from "../words/words.ts";
import type { ShownQuote } from "./collect-quotes.ts";
import { SourceLink } from "./source-link.tsx";

export function QuoteView({ quote, words }: { quote: ShownQuote; words: Words }) {
  return (
    <figure className="citation">
      <figcaption className="citation__path" lang="zh-CN">{`${quote.title} · ${quote.section}`}</figcaption>
      <blockquote className="citation__quote" lang="zh-CN">
        {quote.quote}
      </blockquote>
      {quote.url && <SourceLink url={quote.url} section={quote.section} words={words} />}
    </figure>
  );
}
