import { join } from "node:path";
import type { Actor, Audience } from "../../src/access/index.ts";
import { type Application, openApplication } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { createLogger, randomIds, systemClock } from "../../src/shared/index.ts";

export const ADMIN: Actor = { account: "cli:bench-one", roles: new Set(["staff", "admin"]) };
export const SECOND: Actor = { account: "cli:bench-two", roles: new Set(["staff", "admin"]) };

/** The application as the service opens it, over a data directory of the benchmark; no network, no model. */
export function openBench(directory: string): Promise<Application> {
  const config = readConfig({}, { data: join(directory, "data") });
  const logger = createLogger("warn");
  return openApplication(config, { mode: "write", clock: systemClock, ids: randomIds, logger });
}

/** In a direct chat, with the rights of a specialist: sees internal documents. */
export const INSIDER: Audience = {
  account: "cli:bench-one",
  roles: new Set(["staff", "specialist"]),
  chatKind: "direct",
  chat: null,
};
