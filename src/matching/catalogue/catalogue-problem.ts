import type { ProgramRecord } from "../../storage/index.ts";
import type { CatalogueEntry, CheckedQuote } from "../types.ts";
import { stands } from "./index-quotes.ts";
import { describeProblem, type ProgramProblem } from "./program-problem.ts";

/** A program that does not stand as it should, for watch, doctor and impact. */
export interface CatalogueProblem {
  programId: string;
  name: string;
  revision: number;
  documentTitle: string;
  /** False: it is not matched until somebody looks at it. */
  usable: boolean;
  /** `changed`, `moved`, `not-published`; empty when the program itself cannot be read. */
  quotes: CheckedQuote[];
  /** For admins, in Chinese: what is wrong and what to do. */
  message: string;
}

/** Undefined: all of its quotes hold. */
export function describeEntry(entry: Omit<CatalogueEntry, "documentStatus">): CatalogueProblem | undefined {
  const quotes = [...entry.quotes.values()].filter(({ state }) => state !== "holds");
  if (quotes.length === 0) return undefined;
  const { program, revision, documentTitle, usable } = entry;
  const lost = quotes.filter((quote) => !stands(quote));
  return {
    programId: program.id,
    name: program.name,
    revision,
    documentTitle,
    usable,
    quotes,
    message: writeMessage(entry, lost, quotes),
  };
}

function writeMessage(
  { program, documentTitle, documentId }: Omit<CatalogueEntry, "documentStatus">,
  lost: readonly CheckedQuote[],
  quotes: readonly CheckedQuote[],
): string {
  const named = `${program.id} ${program.name}`;
  if (documentId === null)
    return `${named}：所依据的《${documentTitle}》没有已发布的版本，已停止匹配。请发布该文件，或修改、撤下该项目。`;
  const [first] = lost;
  if (first)
    return `${named}：《${documentTitle}》现行文本中已没有所引原文 ${lost.length} 处（${first.section}：“${shorten(first.quote)}”），已停止匹配。请按现行文本修改或撤下该项目。`;
  const [moved] = quotes;
  const from = moved ? `${moved.section} → ${moved.presentSection ?? "正文之外"}` : "";
  return `${named}：所引原文在《${documentTitle}》中换了位置（${from}），仍按原文匹配。请更新出处。`;
}

export function describeUnreadable(
  { programId, revision, content }: ProgramRecord,
  problems: readonly ProgramProblem[],
): CatalogueProblem {
  const told = content as { name?: unknown; document?: unknown } | null;
  const name = typeof told?.name === "string" ? told.name : programId;
  const why = problems[0] ? describeProblem(problems[0]) : "存储的内容不完整。";
  return {
    programId,
    name,
    revision,
    documentTitle: typeof told?.document === "string" ? told.document : "",
    usable: false,
    quotes: [],
    message: `${programId} ${name}：无法使用，已停止匹配。${why}请修改后重新发布，或撤下该项目。`,
  };
}

function shorten(quote: string): string {
  return quote.length > 40 ? `${quote.slice(0, 40)}…` : quote;
}
