import { type Actor, can, requireRight } from "../../access/index.ts";
import { AppError } from "../../shared/index.ts";
import type { GapRecord } from "../../storage/index.ts";
import { removePersonalData } from "../redact/remove-personal-data.ts";
import { collectGaps, type GapState, loadGapState } from "./collect-gaps.ts";
import { readContent } from "./gap-groups.ts";
import type { GapDesk, GapDeskOptions, GapFilter, GapView } from "./gap-types.ts";

const DEFAULT_LIMIT = 50;
const MAX_NOTE = 500;
const MAX_WORDINGS_SHOWN = 8;

export function createGapDesk(options: GapDeskOptions): GapDesk {
  const { store, clock } = options;
  let state: GapState | undefined;
  let last: Promise<unknown> = Promise.resolve();
  /** One after the other: a decision must not be overwritten by a reading that began before it. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  }
  return {
    collect: (now) =>
      inTurn(async () => {
        const current = state ?? (await loadGapState(options));
        state = undefined;
        // Thrown in between, what is in memory is ahead of the store: then it is read from there again.
        const result = await collectGaps(options, current, now);
        state = current;
        return result;
      }),
    async list(by, filter = {}) {
      if (!can(by.roles, "read-figures")) requireRight(by, "manage-triage");
      const records = await store.gaps(filter.state ? { state: filter.state } : {});
      return records
        .filter((record) => fits(record, filter))
        .slice(0, filter.limit ?? DEFAULT_LIMIT)
        .map(toView);
    },
    decide: (gapId, decision, by, note) =>
      inTurn(() => decideGap(options, state, { gapId, decision, by, note, at: clock() })),
  };
}

async function decideGap(
  { store }: GapDeskOptions,
  state: GapState | undefined,
  request: {
    gapId: string;
    decision: "answered" | "dismissed";
    by: Actor;
    note: string | undefined;
    at: Date;
  },
): Promise<GapView> {
  const { gapId, decision, by, at } = request;
  requireRight(by, "manage-triage");
  const note = request.note?.trim() ? removePersonalData(request.note.trim().slice(0, MAX_NOTE)).text : "";
  if (!(await store.decideGap(gapId, decision, at, { actor: by.account }, note))) throw unknownGap(gapId);
  const gap = state?.groups.gaps.get(gapId);
  if (gap) Object.assign(gap, { state: decision, by: by.account, note });
  const record = (await store.gaps({ state: decision })).find((each) => each.gapId === gapId);
  if (!record) throw unknownGap(gapId);
  return toView(record);
}

function fits(record: GapRecord, { minCount = 1, since }: GapFilter): boolean {
  return record.count >= minCount && (since === undefined || record.lastAt >= since);
}

function toView({ wordings, ...record }: GapRecord): GapView {
  const content = readContent(wordings);
  const others = content.wordings
    .filter(({ text }) => text !== record.question)
    .toSorted((one, other) => other.count - one.count || (one.key < other.key ? -1 : 1));
  return {
    ...record,
    wordings:
      record.askers < 2
        ? []
        : others.slice(0, MAX_WORDINGS_SHOWN).map(({ text, count }) => ({ text, count })),
    disputed: content.disputed ?? 0,
    missing: Object.entries(content.missing)
      .toSorted((one, other) => other[1] - one[1])
      .map(([label]) => label),
  };
}

function unknownGap(gapId: string): AppError {
  return new AppError({
    code: "not-found",
    message: `no gap ${gapId}`,
    safeMessage: "没有找到这一条未答问题，可能编号有误，请在清单中核对后再操作。",
  });
}
