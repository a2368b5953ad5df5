import type { Answer, Citation } from "../../answering/index.ts";
import { toShanghaiDay } from "../../shared/index.ts";
import { isInformative } from "../given-answer.ts";

const MAX_QUOTE = 160;

/** What we said, what holds now, and where it stands; in the language of the first answer. */
export function writeSummary(question: string, askedAt: string, before: Answer, after: Answer): string {
  return before.language === "en"
    ? writeEnglish(question, askedAt, before, after)
    : writeChinese(question, askedAt, before, after);
}

function writeChinese(question: string, askedAt: string, before: Answer, after: Answer): string {
  const day = toShanghaiDay(new Date(askedAt));
  const said = before.citations[0];
  const now = after.citations[0];
  return [
    `您好，您于 ${day} 咨询的“${shorten(question)}”，所依据的文件已有更新，特此更正。`,
    said
      ? `当时的答复依据${place(said)}：“${shorten(said.quote)}”，该依据现已变化。`
      : "当时的答复是：文件未载明。",
    now && isInformative(after)
      ? `现行内容见${place(now)}（${now.status}）：“${shorten(now.quote)}”。`
      : "现已发布的文件未载明此事项，原答复请不再作为依据。",
    "给您带来不便，敬请谅解；请以现行文件为准。",
  ].join("\n");
}

function writeEnglish(question: string, askedAt: string, before: Answer, after: Answer): string {
  const day = toShanghaiDay(new Date(askedAt));
  const said = before.citations[0];
  const now = after.citations[0];
  return [
    `Correction: the documents behind our answer of ${day} to “${shorten(question)}” have changed.`,
    said
      ? `The answer rested on ${place(said)}: “${shorten(said.quote)}”. This has changed.`
      : "The answer was that the documents do not say.",
    now && isInformative(after)
      ? `What holds now stands in ${place(now)} (${now.status}): “${shorten(now.quote)}”.`
      : "The published documents no longer state this; please do not rely on the earlier answer.",
  ].join("\n");
}

function place({ title, section }: Citation): string {
  return `《${title}》${section}`;
}

function shorten(text: string): string {
  const line = text.replace(/\s*\n\s*/g, " ");
  return line.length > MAX_QUOTE ? `${line.slice(0, MAX_QUOTE)}…` : line;
}
