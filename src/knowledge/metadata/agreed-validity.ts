import { closeGaps, unifyPunctuation } from "../reading/close-gaps.ts";
import type { MetadataSource } from "./metadata-source.ts";
import { type DocumentDays, readValidity, type Validity } from "./read-validity.ts";

/** Of several texts under one notice: the validity that every one of them states alike. Undefined: they differ, or one states none. */
export function readAgreedValidity({ parts }: MetadataSource, days: DocumentDays): Validity | undefined {
  if (parts[0]?.kind !== "notice" || parts.some(({ kind }) => kind === "main")) return undefined;
  const stated = parts
    .filter(({ kind }) => kind === "attachment")
    .map(({ body }) =>
      readValidity(
        body.map(({ text }) => unifyPunctuation(closeGaps(text))),
        days,
      ),
    );
  const [first, ...others] = stated;
  if (!first || (first.effectiveFrom === null && first.expiresOn === null)) return undefined;
  const agree = others.every(
    ({ effectiveFrom, expiresOn }) => effectiveFrom === first.effectiveFrom && expiresOn === first.expiresOn,
  );
  return agree ? first : undefined;
}
