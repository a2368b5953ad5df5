import { userInfo } from "node:os";
import type { Command } from "commander";
import type { Actor } from "../access/index.ts";
import type { SharedOptions } from "./run-command.ts";

export interface OperatorOptions extends SharedOptions {
  operator?: string;
  reason?: string;
}

/** `--operator` and `--reason`, for commands whose changes are logged. */
export function addOperatorOptions(command: Command): Command {
  return command
    .option("--operator <name>", "操作人姓名或工号，记入操作日志（默认取系统用户名）")
    .option("--reason <text>", "原因，记入操作日志");
}

/** Who has the data directory in hand may do everything to it; the log says who that was. */
export async function readOperator({ operator }: OperatorOptions): Promise<Actor> {
  const { operatorOf } = await import("../access/index.ts");
  return operatorOf(operator ?? readUserName());
}

function readUserName(): string {
  try {
    return userInfo().username || "operator";
  } catch {
    // A container without an entry for its user.
    return "operator";
  }
}
