import type { Application } from "../app.ts";
import { AppError } from "../shared/index.ts";
import type { CommandContext } from "./run-command.ts";

/**
 * Opens the application for a command that only asks. It takes the data directory for itself, so that new knowledge is
 * read in first; when another process holds it, it reads beside that one.
 */
export async function openForReading(context: CommandContext, { hints = true } = {}): Promise<Application> {
  const application = await open(context);
  if (hints && lacksVectors(application) && !context.json) {
    context.io.stderr.write("提示：已配置的向量模型无法使用，本次按词语检索；可运行 doctor 检查。\n");
  }
  return application;
}

/** An embedding model is configured, and its endpoint did not answer or refused. */
export function lacksVectors({ config, retriever }: Pick<Application, "config" | "retriever">): boolean {
  return config.embedding.kind !== "none" && retriever.describe().some((line) => line.includes("未启用"));
}

async function open({ config, clock, ids, logger }: CommandContext): Promise<Application> {
  const { openApplication } = await import("../app.ts");
  try {
    return await openApplication(config, { mode: "write", clock, ids, logger });
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code !== "data-directory") throw thrown;
    return openApplication(config, { mode: "read", clock, ids, logger }).catch(() => {
      throw thrown;
    });
  }
}
