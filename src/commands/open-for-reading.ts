import type { Application } from "../app.ts";
import { AppError } from "../shared/index.ts";
import type { CommandContext } from "./run-command.ts";

/**
 * Opens the application for a command that only asks. It takes the data directory for itself, so that new knowledge is
 * read in first; when another process holds it, it reads beside that one.
 */
export async function openForReading(context: CommandContext): Promise<Application> {
  const { openApplication } = await import("../app.ts");
  const { config, clock, ids, logger } = context;
  try {
    return await openApplication(config, { mode: "write", clock, ids, logger });
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code !== "data-directory") throw thrown;
    return openApplication(config, { mode: "read", clock, ids, logger }).catch(() => {
      throw thrown;
    });
  }
}
