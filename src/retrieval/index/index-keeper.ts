import { join } from "node:path";
import type { Clock, Logger, VersionId } from "../../shared/index.ts";
import type { KnowledgeStore } from "../../storage/index.ts";
import { type ClauseIndex, createClauseIndex } from "./clause-index.ts";
import type { FieldWeights } from "./clause-input.ts";
import { createTextFolder } from "./fold-text.ts";
import type { RankingParameters } from "./norms.ts";
import type { VersionFacts } from "./segment.ts";
import { createSegmentBuilder, type SegmentBuilder } from "./segment-builder.ts";
import { readSnapshot } from "./snapshot-file.ts";
import { createSnapshotSaver } from "./snapshot-saver.ts";
import { syncIndex } from "./sync-index.ts";
import type { TextCutter } from "./tokenizer.ts";

export interface IndexKeeperOptions {
  store: KnowledgeStore;
  /** The data directory; the snapshot lies in `index/` below it. */
  dataDirectory: string;
  cutter: TextCutter;
  fingerprint: string;
  parameters: RankingParameters;
  fieldWeights: FieldWeights;
  clock: Clock;
  logger: Logger;
}

/** Holds the index of what is published and keeps it, and its snapshot, in step with storage. */
export interface IndexKeeper {
  readonly index: ClauseIndex;
  /** Where the index came from at start. */
  readonly origin: "snapshot" | "updated" | "rebuilt";
  /** Why the snapshot was not used, when it was not. */
  readonly reason: string | null;
  createBuilder(): SegmentBuilder;
  /** Returns whether anything changed. */
  refresh(): Promise<boolean>;
  /** Writes the snapshot when it is behind. */
  close(): Promise<void>;
}

/** An index that starts empty and is filled by `refresh`; the first refresh looks for a snapshot. */
export function createIndexKeeper(options: IndexKeeperOptions): IndexKeeper {
  const { store, cutter, fingerprint, parameters, fieldWeights, clock, logger } = options;
  const path = join(options.dataDirectory, "index", "clauses.snapshot");
  const folder = createTextFolder(cutter);
  const createBuilder = () => createSegmentBuilder(cutter, fieldWeights, folder);
  let index = createClauseIndex(parameters);
  let contents: ReadonlyMap<VersionId, VersionFacts> = new Map();
  let revision: number | undefined;
  let origin: IndexKeeper["origin"] = "rebuilt";
  let reason: string | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  const describe = () => ({ fingerprint, revision: revision ?? 0, contents: [...contents.values()] });
  const saver = createSnapshotSaver({
    ...{ path, logger },
    read: () => ({ header: describe(), segments: [...index.segments] }),
    enqueue(work) {
      queue = queue.then(work);
    },
  });

  async function load(): Promise<void> {
    const reading = await readSnapshot(path, fingerprint);
    if (reading.outcome !== "read") {
      reason = reading.outcome === "missing" ? "尚无快照" : "快照不可用";
      if (reading.outcome === "unusable") {
        logger.warn({ reason: reading.reason }, "the index snapshot cannot be used; the index is built anew");
      }
      return;
    }
    index = createClauseIndex(parameters, reading.snapshot.segments);
    contents = new Map(reading.snapshot.header.contents.map((facts) => [facts.versionId, facts]));
    origin = "snapshot";
  }

  async function refresh(): Promise<boolean> {
    const isFirst = revision === undefined;
    if (!isFirst && (await store.revision()) === revision) return false;
    if (isFirst) await load();
    const started = clock().getTime();
    const result = await syncIndex({ store, index, contents, createBuilder, isCurrent: !isFirst });
    const hasChanged = result.added + result.removed > 0;
    if (isFirst && origin === "snapshot" && hasChanged) origin = "updated";
    const isStale = hasChanged || (isFirst && origin === "rebuilt") || revision !== result.revision;
    contents = result.contents;
    revision = result.revision;
    if (hasChanged) {
      const elapsedMs = clock().getTime() - started;
      logger.info(
        { clauses: index.size, added: result.added, removed: result.removed, elapsedMs },
        "index updated",
      );
    }
    if (isStale) await (isFirst ? saver.save() : saver.saveLater());
    return hasChanged || isFirst;
  }

  return {
    get index() {
      return index;
    },
    get origin() {
      return origin;
    },
    get reason() {
      return reason;
    },
    createBuilder,
    refresh() {
      saver.giveWay();
      const run = queue.then(refresh);
      queue = run.catch(() => undefined);
      return run;
    },
    async close() {
      await queue;
      await saver.close();
    },
  };
}
