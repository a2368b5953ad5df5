import type { DocumentReferences } from "../types.ts";
import { findNamedTexts } from "./named-texts.ts";
import { splitPrinted } from "./split-printed.ts";

const MAX_PARAGRAPHS = 12;
const BASIS = /根据|依据|按照|遵照|依照|贯彻落实|落实|贯彻/;
/** Without a word of making, only a sentence that starts so names its basis. */
const OPENS = /^(?:第[一二三四五六七八九十\d]+条)?(?:根据|为(?:了)?(?:深入|全面|认真)?(?:贯彻)?(?:落实)?)/;
const MADE = /制定|制订|拟定|编制|出台|提出以下|现就|现将|现组织|特|开展/;

/** 根据《…》（文号）…制定本办法: the texts that the opening names as the basis, those of the notice included. */
export function readBasis(paragraphs: readonly string[]): DocumentReferences["basedOn"] {
  const found = new Map<string, { title: string; documentNumber: string | null }>();
  for (const paragraph of paragraphs.slice(0, MAX_PARAGRAPHS)) {
    for (const { plain } of splitPrinted(paragraph)) {
      const basis = BASIS.exec(plain);
      if (!basis || /废止|失效|延长/.test(plain)) continue;
      const rest = plain.slice(basis.index);
      const end = rest.search(MADE);
      if (end === -1 && !OPENS.test(plain)) continue;
      const reach = end === -1 ? rest.length : end;
      for (const { title, documentNumber, start } of findNamedTexts(rest)) {
        if (start < reach && !found.has(title)) found.set(title, { title, documentNumber });
      }
    }
  }
  return [...found.values()];
}
