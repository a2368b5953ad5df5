import type { FaqEntry, FaqSource } from "../../answering/index.ts";
import { type Clock, fromShanghaiDay, toShanghaiDay } from "../../shared/index.ts";
import type { FaqStore } from "../../storage/index.ts";
import { readFaqContent } from "./read-content.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const MAX_KEPT_DAYS = 8;

/**
 * The entries published and valid on a day, for answering, which checks itself that each source still stands. The same
 * array until something is published, so that answering prepares the questions once.
 */
export function createFaqSource(store: Pick<FaqStore, "revision" | "published">, clock: Clock): FaqSource {
  let kept: { revision: number; today: string; days: Map<string, Promise<readonly FaqEntry[]>> } | undefined;
  return {
    async listEntries(day) {
      const revision = await store.revision();
      const today = toShanghaiDay(clock());
      if (kept?.revision !== revision || kept.today !== today || kept.days.size > MAX_KEPT_DAYS) {
        kept = { revision, today, days: new Map() };
      }
      const { days } = kept;
      const entries = days.get(day) ?? readEntries(store, day, today);
      days.set(day, entries);
      entries.catch(() => days.delete(day));
      return entries;
    },
  };
}

async function readEntries(
  store: Pick<FaqStore, "published">,
  day: string,
  today: string,
): Promise<readonly FaqEntry[]> {
  const endOfDay = new Date(fromShanghaiDay(day).getTime() + DAY_MS - 1);
  const records = await (day >= today ? store.published() : store.published(endOfDay));
  return records.flatMap(({ faqId, content }) => {
    const { questions, answer, sources, validUntil } = readFaqContent(content);
    return validUntil !== null && validUntil < day ? [] : [{ faqId, questions, answer, sources }];
  });
}
