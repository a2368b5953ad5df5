import type { Random } from "../../tests/support/desk-simulation/random.ts";
import type { FeishuServer } from "../../tests/support/feishu-server/index.ts";
import type { Lives } from "./lives.ts";

export interface Trouble {
  server: FeishuServer;
  lives: Lives;
  random: Random;
  count: (name: string) => void;
}

const DROP_EVERY_S = 13;
const SILENCE_EVERY_S = 47;
const REVOKE_EVERY_S = 7;

/** Kills by the clock; dropped and half-open connections and revoked tokens in between. Returns how to end it. */
export function bringTrouble(
  { killEvery, faults }: { killEvery: number; faults: number },
  { server, lives, random, count }: Trouble,
): () => Promise<void> {
  const timers: NodeJS.Timeout[] = [];
  let killing: Promise<void> = Promise.resolve();
  const every = (seconds: number, name: string, happen: () => void) => {
    const act = () => {
      count(name);
      happen();
    };
    timers.push(setInterval(act, seconds * 1_000 * (0.8 + random.next() * 0.4)));
  };
  if (killEvery > 0) {
    let starting = false;
    const kill = () => {
      // A machine that is slow to start it again gets it up before the next.
      if (starting) return;
      starting = true;
      killing = lives.killAndBegin().finally(() => {
        starting = false;
      });
    };
    timers.push(setInterval(kill, killEvery * 1_000));
  }
  if (faults > 0) {
    every(DROP_EVERY_S, "connection dropped", server.connection.dropConnections);
    every(SILENCE_EVERY_S, "connection half-open", server.connection.goSilent);
    every(REVOKE_EVERY_S, "tokens revoked", server.revokeTokens);
  }
  return async () => {
    for (const timer of timers) clearInterval(timer);
    await killing;
  };
}
