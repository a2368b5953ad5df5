import type { ConversationEvent } from "../conversation/index.ts";
import type { ConversationStore } from "../storage/index.ts";
import type { Metrics, Sample } from "./metrics.ts";

const DURATION_BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Counts what happens in the conversation; the result is its `observe`. */
export function recordConversation(metrics: Metrics): (event: ConversationEvent) => void {
  const received = metrics.counter("xiance_messages_received_total", "Messages handed in by channels.");
  const answers = metrics.counter("xiance_answers_total", "Replies by kind.");
  const seconds = metrics.histogram(
    "xiance_answer_duration_seconds",
    "Time from taking a message up to its stored reply.",
    DURATION_BOUNDS,
  );
  const waited = metrics.histogram("xiance_queue_wait_seconds", "Time in the inbox.", DURATION_BOUNDS);
  const deliveries = metrics.counter("xiance_deliveries_total", "Attempts to deliver, by outcome.");
  return (event) => {
    const { channel } = event;
    switch (event.type) {
      case "received":
        return received.add({ channel, acceptance: event.acceptance });
      case "replied":
        answers.add({ channel, kind: event.kind });
        waited.observe({ channel }, event.waitedMs / 1000);
        return seconds.observe({ channel }, event.durationMs / 1000);
      case "delivered":
        return deliveries.add({ channel, outcome: "delivered" });
      case "delivery-failed":
        return deliveries.add({ channel, outcome: event.dead ? "dead" : "failed" });
    }
  };
}

/** Queues and process, read when the metrics are asked for. */
export function addServiceGauges(
  metrics: Metrics,
  sources: { counts: ConversationStore["counts"]; indexedClauses: () => number },
): void {
  const byState = (states: Record<string, number>): Sample[] =>
    Object.entries(states).map(([state, value]) => ({ labels: { state }, value }));
  metrics.gauge("xiance_inbox_messages", "Messages by state.", async () =>
    byState((await sources.counts()).inbox),
  );
  // Named also where there is none: an alarm on what does not exist stays silent.
  metrics.gauge("xiance_outbox_replies", "Replies by state; dead: given up, see doctor.", async () =>
    byState({ pending: 0, dead: 0, ...(await sources.counts()).outbox }),
  );
  metrics.gauge("xiance_index_clauses", "Clauses in the index.", () => [
    { labels: {}, value: sources.indexedClauses() },
  ]);
  metrics.gauge("process_resident_memory_bytes", "Resident memory.", () => [
    { labels: {}, value: process.memoryUsage.rss() },
  ]);
  metrics.gauge("process_uptime_seconds", "Seconds since the start.", () => [
    { labels: {}, value: Math.round(process.uptime()) },
  ]);
}
