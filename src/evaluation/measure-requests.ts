import type { Classification } from "../triage/index.ts";
import type { LabelledRequest } from "./load-requests.ts";

export interface JudgedRequest {
  request: LabelledRequest;
  found: Classification;
  lead: string[];
  elapsedMs: number;
}

export interface RequestMeasures {
  requests: number;
  category: number;
  /** Mean F1 of the categories that occur. */
  macroF1: number;
  urgency: number;
  /** Of the requests with a labelled lead: our first is among the labelled ones. */
  lead: number;
  /** Ours are exactly the labelled ones. */
  leadExact: number;
  /** All labelled ones are among ours. */
  leadCovered: number;
  alsoPrecision: number;
  alsoRecall: number;
  alsoF1: number;
  spamPrecision: number;
  spamRecall: number;
  safetyPrecision: number;
  safetyRecall: number;
  p50Ms: number;
  p95Ms: number;
}

export function measureRequests(judged: readonly JudgedRequest[]): RequestMeasures {
  const routed = judged.filter(({ request }) => request.lead.length > 0);
  const labelled = judged.filter(({ request }) => request.also !== undefined);
  const also = countOverlap(labelled.map(({ request, found }) => [request.also ?? [], found.also]));
  const spam = countOverlap(
    judged
      .filter(({ request }) => request.spam !== undefined)
      .map(({ request, found }) => [request.spam ? ["spam"] : [], found.spam ? ["spam"] : []]),
  );
  const safety = countOverlap(
    judged
      .filter(({ request }) => request.safety !== undefined)
      .map(({ request, found }) => [request.safety ? ["danger"] : [], found.safety ? ["danger"] : []]),
  );
  const times = judged.map(({ elapsedMs }) => elapsedMs).sort((a, b) => a - b);
  return {
    requests: judged.length,
    category: shareOf(judged, ({ request, found }) => request.category === found.category),
    macroF1: measureMacroF1(judged),
    urgency: shareOf(judged, ({ request, found }) => request.urgency === found.urgency),
    lead: shareOf(routed, ({ request, lead }) => lead[0] !== undefined && request.lead.includes(lead[0])),
    leadExact: shareOf(
      routed,
      ({ request, lead }) =>
        lead.length === request.lead.length && request.lead.every((name) => lead.includes(name)),
    ),
    leadCovered: shareOf(routed, ({ request, lead }) => request.lead.every((name) => lead.includes(name))),
    alsoPrecision: also.precision,
    alsoRecall: also.recall,
    alsoF1: also.f1,
    spamPrecision: spam.precision,
    spamRecall: spam.recall,
    safetyPrecision: safety.precision,
    safetyRecall: safety.recall,
    p50Ms: times[Math.floor((times.length - 1) * 0.5)] ?? 0,
    p95Ms: times[Math.floor((times.length - 1) * 0.95)] ?? 0,
  };
}

function shareOf<T>(all: readonly T[], holds: (one: T) => boolean): number {
  return all.length === 0 ? 1 : all.filter(holds).length / all.length;
}

function countOverlap(pairs: readonly (readonly [gold: readonly string[], ours: readonly string[]])[]) {
  let gold = 0;
  let ours = 0;
  let both = 0;
  for (const [wanted, given] of pairs) {
    gold += wanted.length;
    ours += given.length;
    both += given.filter((one) => wanted.includes(one)).length;
  }
  const precision = ours === 0 ? 1 : both / ours;
  const recall = gold === 0 ? 1 : both / gold;
  return {
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
  };
}

function measureMacroF1(judged: readonly JudgedRequest[]): number {
  const categories = [...new Set(judged.map(({ request }) => request.category))];
  const scores = categories.map((category) => {
    const pairs = judged.map(
      ({ request, found }) =>
        [
          request.category === category ? [category] : [],
          found.category === category ? [category] : [],
        ] as const,
    );
    return countOverlap(pairs).f1;
  });
  return scores.length === 0 ? 1 : scores.reduce((sum, one) => sum + one, 0) / scores.length;
}

/** Labelled category → category found → count. */
export function countConfusions(judged: readonly JudgedRequest[]): Map<string, Map<string, number>> {
  const table = new Map<string, Map<string, number>>();
  for (const { request, found } of judged) {
    const row = table.get(request.category) ?? new Map<string, number>();
    row.set(found.category, (row.get(found.category) ?? 0) + 1);
    table.set(request.category, row);
  }
  return table;
}

/** By tenths of confidence: how many, how sure on average, how often right. */
export function measureCalibration(
  judged: readonly JudgedRequest[],
): { from: number; requests: number; confidence: number; right: number }[] {
  return Array.from({ length: 10 }, (_, tenth) => {
    const inside = judged.filter(({ found }) => Math.min(9, Math.floor(found.confidence * 10)) === tenth);
    return {
      from: tenth / 10,
      requests: inside.length,
      confidence: inside.reduce((sum, { found }) => sum + found.confidence, 0) / (inside.length || 1),
      right: shareOf(inside, ({ request, found }) => request.category === found.category),
    };
  }).filter(({ requests }) => requests > 0);
}
