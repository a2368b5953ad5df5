import type { ClauseInput } from "./clause-input.ts";

/** A paragraph that items hang on. */
export interface LeadIn {
  /** Its number in the order of arrival. */
  clause: number;
  /** Its end: an introduction ends with what the items are about. */
  text: string;
}

/**
 * Finds what an item hangs on: 第四条 …补贴标准如下： for 第四条（二）, and what that hangs on in turn. Without them an item
 * says neither what it is about nor for whom.
 */
export interface LeadInFinder {
  /** The nearest first. Also notes the clause itself for those that follow. */
  of(versionId: string, clause: ClauseInput, number: number): readonly LeadIn[];
}

export const MAX_LEAD_INS = 2;
const MAX_LENGTH = 150;

export function createLeadInFinder(): LeadInFinder {
  let version = "";
  let open: (LeadIn & { section: string })[] = [];
  return {
    of(versionId, { section, text, passageId }, clause) {
      if (versionId !== version) open = [];
      version = versionId;
      if (passageId !== null) return [];
      open = open.filter((entry) => isBelow(section, entry.section));
      const found = open.slice(-MAX_LEAD_INS).toReversed();
      open.push({ section, clause, text: endOfText(text) });
      return found;
    },
  };
}

function isBelow(section: string, other: string): boolean {
  return section.length > other.length && section.startsWith(other);
}

export function endOfText(text: string): string {
  return text.slice(-MAX_LENGTH);
}
