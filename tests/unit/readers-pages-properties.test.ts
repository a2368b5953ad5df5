import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PageContent, PageRun } from "../../src/readers/index.ts";
import { layoutPages } from "../../src/readers/pages/index.ts";
import { gridRules, page, run } from "../support/print-page.ts";

const words = fc.array(fc.constantFrom(..."政策支持企业创新发展，。（）第一条"), {
  minLength: 1,
  maxLength: 30,
});
const anyRun: fc.Arbitrary<PageRun> = fc
  .tuple(
    words,
    fc.integer({ min: 20, max: 560 }),
    fc.integer({ min: 150, max: 680 }),
    fc.constantFrom(9, 12, 12, 16, 22),
  )
  .map(([text, x, y, size]) => run(text.join(""), x, y, { size }));
const edges = fc
  .uniqueArray(fc.integer({ min: 3, max: 11 }), { minLength: 2, maxLength: 6 })
  .map((values) => values.sort((a, b) => a - b).map((value) => value * 50));
const anyPage: fc.Arbitrary<PageContent> = fc
  .tuple(
    fc.array(anyRun, { maxLength: 40 }),
    fc.constantFrom("text", "ocr"),
    fc.option(fc.tuple(edges, edges)),
  )
  .map(([runs, origin, grid]) => page(runs, { origin, rules: grid ? gridRules(grid[0], grid[1]) : [] }));

function sorted(text: string): string {
  return [...text.replace(/[\s|]/g, "")].sort().join("");
}

describe("whatever stands on the pages", () => {
  it("loses no character and adds none", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyPage, { minLength: 1, maxLength: 3 }), async (pages) => {
        const numbered = pages.map((one, index) => ({ ...one, page: index + 1 }));
        const { blocks } = await layoutPages(numbered);
        const before = sorted(numbered.flatMap(({ runs }) => runs.map(({ text }) => text)).join(""));
        expect(sorted(blocks.map(({ text }) => text).join(""))).toBe(before);
      }),
      { numRuns: 150 },
    );
  });

  it("gives one line a block, with a page that exists", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyPage, { minLength: 1, maxLength: 3 }), async (pages) => {
        const numbered = pages.map((one, index) => ({ ...one, page: index + 1 }));
        for (const { text, page: at } of (await layoutPages(numbered)).blocks) {
          expect(text).not.toMatch(/[\r\n]/);
          expect(text.trim()).not.toBe("");
          expect(at).toBeGreaterThanOrEqual(1);
          expect(at).toBeLessThanOrEqual(numbered.length);
        }
      }),
      { numRuns: 100 },
    );
  });
});
