import type { TurnRecord } from "../../storage/index.ts";
import type { KnownPersonalData } from "../redact/redact-types.ts";
import { removePersonalData } from "../redact/remove-personal-data.ts";
import { foldQuestion } from "./fold-question.ts";
import { createGapGroups, type GapGroups, type OpenGap, toGapRecord } from "./gap-groups.ts";
import type { CollectedGaps, GapDeskOptions } from "./gap-types.ts";
import { createNearByMeaning, type NearByMeaning } from "./near-by-meaning.ts";
import { hashAccount, type ReadTurn, readTurn } from "./read-turn.ts";

const BATCH = 500;
/** Saved after so many turns, with how far it read: what comes after an interruption is read again. */
const SAVED_EVERY = 5000;
/**
 * Turns are read again from so long before the mark: a turn gets its instant before it is stored, and a dialogue that was
 * unclear may go on. What was counted is known by its id.
 */
const OVERLAP_MS = 30 * 60 * 1000;
const MAX_WORDING = 160;
export const SYSTEM_GAPS = "system:gaps";

/** What stays in memory between two readings. */
export interface GapState {
  groups: GapGroups;
  meaning: NearByMeaning;
  readUntil: string | null;
  counted: Map<string, string>;
  known: Map<string, KnownPersonalData>;
}

export async function loadGapState({ store, embed }: GapDeskOptions): Promise<GapState> {
  const groups = createGapGroups();
  const counted = new Map<string, string>();
  for (const record of await store.gaps()) {
    for (const { turnId, at } of groups.load(record).content.recent) counted.set(turnId, at);
  }
  const readUntil = await store.gapsReadUntil();
  return { groups, meaning: createNearByMeaning(embed), readUntil, counted, known: new Map() };
}

export async function collectGaps(
  options: GapDeskOptions,
  state: GapState,
  now: Date,
): Promise<CollectedGaps> {
  const result: CollectedGaps = { turns: 0, counted: 0, opened: 0, answered: 0 };
  const changed = new Set<OpenGap>();
  state.known.clear();
  /** Sessions whose last turn could not be understood. */
  const unclear = new Map<string, string>();
  let sinceSaved = 0;
  const save = async () => {
    const until = state.readUntil;
    if (until === null) return;
    const oldest = overlapStart(until);
    for (const gap of changed) {
      gap.content.recent = gap.content.recent.filter(({ at }) => at >= oldest);
      state.groups.chooseStanding(gap);
    }
    await options.store.saveGaps([...changed].map(toGapRecord), until);
    for (const [turnId, at] of state.counted) if (at < oldest) state.counted.delete(turnId);
    changed.clear();
    sinceSaved = 0;
  };
  const since = state.readUntil === null ? new Date(0) : new Date(overlapStart(state.readUntil));
  await options.turns.eachTurnSince(since, BATCH, async (batch) => {
    const turns = batch.filter(({ at }) => Date.parse(at) <= now.getTime());
    await countBatch(turns, { options, state, changed, unclear, result });
    const last = turns.at(-1)?.at;
    if (last !== undefined && (state.readUntil === null || last > state.readUntil)) state.readUntil = last;
    sinceSaved += batch.length;
    if (sinceSaved >= SAVED_EVERY) await save();
  });
  await save();
  return result;
}

function overlapStart(until: string): string {
  return new Date(Date.parse(until) - OVERLAP_MS).toISOString();
}

interface Counting {
  options: GapDeskOptions;
  state: GapState;
  changed: Set<OpenGap>;
  unclear: Map<string, string>;
  result: CollectedGaps;
}

