import { setTimeout as sleep } from "node:timers/promises";
import { createFeishuChannel, type FeishuChannel } from "./channels/index.ts";
import type { Config } from "./config.ts";
import { type ChannelHooks, createReceiver } from "./conversation/index.ts";
import { createFollows } from "./follow-threads.ts";
import { webhooksOf } from "./open-channels.ts";
import { addServiceGauges, createMetrics, createStandbyServer } from "./server/index.ts";
import { type Clock, type IdSource, type Logger, toAppError } from "./shared/index.ts";
import { openStorage, type Storage } from "./storage/index.ts";

const TAKE_OVER_EVERY_MS = 2_000;

export interface Standby {
  address: string;
  stop(): Promise<void>;
}

interface Surroundings {
  clock: Clock;
  ids: IdSource;
  logger: Logger;
}

/** Stands by until the application can be had. Undefined: told to stop before. */
export async function standBy<Opened>({
  config,
  open,
  stopping,
  isHeldByAnother,
  ...surroundings
}: Surroundings & {
  config: Config;
  open: () => Promise<Opened>;
  stopping: Promise<unknown>;
  isHeldByAnother: (thrown: unknown) => boolean;
}): Promise<Opened | undefined> {
  const { logger } = surroundings;
  const ended = new AbortController();
  void stopping.then(() => ended.abort());
  let standby: Standby | undefined;
  while (!ended.signal.aborted) {
    // The first of all replicas may still be making the tables.
    standby ??= await startStandby(config, surroundings).catch((thrown: unknown) => {
      logger.warn({ error: toAppError(thrown).message }, "standby not started yet");
      return undefined;
    });
    await sleep(TAKE_OVER_EVERY_MS, undefined, { signal: ended.signal }).catch(() => undefined);
    if (ended.signal.aborted) break;
    try {
      const opened = await open();
      logger.info({}, "taking over");
      // Its port and its connections are needed now; what the platform brings meanwhile, it brings again.
      await standby?.stop();
      return opened;
    } catch (thrown) {
      if (isHeldByAnother(thrown)) continue;
      await standby?.stop();
      throw thrown;
    }
  }
  await standby?.stop();
  return undefined;
}

/**
 * A process beside the one that works, on the same PostgreSQL: takes in what the platform brings to it (Feishu spreads
 * events over all connections) and leaves answers and deliveries to the other. Discord knows no such spreading: it is left
 * to the one that works.
 */
async function startStandby(config: Config, surroundings: Surroundings): Promise<Standby> {
  const { ids, logger } = surroundings;
  const { dataDirectory, databaseUrl, http } = config;
  const storage = await openStorage({ dataDirectory, mode: "receive", ...(databaseUrl && { databaseUrl }) });
  const feishu = openFeishu(config, surroundings);
  const metrics = createMetrics();
  addServiceGauges(metrics, { counts: () => storage.conversation.counts(), indexedClauses: () => 0 });
  try {
    const server = await createStandbyServer({
      ...{ host: http.host, port: http.port, ids, logger, metrics },
      checkReadiness: async () => [
        { name: "role", healthy: false, detail: "备用实例：接收消息，不对外服务", required: true },
        ...(feishu ? [{ name: "feishu", ...feishu.status(), required: false }] : []),
      ],
      webhooks: webhooksOf(feishu),
    });
    const address = await server.listen();
    feishu
      ?.start(
        createReceiver({ store: storage.conversation, ...surroundings }),
        hooksOf(storage, surroundings),
      )
      .catch((thrown: unknown) =>
        logger.error({ error: toAppError(thrown).message }, "channel did not start"),
      );
    return {
      address,
      async stop() {
        await feishu?.stop();
        await server.close();
        await storage.close();
      },
    };
  } catch (thrown) {
    await storage.close();
    throw thrown;
  }
}

function openFeishu(config: Config, { clock, logger }: Surroundings): FeishuChannel | undefined {
  return (
    config.feishu &&
    createFeishuChannel({ config: config.feishu, clock, logger: logger.child({ channel: "feishu" }) })
  );
}

/** Signals change tickets, which is the other's work: they are kept for it. */
function hooksOf(storage: Storage, { clock }: Surroundings): ChannelHooks {
  return {
    onSignal: (signal) => storage.signals.add(signal, clock()),
    follows: createFollows(storage),
  };
}
