import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    setupFiles: ["tests/support/choose-seed.ts"],
    pool: "forks",
    // Many tests start servers, browsers and child processes of their own: more workers than this only get in each other's way.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
