import type { Amendment, DocumentMetadata } from "../../src/knowledge/index.ts";
import { normalize, type Tally } from "./compare-texts.ts";

/** Field by field; fields that the truth does not name are not compared. Blanks do not count. */
export function compareMetadata(
  truth: Readonly<Record<string, unknown>>,
  metadata: DocumentMetadata,
): { tally: Tally; failures: string[] } {
  const failures: string[] = [];
  const fields = Object.entries(truth);
  for (const [field, expected] of fields) {
    const actual: unknown = metadata[field as keyof DocumentMetadata];
    const found = field === "amendments" ? (actual as Amendment[]).map(describeAmendment) : actual;
    if (comparable(found) !== comparable(expected))
      failures.push(`${field}: ${JSON.stringify(found)} should be ${JSON.stringify(expected)}`);
  }
  const hits = fields.length - failures.length;
  return { tally: { hits, expected: fields.length, found: fields.length }, failures };
}

function describeAmendment({ effect, title, documentNumber, until }: Amendment): string {
  return [effect, title, documentNumber, until].filter((part) => part !== null).join(" ");
}

function comparable(value: unknown): string {
  return normalize(JSON.stringify(value ?? null));
}
