import type { Candidate } from "./rank-program.ts";
import { ENOUGH_SPECIFIC, MOST_WITHOUT_NEED } from "./weights.ts";

export interface Selection {
  /** Best first, at most `limit`. */
  listed: readonly Candidate[];
  /** Best first, all that may be listed. */
  relevant: readonly Candidate[];
  leftOut: readonly { candidate: Candidate; why: string }[];
}

/** Expects `all` sorted by id, so that ties fall by id. */
export function selectListed(
  all: readonly Candidate[],
  whyLeftOut: (candidate: Candidate) => string | null,
  { limit, tooLittle }: { limit: number; tooLittle: boolean },
): Selection {
  const relevant: Candidate[] = [];
  const leftOut: { candidate: Candidate; why: string }[] = [];
  for (const candidate of all) {
    const why = whyLeftOut(candidate);
    if (why === null) relevant.push(candidate);
    else leftOut.push({ candidate, why });
  }
  // Array sort is stable, and ids break ties by the order that they come in.
  relevant.sort((a, b) => b.score - a.score);
  if (tooLittle) {
    for (const candidate of relevant) leftOut.push({ candidate, why: "所知太少，先请补充主营业务和需求" });
    return { listed: [], relevant, leftOut };
  }
  const { kept, dropped } = trim(relevant);
  leftOut.push(...dropped);
  for (const candidate of kept.slice(limit))
    leftOut.push({ candidate, why: `已有更直接的 ${limit} 个项目排在前面` });
  return { listed: kept.slice(0, limit), relevant: kept, leftOut };
}

/** General help and hints of the same industry only as far as the list has room for them. */
function trim(relevant: readonly Candidate[]): { kept: Candidate[]; dropped: Selection["leftOut"] } {
  const specific = relevant.filter(({ need }) => need.level !== "relatedGeneral").length;
  const isNeedServed = relevant.some(({ need }) =>
    ["direct", "directGeneral", "related"].includes(need.level),
  );
  const kept: Candidate[] = [];
  const dropped: { candidate: Candidate; why: string }[] = [];
  let hints = 0;
  for (const candidate of relevant) {
    const { level } = candidate.need;
    if (level === "relatedGeneral" && specific >= ENOUGH_SPECIFIC) {
      dropped.push({ candidate, why: "一般性服务，已有更直接的项目" });
    } else if (level === "none" && isNeedServed && hints >= MOST_WITHOUT_NEED) {
      dropped.push({ candidate, why: "与贵企业行业有关，但不对应已说明的需求，已列出更有关的项目" });
    } else {
      if (level === "none") hints += 1;
      kept.push(candidate);
    }
  }
  return { kept, dropped };
}
