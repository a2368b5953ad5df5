import type { Actor } from "../access/index.ts";
import type { Application } from "../app.ts";
import { type OperatorOptions, readOperator } from "./operator.ts";
import { type CommandContext, runCommand } from "./run-command.ts";

export interface Desk {
  application: Application;
  by: Actor;
  context: CommandContext;
}

/** Runs a command over the whole application, by an operator at the machine. */
export async function runAtDesk(
  options: OperatorOptions,
  work: (desk: Desk) => Promise<number>,
): Promise<void> {
  process.exitCode = await runCommand(options, async (context) => {
    const { openApplication } = await import("../app.ts");
    const { config, clock, ids, logger } = context;
    const application = await openApplication(config, { mode: "write", clock, ids, logger });
    try {
      return await work({ application, by: await readOperator(options), context });
    } finally {
      await application.close();
    }
  });
}

/** `{ reason }` when one was given. */
export function reasonOf({ reason }: OperatorOptions): { reason?: string } {
  return reason === undefined ? {} : { reason };
}
