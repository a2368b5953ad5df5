import type { DocumentReader } from "../readers/index.ts";
import type { CommandContext } from "./run-command.ts";

const LONG_MILLISECONDS = 60_000;

/**
 * A reader for one command. The reading process does not keep its caller alive: without the timer a command that only
 * waits for it would end without an answer.
 */
export async function withDocumentReader<Outcome>(
  { logger }: Pick<CommandContext, "logger">,
  work: (reader: DocumentReader) => Promise<Outcome>,
): Promise<Outcome> {
  const { createDocumentReader } = await import("../readers/index.ts");
  const timer = setInterval(() => {}, LONG_MILLISECONDS);
  const reader = createDocumentReader({ logger });
  try {
    return await work(reader);
  } finally {
    await reader.close();
    clearInterval(timer);
  }
}
