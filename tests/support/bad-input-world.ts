import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Application, openApplication } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { type Service, startService } from "../../src/service.ts";
import { createLogger, randomIds, systemClock } from "../../src/shared/index.ts";

/** Stands in what the tests send; a log that holds it holds what people wrote. */
export const PLANTED = "青鸾暗号7391";

/** The whole service over the shipped knowledge, as `start` runs it, its log kept from the first line at debug level. */
export interface BadInputWorld {
  readonly app: Application;
  readonly service: Service;
  log(): string;
  close(): Promise<void>;
}

export async function openBadInputWorld(environment: Record<string, string> = {}): Promise<BadInputWorld> {
  const data = await mkdtemp(join(tmpdir(), "xiance-bad-input-"));
  const lines: string[] = [];
  const logger = createLogger("debug", { write: (line: string) => lines.push(line) });
  const surroundings = { clock: systemClock, ids: randomIds, logger };
  const config = readConfig(
    { XIANCE_HTTP_PORT: "0", XIANCE_PUBLIC_URL: "https://xiance.example.cn", ...environment },
    { data },
  );
  const app = await openApplication(config, { mode: "write", ...surroundings });
  // After today's digest would have gone out, or it would come in between.
  const stewardship = { publishing: app.publishing, access: app.access, digestAt: "23:59" };
  const service = await startService({ ...app, stewardship, rooms: app }, surroundings);
  return {
    ...{ app, service },
    log: () => lines.join(""),
    close: async () => {
      await service.stop();
      await app.close();
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** What the tests call markup: none of it may become active anywhere. */
export const MARKUP =
  '</at><at id=all></at> <at user_id="all">所有人</at> @everyone @here <@&1> **粗** [链接](javascript:alert(1)) <img src=x onerror=alert(1)> `代码` ~~删~~ ||藏||';

/** Strings in a message that no platform can be sent: half a character. */
export function findUnsound(value: unknown): string[] {
  if (typeof value === "string") return value.isWellFormed() ? [] : [value.slice(0, 80)];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(findUnsound);
}
