import type { FieldId, ProfileRow } from "../../enterprises/index.ts";
import type { MatchResult } from "../types.ts";

export interface ReportRequest {
  enterprise: { name: string | null; creditCode: string | null };
  /** What is known of it, as people read it. */
  profileRows: readonly ProfileRow[];
  result: MatchResult;
  parkName: string;
  /** `YYYY-MM-DD`. */
  today: string;
  language: "zh" | "en";
  nameOfField(field: FieldId): string;
}

export interface ReportFile {
  name: string;
  mediaType: string;
  bytes: Uint8Array;
}

/** One document for every format: both say the same. */
export type ReportPart =
  | { type: "title"; text: string }
  | { type: "heading"; level: 1 | 2; text: string }
  | { type: "paragraph"; text: string; tone?: "note" | "strong" }
  | { type: "list"; items: string[] }
  /** `widths`: shares of the line, summing to 1. */
  | { type: "table"; head: string[]; rows: string[][]; widths: number[] };

export interface ReportModel {
  title: string;
  footer: string;
  parts: ReportPart[];
}
