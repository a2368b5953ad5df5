import { localPath } from "../shared/local-path.ts";
import type { Words } from "../words/words.ts";

interface SourceLinkProps {
  url: string;
  /** Which one it is, for those who hear the link without its surroundings. */
  section: string;
  words: Words;
}

/** Leads to the document with the sentence marked. */
export function SourceLink({ url, section, words }: SourceLinkProps) {
  return (
    <a className="citation__link" href={localPath(url)} target="_blank" rel="noopener">
      {words.open}
      <span className="visually-hidden">
        （{section}，{words.newWindow}）
      </span>
    </a>
  );
}
