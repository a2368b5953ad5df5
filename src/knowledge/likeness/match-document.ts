import type { FingerprintRecord, KnowledgeStore, VersionFingerprint } from "../../storage/index.ts";
import type { DocumentMatch } from "../types.ts";
import { compareTitles, isMisread } from "./compare-titles.ts";
import { compareSketches } from "./sketch-text.ts";

/** Same number or title: text that has nothing in common is another document under a common name. */
const SAME_NAME = 0.1;
const SAME_NUMBER = 0.4;
/**
 * Likeness alone. Measured over changed copies of the twelve invented documents of the fixtures: 1 % of the characters
 * recognised wrongly 0.83–1, 3 % 0.69–0.80, 5 % 0.55–0.75, one sentence of ten rewritten 0.64–0.95, the lines of another
 * page left around it 0.91–1; two different documents at most 0.06. The figures scatter by 0.06. A copy for another year
 * or another branch reaches 0.97: above this bar the titles decide.
 */
export const ALIKE = 0.4;
const BATCH = 500;

/** Where fingerprints are found: the store, or a list that is kept over many files. */
export type FingerprintSource = Pick<KnowledgeStore, "findFingerprints" | "eachFingerprint">;

/**
 * How a newly read text stands to what is there. Drafts and their final texts are one document, calls of two years two.
 * `text`: the new text, which tells a misread title from another subject; without it a title that differs is `alike`.
 */
export async function matchDocument(
  fingerprint: VersionFingerprint,
  store: FingerprintSource,
  text = "",
): Promise<DocumentMatch> {
  const { textHash, titleKey, numberKey } = fingerprint;
  const named = await store.findFingerprints({
    textHash,
    titleKey,
    ...(numberKey !== null && { numberKey }),
  });
  const same = named.findLast((record) => record.textHash === textHash);
  if (same) return { kind: "same", documentId: same.documentId, versionId: same.versionId };
  const byName = best(named.flatMap((record) => matchByName(fingerprint, record)));
  if (byName?.kind === "new-version") return byName;
  let found: Found | undefined = byName;
  await store.eachFingerprint(BATCH, (batch) => {
    for (const record of batch) {
      const match = matchByText(fingerprint, record, text);
      if (match) found = better(found, match);
    }
  });
  return found ?? { kind: "new" };
}

type Found = Extract<DocumentMatch, { similarity: number }>;

function matchByName(fingerprint: VersionFingerprint, record: FingerprintRecord): Found[] {
  const { documentId } = record;
  const similarity = compareSketches(fingerprint.sketch, record.sketch);
  const sameTitle = fingerprint.titleKey === record.titleKey;
  const numbered = fingerprint.numberKey !== null && record.numberKey !== null;
  if (numbered && fingerprint.numberKey === record.numberKey) {
    const isSame = sameTitle ? similarity >= SAME_NAME : similarity >= SAME_NUMBER;
    return [
      isSame
        ? { kind: "new-version", documentId, because: "number", similarity }
        : { kind: "alike", documentId, similarity },
    ];
  }
  if (!sameTitle || fingerprint.titleKey.length < MIN_TITLE_KEY) return [];
  // One title under two numbers: a later edition, which ends the earlier one but does not change it.
  if (areTwoNumbers(fingerprint.numberKey, record.numberKey) || similarity < SAME_NAME)
    return similarity < SAME_NAME ? [] : [{ kind: "alike", documentId, similarity }];
  return [{ kind: "new-version", documentId, because: "title", similarity }];
}

const MIN_TITLE_KEY = 5;

function matchByText(
  fingerprint: VersionFingerprint,
  record: FingerprintRecord,
  text: string,
): Found | undefined {
  const similarity = compareSketches(fingerprint.sketch, record.sketch, ALIKE);
  if (similarity < ALIKE) return undefined;
  const { documentId } = record;
  const alike: Found = { kind: "alike", documentId, similarity };
  const twoNumbers = areTwoNumbers(fingerprint.numberKey, record.numberKey);
  if (twoNumbers) return alike;
  const titles = compareTitles(fingerprint.titleKey, record.titleKey);
  const isSame =
    titles === "same" ||
    titles === "within" ||
    (titles === "near" && isMisread(fingerprint.titleKey, record.titleKey, text));
  return isSame ? { kind: "new-version", documentId, because: "likeness", similarity } : alike;
}

/** Year and serial alike and one character of the agency's mark different is one number misread. */
function areTwoNumbers(one: string | null, other: string | null): boolean {
  if (one === null || other === null || one === other) return false;
  const [mark = "", rest] = one.split("〔");
  const [otherMark = "", otherRest] = other.split("〔");
  const differing = [...mark].filter((character, index) => character !== otherMark[index]).length;
  return rest !== otherRest || mark.length !== otherMark.length || differing > 1;
}

function best(found: readonly Found[]): Found | undefined {
  return found.reduce<Found | undefined>(better, undefined);
}

/** A version before a mere likeness, the more alike the better; of two equals the first. */
function better(kept: Found | undefined, next: Found): Found {
  const rank = (match: Found) => (match.kind === "new-version" ? 1 : 0) + match.similarity / 2;
  return kept && rank(kept) >= rank(next) ? kept : next;
}
