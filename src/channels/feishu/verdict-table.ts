import type { VerdictRow } from "../../conversation/index.ts";
import type { LabelColour, TableElement } from "./card.ts";
import type { Piece } from "./piece.ts";
import { shorten, type Words } from "./quote-pieces.ts";
import { measureBytes } from "./split-text.ts";

const MAX_TABLE_BYTES = 6_000;
/** The platform shows up to ten rows a page. */
const MAX_PAGE = 10;

const ROW_COLOURS: Readonly<Record<VerdictRow["verdict"], LabelColour>> = {
  met: "green",
  unmet: "red",
  unknown: "blue",
};

type Row = TableElement["rows"][number];

/** Verdicts as a table; a list too long for one becomes several. Cells are plain text: markup in them does nothing. */
export function toTablePieces(criteria: readonly VerdictRow[], words: Words): Piece[] {
  const pieces: Piece[] = [];
  let rows: Row[] = [];
  let lines: Piece["lines"] = [];
  const flush = () => {
    if (rows.length > 0) pieces.push({ elements: [toTable(rows, words)], lines });
    rows = [];
    lines = [];
  };
  for (const criterion of criteria) {
    const row = toRow(criterion, words);
    const line = { text: toLine(criterion, words) };
    const bytes = Math.max(measureBytes([...rows, row]), measureBytes([...lines, line]));
    if (bytes > MAX_TABLE_BYTES) flush();
    rows.push(row);
    lines.push(line);
  }
  flush();
  return pieces;
}

function toTable(rows: Row[], { program }: Words): TableElement {
  const column = (name: string, display_name: string, data_type: "text" | "options", width: string) => ({
    name,
    display_name,
    data_type,
    width,
    vertical_align: "top" as const,
  });
  return {
    tag: "table",
    page_size: Math.min(MAX_PAGE, rows.length),
    row_height: "auto",
    row_max_height: "240px",
    header_style: { background_style: "grey", bold: true },
    columns: [
      column("criterion", program.criterion, "text", "180px"),
      column("verdict", program.verdict, "options", "90px"),
      column("ours", program.ours, "text", "auto"),
      column("threshold", program.threshold, "text", "auto"),
      column("clause", program.clause, "text", "auto"),
    ],
    rows,
  };
}

function toRow({ text, verdict, label, observed, threshold, section, note }: VerdictRow, words: Words): Row {
  const ours = observed ?? (verdict === "unknown" ? words.program.unknown : "—");
  return {
    criterion: shorten(text),
    verdict: [{ text: shorten(label), color: ROW_COLOURS[verdict] }],
    ours: shorten(note ? `${ours}（${note}）` : ours),
    threshold: shorten(threshold ?? "—"),
    clause: shorten(section),
  };
}

function toLine(row: VerdictRow, { program }: Words): string {
  const { text, label, observed, threshold, section, note } = row;
  const facts = [
    ...(observed ? [`${program.ours} ${shorten(observed)}`] : []),
    ...(threshold ? [`${program.threshold} ${shorten(threshold)}`] : []),
    ...(note ? [shorten(note)] : []),
  ];
  const said = facts.length > 0 ? `${program.colon}${facts.join("，")}` : "";
  return `〔${shorten(label)}〕${shorten(text)}${said}（${shorten(section)}）`;
}
