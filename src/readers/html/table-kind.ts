import { attribute, countLetters, elementsIn, type PageElement, rawText, walkElements } from "./page-dom.ts";

const ROW_GROUPS: ReadonlySet<string> = new Set(["thead", "tbody", "tfoot"]);
const MAX_CELL_LETTERS = 700;
const MAX_CELL_BLOCKS = 6;

/** The table's own rows, not those of tables inside. */
export function rowsOf(table: PageElement): { row: PageElement; isHead: boolean }[] {
  return elementsIn(table).flatMap((child) => {
    if (child.name === "tr") return [{ row: child, isHead: false }];
    if (!ROW_GROUPS.has(child.name)) return [];
    const rows = elementsIn(child).filter(({ name }) => name === "tr");
    return rows.map((row) => ({ row, isHead: child.name === "thead" }));
  });
}

export function cellsOf(row: PageElement): PageElement[] {
  return elementsIn(row).filter(({ name }) => name === "td" || name === "th");
}

/** A table that only places things on the page: one column, tables inside, or cells with pieces of an article. */
export function isLayoutTable(table: PageElement): boolean {
  if (/^(?:presentation|none)$/.test(attribute(table, "role"))) return true;
  const rows = rowsOf(table).map(({ row }) => cellsOf(row));
  if (rows.every((cells) => cells.length < 2)) return true;
  return rows.some((cells) => cells.some(isPage));
}

function isPage(cell: PageElement): boolean {
  let blocks = 0;
  for (const { name } of walkElements(cell)) {
    if (name === "table" || name === "h1" || name === "h2") return true;
    if (name === "p" || name === "div") blocks += 1;
  }
  return blocks > MAX_CELL_BLOCKS && countLetters(rawText(cell)) > MAX_CELL_LETTERS;
}
