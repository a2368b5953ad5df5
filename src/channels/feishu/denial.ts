import { FeishuCallError } from "./failures.ts";
import type { FeishuContext } from "./settings.ts";

/** That the platform does not let the app do something: not asked again for an hour. */
export interface Denial {
  holds(): boolean;
  /** Whether what failed was such a denial. */
  note(thrown: unknown): boolean;
}

const HOLDS_MS = 60 * 60 * 1_000;
/** The app lacks a scope, or may not do this. */
const DENIED: ReadonlySet<number> = new Set([99991672, 230027]);

export function createDenial({ clock }: FeishuContext): Denial {
  let until = 0;
  return {
    holds: () => clock().getTime() < until,
    note: (thrown) => {
      if (!(thrown instanceof FeishuCallError)) return false;
      const { code, httpStatus } = thrown.failure;
      // 404: this installation of the platform does not have the interface.
      const denied = DENIED.has(code) || httpStatus === 404;
      if (denied) until = clock().getTime() + HOLDS_MS;
      return denied;
    },
  };
}
