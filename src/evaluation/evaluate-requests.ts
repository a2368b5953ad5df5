import type { Classification, Classifier } from "../triage/index.ts";
import type { LabelledRequest } from "./load-requests.ts";
import { type JudgedRequest, measureRequests, type RequestMeasures } from "./measure-requests.ts";

export interface RequestEvaluation {
  judged: JudgedRequest[];
  measures: RequestMeasures;
}

export interface RequestEvaluationParts {
  classifier: Classifier;
  /** Names of the departments for the main matter, the leading one first. */
  route(classification: Classification, text: string): readonly string[];
  milliseconds(): number;
  /** The day on which the requests are taken to be written; dates in them are counted from it. */
  asOf: string;
}

/** Classifies and routes every request of a set, as a new one would be. */
export function evaluateRequests(
  requests: readonly LabelledRequest[],
  { classifier, route, milliseconds, asOf }: RequestEvaluationParts,
): RequestEvaluation {
  const judged = requests.map((request) => {
    const startedAt = milliseconds();
    const found = classifier.classify(request.text, { today: asOf });
    const lead = [...route(found, request.text)];
    return { request, found, lead, elapsedMs: milliseconds() - startedAt };
  });
  return { judged, measures: measureRequests(judged) };
}
