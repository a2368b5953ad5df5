import { CopyOutlined } from "@ant-design/icons";
import type { Words } from "../words/words.ts";
import type { Citation } from "./citations.tsx";
import { CopyButton } from "./copy-button.tsx";

interface CopyQuotesProps {
  label: string;
  citations: readonly Citation[];
  words: Words;
}

/** Every quote as it stands in its document, each with its source. */
export function CopyQuotes({ label, citations, words }: CopyQuotesProps) {
  return (
    <CopyButton
      label={label}
      text={citations.map(writeQuote).join("\n\n")}
      words={words}
      look={{ className: "actions__judging", icon: <CopyOutlined aria-hidden="true" role="presentation" /> }}
    />
  );
}

function writeQuote({ quote, title, status, section }: Citation): string {
  return `${quote}\n——《${title}》${status ? `（${status}）` : ""}${section}`;
}
