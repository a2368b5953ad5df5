import { afterEach, describe, expect, it } from "vitest";
import { createProgramImpact } from "../../src/matching/index.ts";
import {
  type CatalogueWorld,
  createCatalogueWorld,
  parsePlan,
  planText,
} from "../support/catalogue-world.ts";

const worlds: CatalogueWorld[] = [];
afterEach(async () => {
  await Promise.all(worlds.splice(0).map(({ storage }) => storage.remove()));
});

async function assess(changed: string | null, enterprises?: number) {
  const world = await createCatalogueWorld();
  worlds.push(world);
  await world.publish(planText);
  await world.sync();
  const [entry] = await world.catalogue.entries("2026-11-23");
  if (!entry?.documentId || !entry.versionId) throw new Error("the plan is not published");
  const source = createProgramImpact({
    catalogue: world.catalogue,
    loadVersion: async () => (changed === null ? undefined : parsePlan(changed)),
    ...(enterprises === undefined
      ? {}
      : { countEnterprises: async () => ({ enterprises, complete: false }) }),
  });
  return source.assess({ documentId: entry.documentId, to: changed === null ? null : entry.versionId });
}

describe("what a publication would do to programs", () => {
  it("says nothing while every quote stands", async () => {
    expect(await assess(planText)).toEqual([]);
  });

  it("names the program whose quote is gone, with section and words", async () => {
    const items = await assess(planText.replace("设立天使投资引导基金", "研究天使投资事宜"), 3);
    const angel = items.find(({ subject }) => subject.startsWith("P02"));
    expect(angel).toMatchObject({ severity: "warning" });
    expect(angel?.change).toContain("三（六）¶2");
    expect(angel?.change).toContain("设立天使投资引导基金");
    expect(items.some(({ subject }) => subject.startsWith("P01"))).toBe(false);
    expect(items.at(-1)).toMatchObject({
      severity: "info",
      change: expect.stringContaining("至少 3 家企业"),
    });
  });

  it("marks all programs of a document that is withdrawn", async () => {
    const items = await assess(null);
    expect(items).toHaveLength(48);
    expect(items.every(({ severity, change }) => severity === "warning" && change.includes("撤下"))).toBe(
      true,
    );
  });
});
