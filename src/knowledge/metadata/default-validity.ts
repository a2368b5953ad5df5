import type { DocumentMetadata } from "../types.ts";
import { addTime } from "./add-days.ts";

/**
 * How long a normative document that does not state its validity is in force by the rules of the place. There is no rule
 * built in: the one for the place must be looked up and given.
 */
export interface DefaultValidity {
  years: number;
  /** For 试行 and 暂行. Default: `years`. */
  trialYears?: number;
}

/** Only for normative documents in force from a known day that say nothing of their end. The basis is `default`. */
export function applyDefaultValidity(
  metadata: DocumentMetadata,
  body: readonly string[],
  { years, trialYears = years }: DefaultValidity,
): DocumentMetadata {
  const { effectiveFrom, expiresOn, status } = metadata;
  if (metadata.isNormative !== true || status !== "正式" || effectiveFrom === null || expiresOn !== null)
    return metadata;
  if (body.some((paragraph) => /长期有效|长期施行|有效期(?:为)?长期/.test(paragraph))) return metadata;
  const isTrial = /试行|暂行/.test(`${metadata.titleOuter ?? ""}${metadata.title}`);
  const end = addTime(effectiveFrom, { years: isTrial ? trialYears : years, days: -1 });
  return { ...metadata, expiresOn: end, expiryBasis: "default" };
}
