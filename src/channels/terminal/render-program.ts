import type { ProgramBlock, Reply, VerdictRow } from "../../conversation/index.ts";
import { labelled } from "./labelled.ts";
import type { Paint, Style } from "./paint.ts";
import { displayWidth, wrapText } from "./wrap-text.ts";

const WORDS = {
  zh: {
    ours: "贵企业",
    threshold: "要求",
    source: "依据",
    notStated: "文件未载明",
    caution: "请注意",
    nextStep: "下一步",
    book: (title: string) => `《${title}》`,
  },
  en: {
    ours: "yours",
    threshold: "required",
    source: "Source",
    notStated: "Not stated",
    caution: "Please note",
    nextStep: "Next step",
    book: (title: string) => `《${title}》`,
  },
} as const;

const PROGRAM_STYLES: Record<ProgramBlock["verdict"], Style> = {
  eligible: "good",
  likely: "open",
  "needs-confirmation": "faint",
  "not-eligible": "error",
};

const ROW_STYLES: Record<VerdictRow["verdict"], Style> = { met: "good", unmet: "error", unknown: "open" };

const INDENT = "    ";

interface View {
  words: (typeof WORDS)[keyof typeof WORDS];
  /** Without the indent. */
  columns: number;
  paint: Paint;
}

/** A program under its number: verdict, state and reason, then the conditions with the words that they rest on. */
export function renderProgram(
  block: ProgramBlock,
  language: Reply["language"],
  columns: number,
  paint: Paint,
): string[] {
  const view = { words: WORDS[language], columns: columns - INDENT.length, paint };
  const number = block.rank === null ? INDENT : `${block.rank}.`.padStart(3).padEnd(INDENT.length);
  const [first = "", ...more] = wrapText(block.name, view.columns);
  const verdict = `〔${block.verdictLabel}〕`;
  const state = [block.kind, block.status].filter((part) => part !== "").join(" · ");
  return [
    "",
    number + paint("strong", first),
    ...more.map((line) => INDENT + paint("strong", line)),
    ...indent([
      `${paint(PROGRAM_STYLES[block.verdict], verdict)} ${paint("faint", state)}`,
      ...(block.reason ? wrapText(block.reason, view.columns) : []),
      ...(block.compact ? renderSource(block, view) : renderBody(block, view)),
    ]),
  ];
}

function renderBody(block: ProgramBlock, view: View): string[] {
  const { words, columns, paint } = view;
  const labelColumns = Math.max(0, ...block.criteria.map(({ label }) => displayWidth(label))) + 2;
  const said: [string, string, Style | undefined][] = [
    [words.notStated, block.notStated.join("、"), undefined],
    ...block.cautions.map((caution): [string, string, Style] => [words.caution, caution, "warning"]),
    [words.nextStep, block.nextStep, undefined],
  ];
  return [
    ...block.criteria.flatMap((row) => renderRow(row, labelColumns, view)),
    ...block.quotes.flatMap((quote) => [
      paint("source", `${words.book(quote.title)}${quote.section}`),
      ...renderQuote(quote, view),
    ]),
    ...said
      .filter(([, text]) => text !== "")
      .flatMap(([label, text, style]) =>
        labelled(label, text, columns, (line) => (style ? paint(style, line) : line)),
      ),
  ];
}

function renderRow(row: VerdictRow, labelColumns: number, view: View): string[] {
  const { words, columns, paint } = view;
  const facts = [
    ...(row.observed ? [`${words.ours} ${row.observed}`] : []),
    ...(row.threshold ? [`${words.threshold} ${row.threshold}`] : []),
    ...(row.note ? [row.note] : []),
  ].join(" · ");
  const lead = " ".repeat(labelColumns);
  const narrow = { ...view, columns: columns - labelColumns };
  const [first = "", ...more] = labelled(row.label, row.text, columns, undefined, labelColumns);
  return [
    paint(ROW_STYLES[row.verdict], row.label) + first.slice(row.label.length),
    ...more,
    ...(facts === "" ? [] : wrapText(facts, narrow.columns).map((line) => lead + line)),
    ...[paint("faint", row.section), ...renderQuote(row, narrow)].map((line) => lead + line),
  ];
}

function renderQuote({ quote, url }: { quote: string; url?: string }, { columns, paint }: View): string[] {
  if (quote === "") return [];
  const lines = wrapText(`“${quote}”`, columns - 2).map((line) => `${paint("faint", "│")} ${line}`);
  return [...lines, ...(url ? [paint("faint", url)] : [])];
}

/** Never without its source. */
function renderSource({ quotes }: ProgramBlock, { words, columns, paint }: View): string[] {
  const [first] = quotes;
  if (!first) return [];
  const source = `${words.book(first.title)}${first.section}`;
  return labelled(words.source, source, columns, (line) => paint("source", line), 0);
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => INDENT + line);
}
