import { afterEach, describe, expect, it } from "vitest";
import type { Actor } from "../../src/access/index.ts";
import type { ProgramFile } from "../../src/matching/index.ts";
import { createProgramDesk, suggestPrograms, toProgramFile } from "../../src/matching/index.ts";
import {
  ADMIN,
  AT,
  type CatalogueWorld,
  createCatalogueWorld,
  lexicon,
  parsePlan,
  planText,
  programFiles,
  STAFF,
} from "../support/catalogue-world.ts";

const OTHER: Actor = { account: "feishu:ou_other", roles: new Set(["staff", "admin"]) };
const DAY = "2026-11-23";
const directions = new Map(programFiles.directions.map((one) => [one.id, one]));

const worlds: CatalogueWorld[] = [];
afterEach(async () => {
  await Promise.all(worlds.splice(0).map(({ storage }) => storage.remove()));
});

async function openDesk(secondAdmin = true) {
  const world = await createCatalogueWorld();
  worlds.push(world);
  await world.publish(planText);
  await world.sync();
  const desk = createProgramDesk({
    store: world.storage.programs,
    catalogue: world.catalogue,
    ...{ directions, lexicon, secondAdmin },
    suggest: (document, existing) => suggestPrograms(document, { lexicon, directions, existing }),
    clock: () => AT,
  });
  return { ...world, desk };
}

/** A program of the plan under an id of its own; told, not a real one. */
function draft(change: Partial<ProgramFile> = {}): ProgramFile {
  const fund = programFiles.programs.find(({ id }) => id === "P02");
  if (!fund) throw new Error("P02 is missing");
  return { ...toProgramFile(fund), id: "T01", name: "试登记的项目", ...change };
}

describe("the program desk", () => {
  it("lets only those keep the catalogue who may", async () => {
    const { desk } = await openDesk();
    await expect(desk.propose(draft(), STAFF, "desk")).rejects.toMatchObject({ code: "forbidden" });
    await expect(desk.publish("T01", STAFF)).rejects.toMatchObject({ code: "forbidden" });
    await expect(desk.withdraw("P02", STAFF)).rejects.toMatchObject({ code: "forbidden" });
    await expect(desk.list(STAFF)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("publishes by another admin than the proposer, and matches nothing before", async () => {
    const { desk, catalogue } = await openDesk();
    expect(await desk.propose(draft(), ADMIN, "desk")).toMatchObject({ state: "proposed", origin: "desk" });
    const listed = async () => (await catalogue.entries(DAY)).some(({ program }) => program.id === "T01");
    expect(await listed()).toBe(false);
    await expect(desk.publish("T01", ADMIN)).rejects.toMatchObject({ code: "forbidden" });
    expect(await listed()).toBe(false);
    expect(await desk.publish("T01", OTHER, "已核对")).toMatchObject({ state: "published", problems: [] });
    expect(await listed()).toBe(true);
  });

  it("lets one admin do both where the park says so", async () => {
    const { desk } = await openDesk(false);
    await desk.propose(draft(), ADMIN, "desk");
    expect(await desk.publish("T01", ADMIN)).toMatchObject({ state: "published" });
  });

  it("keeps nothing of a program whose words do not stand in the text", async () => {
    const { desk } = await openDesk();
    const invented = draft({
      state: { state: "拟设立", verb: "设立", quote: "设立月球开发基金", section: "三（六）¶2" },
    });
    await expect(desk.propose(invented, ADMIN, "desk")).rejects.toMatchObject({
      code: "unusable-input",
      safeMessage: expect.stringContaining("设立月球开发基金"),
    });
    await expect(desk.propose({ id: "T01" }, ADMIN, "desk")).rejects.toMatchObject({
      code: "unusable-input",
    });
    await expect(desk.propose(draft({ document: "没有的文件" }), ADMIN, "desk")).rejects.toMatchObject({
      safeMessage: expect.stringContaining("没有的文件"),
    });
    await expect(desk.show("T01", ADMIN)).rejects.toMatchObject({ code: "not-found" });
  });

  it("rejects with a reason, and what is withdrawn stays so at the next start", async () => {
    const { desk, sync, catalogue } = await openDesk();
    await desk.propose(draft(), ADMIN, "desk");
    expect(await desk.reject("T01", OTHER, "依据不足")).toMatchObject({ state: "rejected" });
    await expect(desk.publish("T01", OTHER)).rejects.toMatchObject({ code: "not-found" });
    expect(await desk.withdraw("P02", ADMIN, "停办")).toMatchObject({ state: "withdrawn" });
    await sync();
    expect((await catalogue.entries(DAY)).some(({ program }) => program.id === "P02")).toBe(false);
    expect((await desk.show("P02", ADMIN)).listing.state).toBe("withdrawn");
  });

  it("notes who did what, and why", async () => {
    const { desk, storage } = await openDesk();
    await desk.propose(draft(), ADMIN, "desk", "新文件");
    await desk.publish("T01", OTHER, "已核对");
    const entries = (await storage.audit.list({ limit: 300 })).filter((one) =>
      JSON.stringify(one).includes("T01"),
    );
    expect(new Set(entries.map(({ actor }) => actor))).toEqual(new Set([ADMIN.account, OTHER.account]));
    expect(JSON.stringify(entries)).toContain("已核对");
  });

  it("writes nothing when it suggests, and takes a suggestion as a proposal", async () => {
    const { desk, storage } = await openDesk();
    const { metadata, text, clauses } = parsePlan(planText);
    const before = await storage.programs.revision();
    const document = { documentId: null, title: metadata.title, text, clauses };
    const found = await desk.suggest(document, ADMIN);
    expect(found.length).toBeGreaterThan(40);
    expect(await storage.programs.revision()).toBe(before);
    expect(await desk.list(ADMIN, { state: "proposed" })).toEqual([]);
    await expect(desk.suggest(document, STAFF)).rejects.toMatchObject({ code: "forbidden" });
    const [first] = found;
    if (!first) throw new Error("no suggestion");
    const listing = await desk.propose(toProgramFile(first.program), ADMIN, "suggested");
    expect(listing).toMatchObject({ state: "proposed", origin: "suggested", name: first.program.name });
  });
});
