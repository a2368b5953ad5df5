import type { Turn } from "../shared/wire.ts";
import { toLocale, wordsFor } from "../words/words.ts";

/**
 * Tells screen readers once that an answer is there and what it says first; the log itself stays silent, or every part of a
 * streamed answer would be read out.
 */
export function Announcer({ news }: { news: Turn | undefined }) {
  return (
    <div className="visually-hidden" role="status" aria-live="polite" data-announcer="">
      {news && (
        <p key={news.turnId} lang={toLocale(news.reply.language)}>
          {sayNews(news)}
        </p>
      )}
    </div>
  );
}

function sayNews({ reply }: Turn): string {
  const words = wordsFor(reply.language);
  if (reply.quiet) return reply.headline;
  const person = words.persons[reply.kind];
  if (person) return `${person}：${reply.headline}`;
  const sources = reply.blocks.filter(({ type }) => type === "citation").length;
  return words.answered(reply.headline, sources);
}
