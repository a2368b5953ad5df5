import type { Application } from "../../src/app.ts";
import { type Cost, measure } from "../bench-ingest/meter.ts";
import type { PreparedVersion } from "./prepare-version.ts";

/** What a change of what is published took. */
export interface Change {
  /** From the decision until a question that is asked over and over is answered from the new state. */
  answered: Cost;
  /** Until the decision returns to who made it, seconds. */
  returned: number;
  /** The longest that a question took meanwhile, seconds: others ask at the same time. */
  longestQuestion: number;
}

const PATIENCE_S = 120;

export async function timeChange(
  { answerer }: Application,
  { versionId, question }: PreparedVersion,
  isCited: boolean,
  decide: () => Promise<unknown>,
): Promise<Change> {
  const startedAt = performance.now();
  const since = () => (performance.now() - startedAt) / 1000;
  let returned = 0;
  let longestQuestion = 0;
  const decided = decide().then(() => {
    returned = since();
  });
  const { cost } = await measure(async () => {
    while (since() < PATIENCE_S) {
      const { outcome, cost: asked } = await measure(() => answerer.answerQuestion({ question }));
      longestQuestion = Math.max(longestQuestion, asked.wall);
      if (outcome.citations.some((citation) => citation.versionId === versionId) === isCited) return;
      // Timers and sockets have their turn, as in the service.
      await new Promise((resolve) => setImmediate(resolve));
    }
    throw new Error(`not answered from the new state within ${PATIENCE_S} s: ${question}`);
  });
  await decided;
  return { answered: cost, returned, longestQuestion };
}
