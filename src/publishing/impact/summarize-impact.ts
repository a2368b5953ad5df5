import type { Impact } from "../types.ts";

const MAX_CHANGES = 100;
const MAX_ANSWERS = 100;

/** As it is kept with a proposal: long lists cut, the regressions first. The full one is assessed anew when asked for. */
export function summarizeImpact(impact: Impact): Impact {
  return {
    ...impact,
    diff: { ...impact.diff, changes: impact.diff.changes.slice(0, MAX_CHANGES) },
    golden: { ...impact.golden, changed: impact.golden.changed.slice(0, MAX_ANSWERS) },
  };
}
