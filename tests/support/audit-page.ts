import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const require = createRequire(import.meta.url);
const SOURCE = readFile(require.resolve("axe-core/axe.min.js"), "utf8");

interface AxeResults {
  violations: { id: string; help: string; nodes: { target: unknown[]; failureSummary?: string }[] }[];
  passes: unknown[];
}

/**
 * What axe finds against WCAG 2.0 to 2.2, levels A and AA, in words; empty when there is nothing. The page's policy lets no
 * scripts of others in, so axe comes over the developer's channel.
 */
export async function auditPage(page: Page): Promise<string[]> {
  await page.evaluate(await SOURCE);
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const results = (await page.evaluate(
    `axe.run(document, { runOnly: { type: "tag", values: ${JSON.stringify(tags)} } })`,
  )) as AxeResults;
  if (results.passes.length === 0) throw new Error("axe checked nothing");
  return results.violations.map(({ id, help, nodes }) => {
    const places = nodes.map(
      ({ target, failureSummary }) => `  ${target.join(" ")}: ${failureSummary ?? ""}`,
    );
    return [`${id}: ${help}`, ...places].join("\n");
  });
}
