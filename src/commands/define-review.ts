import type { Command } from "commander";
import type { Actor } from "../access/index.ts";
import type { ReviewDesk } from "../publishing/index.ts";
import { lookAtDesk, runAtDesk } from "./open-publishing.ts";
import { addOperatorOptions, type OperatorOptions } from "./operator.ts";
import { addSharedOptions, type CommandContext } from "./run-command.ts";

type Work<Options> = (
  desk: ReviewDesk,
  by: Actor,
  context: ReviewContext,
  options: Options & OperatorOptions,
) => Promise<number>;

/** With the words of the desk, which are loaded only when a command runs. */
export interface ReviewContext extends CommandContext {
  words: typeof import("./describe-review.ts");
}

/** Adds a command that changes something; `look` one that only shows. */
export function define<Arguments extends string[], Options>(
  parent: Command,
  usage: string,
  description: string,
  work: (...args: [...Arguments]) => Work<Options>,
  open: typeof runAtDesk = runAtDesk,
): Command {
  const [name = "", ...parameters] = usage.split(" ");
  const command = addOperatorOptions(addSharedOptions(parent.command(name))).description(description);
  for (const parameter of parameters) command.argument(parameter);
  return command.action((...given: unknown[]) => {
    const values = given.slice(0, parameters.length) as Arguments;
    const options = given[parameters.length] as Options & OperatorOptions;
    return open(options, async ({ application, by, context }) => {
      const words = await import("./describe-review.ts");
      return work(...values)(application.publishing.review, by, { ...context, words }, options);
    });
  });
}

export function look<Arguments extends string[], Options>(
  ...[parent, usage, description, work]: Parameters<typeof define<Arguments, Options>>
): Command {
  return define(parent, usage, description, work, lookAtDesk);
}
