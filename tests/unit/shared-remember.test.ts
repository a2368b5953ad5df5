import { expect, it } from "vitest";
import { remember } from "../../src/shared/index.ts";

it("keeps so many, and lets go of what was used longest ago", () => {
  const kept = new Map<string, number>();
  for (const [key, value] of [
    ["one", 1],
    ["two", 2],
    ["one", 11],
    ["three", 3],
  ] as const)
    remember(kept, key, value, 2);
  expect([...kept]).toEqual([
    ["one", 11],
    ["three", 3],
  ]);
});
