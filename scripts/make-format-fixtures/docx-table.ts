import { Paragraph, Table, TableCell, TableRow, TextRun, VerticalAlign, WidthType } from "docx";
import { type SourceTable, spansOf } from "./source.ts";

export function makeTable(table: SourceTable, repeatHeader: boolean): Table {
  const spans = spansOf(table);
  const rows = table.cells.map((_, y) => {
    const children = spans
      .filter((span) => span.y === y)
      .map(
        ({ text, columns, rows: height }) =>
          new TableCell({
            columnSpan: columns,
            rowSpan: height,
            verticalAlign: VerticalAlign.CENTER,
            children: [
              new Paragraph({ children: [new TextRun({ text, size: 21, bold: y < table.header })] }),
            ],
          }),
      );
    return new TableRow({ children, tableHeader: repeatHeader && y < table.header, cantSplit: true });
  });
  return new Table({ rows, width: { size: 100, type: WidthType.PERCENTAGE } });
}
