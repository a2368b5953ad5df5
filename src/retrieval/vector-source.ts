import { crc32 } from "node:zlib";
import type { ClauseIndex } from "./index/clause-index.ts";
import { clauseText, type Segment, segmentSize } from "./index/segment.ts";
import { vectorKey } from "./ranking/merge-vector-hits.ts";
import type { VectorSource, VectorSourceText } from "./vectors/index.ts";

const BATCH_TEXTS = 64;

/** What is to be embedded: every live clause, with its title and headings in front. */
export function createVectorSource(index: ClauseIndex): VectorSource {
  const segments = [...index.segments];
  return {
    // Not storage's counter: a database that was made anew counts from the start again.
    revision: crc32([...index.versions().keys()].sort().join("\n")),
    async eachBatch(onBatch) {
      let batch: VectorSourceText[] = [];
      for (const segment of segments) {
        for (let clause = 0; clause < segmentSize(segment); clause += 1) {
          if (segment.alive[clause] === 0) continue;
          const version = segment.versions[segment.versionOf[clause] as number];
          if (!version) continue;
          const key = vectorKey(version, segment.ordinals[clause] as number);
          batch.push({ key, text: describeClause(segment, clause) });
          if (batch.length < BATCH_TEXTS) continue;
          await onBatch(batch);
          batch = [];
        }
      }
      if (batch.length > 0) await onBatch(batch);
    },
  };
}

function describeClause(segment: Segment, clause: number): string {
  const title = segment.groupTitles[segment.groupOf[clause] as number] ?? "";
  const heading = segment.headings[segment.headingOf[clause] as number] ?? [];
  const text = clauseText(segment, clause);
  return [title, ...heading.filter((line) => !text.startsWith(line)), text]
    .filter((part) => part !== "")
    .join("\n");
}
