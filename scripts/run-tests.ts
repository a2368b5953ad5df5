import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

// `npm test` runs vitest with the Node of the `node` package, whichever Node started npm.
const vitest = resolve(import.meta.dirname, "../node_modules/vitest/vitest.mjs");
const outcome = spawnSync(process.execPath, [vitest, "run", ...process.argv.slice(2)], { stdio: "inherit" });
process.exit(outcome.status ?? 1);