async function countBatch(batch: readonly TurnRecord[], counting: Counting): Promise<void> {
  const { state, options } = counting;
  const taken: { turn: ReadTurn; text: string }[] = [];
  for (const record of batch) {
    const turn = readTurn(record);
    if (!turn) continue;
    const counts = isGap(turn, counting.unclear);
    if (state.counted.has(turn.turnId)) continue;
    if (counts || turn.outcome === "answered") {
      taken.push({ turn, text: await cleanQuestion(turn, counting) });
    }
    counting.result.turns += 1;
  }
  if (options.embed) {
    const unknown = taken.filter(({ text }) => !state.groups.findSame(foldQuestion(text).key));
    const standing = [...state.groups.gaps.values()].map(({ question }) => question);
    await state.meaning.prepare([...unknown.map(({ text }) => text), ...standing]);
  }
  for (const { turn, text } of taken) {
    if (turn.outcome === "answered") markAnswered(turn, text, counting);
    else countTurn(turn, text, counting);
  }
}

/** `unclear` counts from the second time on in a session. */
function isGap(turn: ReadTurn, unclear: Map<string, string>): boolean {
  const before = unclear.get(turn.sessionKey);
  if (turn.outcome !== "unclear") {
    if (before !== undefined && turn.outcome !== "other") unclear.delete(turn.sessionKey);
    return turn.outcome === "unanswered" || turn.outcome === "partial" || turn.outcome === "disputed";
  }
  unclear.set(turn.sessionKey, turn.at);
  return before !== undefined && Date.parse(turn.at) - Date.parse(before) <= OVERLAP_MS;
}

async function cleanQuestion({ account, question }: ReadTurn, { state, options }: Counting): Promise<string> {
  let known = state.known.get(account);
  if (!known) {
    known = (await options.knownOf?.(account)) ?? {};
    state.known.set(account, known);
  }
  const { text } = removePersonalData(question.replace(/\s+/gu, " ").slice(0, 4 * MAX_WORDING), known);
  return text.length <= MAX_WORDING ? text : `${text.slice(0, MAX_WORDING - 1)}…`;
}

function countTurn(turn: ReadTurn, text: string, { options, state, changed, result }: Counting): void {
  const folded = foldQuestion(text);
  if (folded.terms.size === 0 && folded.aspects.size === 0) return;
  const { groups } = state;
  let gap =
    groups.findSame(folded.key) ?? groups.findLike(folded, state.meaning.near(text, groups.gaps.values()));
  if (!gap) {
    gap = openGap(options.ids(), text, turn.at);
    groups.add(gap);
    result.opened += 1;
  }
  groups.addWording(gap, { key: folded.key, text, at: turn.at }, folded);
  gap.count += 1;
  gap.content.askers.add(hashAccount(turn.account, options.hashKey ?? ""));
  for (const label of turn.notStated) gap.content.missing[label] = (gap.content.missing[label] ?? 0) + 1;
  if (turn.at < gap.firstAt) gap.firstAt = turn.at;
  if (turn.at > gap.lastAt) gap.lastAt = turn.at;
  // What a person decided stays; what the program closed is open again when the answer is gone.
  if (gap.state === "answered" && gap.by === SYSTEM_GAPS) {
    Object.assign(gap, { state: "open", by: null, note: "曾有答复，之后同样的问题又未能作答。" });
  }
  if (turn.outcome === "disputed") gap.content.disputed = (gap.content.disputed ?? 0) + 1;
  gap.content.recent.push({ turnId: turn.turnId, at: turn.at });
  state.counted.set(turn.turnId, turn.at);
  changed.add(gap);
  result.counted += 1;
}

/**
 * The same wording has an answer now. Asked again without one later, it opens again. Where an answer was judged to be wrong,
 * another one proves nothing: a person decides.
 */
function markAnswered(turn: ReadTurn, text: string, { state, changed, result }: Counting): void {
  const gap = state.groups.findSame(foldQuestion(text).key);
  if (gap?.state !== "open" || gap.content.disputed || turn.at <= gap.lastAt) return;
  gap.state = "answered";
  gap.by = SYSTEM_GAPS;
  gap.note = "同样的问题之后已得到有出处的答复，由系统标记。";
  changed.add(gap);
  result.answered += 1;
}

function openGap(gapId: string, question: string, at: string): OpenGap {
  return {
    gapId,
    question,
    count: 0,
    firstAt: at,
    lastAt: at,
    state: "open",
    by: null,
    note: null,
    content: { wordings: [], askers: new Set(), missing: {}, recent: [] },
  };
}
