/** Data rows of a list. */
export const MAX_ROWS = 20_000;
export const MAX_FILE_BYTES = 10 * 1024 * 1024;
export const MAX_COLUMNS = 200;

export interface TableRow {
  /** As the program that made the file counts, from 1. */
  line: number;
  /** Empty text: nothing there. Days are `YYYY-MM-DD`, shares `5%`. */
  cells: (string | number | boolean)[];
}
