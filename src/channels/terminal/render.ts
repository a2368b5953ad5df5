import { type Reply, type ReplyBlock, writeBlockLines } from "../../conversation/index.ts";
import { labelled } from "./labelled.ts";
import { createPaint, type Paint } from "./paint.ts";
import { renderProgram } from "./render-program.ts";
import { wrapText } from "./wrap-text.ts";

export interface TerminalOptions {
  /** ANSI colours; only for a terminal. */
  colour: boolean;
  /** Default 88. */
  columns?: number;
}

const LABELS = {
  zh: {
    sources: "依据",
    near: "相关内容",
    notice: "提示",
    ai: "本回复由人工智能依据所引条款生成，请以原文为准。",
  },
  en: {
    sources: "Sources",
    near: "Related",
    notice: "Note",
    ai: "Written by AI from the cited clauses; the original text prevails.",
  },
} as const;

/** A reply as aligned lines for people: the conclusion, the cited clauses, and the rest with its labels in a column. */
export function renderForTerminal(reply: Reply, { colour, columns = 88 }: TerminalOptions): string {
  const paint = createPaint(colour);
  const labels = LABELS[reply.language];
  // Only acknowledges: one line, however long.
  if (reply.quiet) return paint("faint", reply.headline.replace(/\s+/g, " ").trim());
  const headline = wrapText(reply.headline, columns);
  const lines = headline.map((line) => paint(reply.kind === "error" ? "error" : "strong", line));
  const citations = reply.blocks.filter((block) => block.type === "citation");
  if (citations.length > 0) {
    const near = reply.kind === "not-in-documents" || reply.kind === "refused";
    lines.push("", paint("faint", near ? labels.near : labels.sources));
    for (const citation of citations) lines.push(...renderCitation(citation, columns, paint), "");
    lines.pop();
  }
  const rest = reply.blocks.filter((block) => block.type !== "citation");
  if (rest.length > 0) lines.push("");
  for (const block of rest) lines.push(...renderBlock(block, reply.language, columns, paint));
  if (reply.generatedByAi) lines.push("", paint("faint", labels.ai));
  return lines.join("\n");
}

function renderCitation(
  block: Extract<ReplyBlock, { type: "citation" }>,
  columns: number,
  paint: Paint,
): string[] {
  const indent = "    ";
  const path = [block.heading.join(" › "), block.section].filter((part) => part !== "").join(" · ");
  const quote = wrapText(`“${block.quote}”`, columns - 6);
  return [
    ` ${paint("strong", `[${block.index}]`)} ${paint("source", `《${block.title}》`)} ${paint("status", block.status)}`,
    ...wrapText(path, columns - 4).map((line) => indent + paint("faint", line)),
    ...quote.map((line) => `${indent}${paint("faint", "│")} ${line}`),
    ...(block.url ? [indent + paint("faint", block.url)] : []),
  ];
}

function renderBlock(
  block: Exclude<ReplyBlock, { type: "citation" }>,
  language: Reply["language"],
  columns: number,
  paint: Paint,
): string[] {
  switch (block.type) {
    case "notice":
      return labelled(LABELS[language].notice, block.text, columns, (text) => paint("warning", text));
    case "paragraph": {
      const split = block.role === "next-step" ? /^(.{2,12}?)[：:]\s*(.*)$/su.exec(block.text) : null;
      if (split) return labelled(split[1] ?? "", split[2] ?? "", columns);
      return wrapText(block.text, columns);
    }
    case "list": {
      if (block.role === "not-stated") {
        return labelled(block.title ?? "", block.items.join("、"), columns);
      }
      const items = block.items.flatMap((item) =>
        wrapText(item, columns - 4).map((line, index) => (index === 0 ? `  · ${line}` : `    ${line}`)),
      );
      return [...(block.title ? [block.title] : []), ...items];
    }
    case "heading":
      return ["", paint("strong", block.text)];
    case "program":
      return renderProgram(block, language, columns, paint);
    case "form": {
      const actions = [block.submit, ...(block.more ?? [])];
      return [block, { type: "actions" as const, actions }].flatMap((each) =>
        writeBlockLines(each, language).flatMap((line) => wrapText(line, columns)),
      );
    }
    default:
      return writeBlockLines(block, language).flatMap((line) => wrapText(line, columns));
  }
}
