import type { Actor } from "../access/index.ts";
import type { Application } from "../app.ts";
import { openForReading } from "./open-for-reading.ts";
import { type OperatorOptions, readOperator } from "./operator.ts";
import { type CommandContext, runCommand } from "./run-command.ts";

export interface Desk {
  application: Application;
  by: Actor;
  context: CommandContext;
}

type DeskWork = (desk: Desk) => Promise<number>;

/** Runs a command over the whole application, by an operator at the machine. */
export function runAtDesk(options: OperatorOptions, work: DeskWork): Promise<void> {
  return runOver(options, work, async ({ config, clock, ids, logger }) => {
    const { openApplication } = await import("../app.ts");
    return openApplication(config, { mode: "write", clock, ids, logger });
  });
}

/** For what changes nothing: works beside a running service as well. */
export function lookAtDesk(options: OperatorOptions, work: DeskWork): Promise<void> {
  return runOver(options, work, async (context) => openForReading(context, { hints: false }));
}

async function runOver(
  options: OperatorOptions,
  work: DeskWork,
  open: (context: CommandContext) => Promise<Application>,
): Promise<void> {
  process.exitCode = await runCommand(options, async (context) => {
    const application = await open(context);
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
