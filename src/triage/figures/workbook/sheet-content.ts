export type Cell = string | number | null;

export interface Column {
  header: string;
  width: number;
  /** Of Excel: `0.0%`. */
  format?: string;
}

export interface SheetContent {
  name: string;
  columns: readonly Column[];
  rows: readonly (readonly Cell[])[];
  notes?: readonly string[];
}

export const PERCENT = "0.0%";
export const ONE_DECIMAL = "0.0";
