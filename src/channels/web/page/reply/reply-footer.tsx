import { Button } from "antd";
import type { Reply } from "../shared/wire.ts";
import type { Words } from "../words/words.ts";
import { CopyButton } from "./copy-button.tsx";
import type { ReplyDeeds } from "./reply-deeds.ts";
import { writeTime } from "./write-time.ts";

interface ReplyFooterProps {
  reply: Reply;
  words: Words;
  at: string;
  deeds: ReplyDeeds;
  question: string;
}

export function ReplyFooter({ reply, words, at, deeds, question }: ReplyFooterProps) {
  const failed = reply.kind === "error";
  return (
    <footer className="reply__footer">
      {reply.generatedByAi && <span className="reply__ai">{words.ai}</span>}
      <time className="reply__time" dateTime={at}>
        {writeTime(at)}
      </time>
      {failed && question !== "" && (
        <Button type="link" size="small" onClick={() => deeds.ask(question)}>
          {words.retry}
        </Button>
      )}
      {!failed && <CopyButton label={words.copyAnswer} text={reply.plainText} words={words} />}
    </footer>
  );
}
