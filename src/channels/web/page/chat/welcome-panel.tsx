import { useEffect, useState } from "react";
import { ExampleButtons } from "../reply/example-buttons.tsx";
import { StatusChip } from "../reply/status-chip.tsx";
import { useWords } from "../words/words.ts";

export function WelcomePanel({
  examples,
  onAsk,
}: {
  examples: readonly string[];
  onAsk(question: string): void;
}) {
  const words = useWords();
  return (
    <section className="welcome" id="welcome" aria-labelledby="welcome-title">
      <h2 className="welcome__title" id="welcome-title">
        {words.welcome}
      </h2>
      <p className="welcome__text">{words.introduction}</p>
      <h3 className="welcome__label">{words.examples}</h3>
      <ExampleButtons items={examples} onAsk={onAsk} />
      <Library />
    </section>
  );
}

interface Listed {
  documentId: string;
  title: string;
  status: string;
}

const SHOWN_DOCUMENTS = 5;

/** What answers rest on. Without it the page works as well, so a failure shows nothing. */
function Library() {
  const words = useWords();
  const [library, setLibrary] = useState<{ total: number; documents: Listed[] }>();
  useEffect(() => {
    fetch(`/api/v1/documents?limit=${SHOWN_DOCUMENTS}`)
      .then(async (response) => response.ok && setLibrary(await response.json()))
      .catch(() => undefined);
  }, []);
  if (!library || library.documents.length === 0) return null;
  const { total, documents } = library;
  return (
    <>
      <h3 className="welcome__label">{words.library}</h3>
      <ul className="library">
        {documents.map(({ documentId, title, status }) => (
          <li key={documentId} lang="zh-CN">
            <a href={`/documents/${encodeURIComponent(documentId)}`} target="_blank" rel="noopener">
              《{title}》<span className="visually-hidden">（{words.newWindow}）</span>
            </a>{" "}
            <StatusChip status={status} />
          </li>
        ))}
        {total > documents.length && <li>{words.libraryTotal(total)}</li>}
      </ul>
    </>
  );
}
