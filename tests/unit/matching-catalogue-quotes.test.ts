import { afterEach, describe, expect, it } from "vitest";
import { assessQuotes, syncProgramFiles } from "../../src/matching/index.ts";
import {
  AT,
  type CatalogueWorld,
  createCatalogueWorld,
  programFiles as files,
  parsePlan,
  planText,
} from "../support/catalogue-world.ts";

const DAY = "2026-11-23";

const worlds: CatalogueWorld[] = [];
afterEach(async () => {
  await Promise.all(worlds.splice(0).map(({ storage }) => storage.remove()));
});

async function createWorld(): Promise<CatalogueWorld> {
  const world = await createCatalogueWorld();
  worlds.push(world);
  return world;
}

describe("the catalogue over what is published", () => {
  it("finds every quote of every program in the published plan", async () => {
    const { catalogue, storage, publish } = await createWorld();
    await publish(planText);
    const synced = await syncProgramFiles(files, storage.programs, AT);
    expect(synced.programs.added).toHaveLength(48);
    expect(synced.lists.added).toHaveLength(40);
    const entries = await catalogue.entries(DAY);
    expect(entries.map(({ program }) => program.id)).toEqual(files.programs.map(({ id }) => id));
    expect(entries.every(({ usable, documentStatus }) => usable && documentStatus === "征求意见稿")).toBe(
      true,
    );
    const { text } = parsePlan(planText);
    for (const { quotes } of entries)
      for (const { state, start, end, quote } of quotes.values()) {
        expect(state).toBe("holds");
        expect(text.slice(start ?? 0, end ?? 0)).toBe(quote);
      }
    expect(await catalogue.listProblems()).toEqual([]);
  });

  it("changes nothing when the same files come again", async () => {
    const { storage } = await createWorld();
    await syncProgramFiles(files, storage.programs, AT);
    const before = await storage.programs.revision();
    const again = await syncProgramFiles(files, storage.programs, AT);
    expect(again.programs).toMatchObject({ added: [], changed: [], removed: [], unchanged: 48 });
    expect(again.lists).toMatchObject({ added: [], changed: [], removed: [], unchanged: 40 });
    expect(await storage.programs.revision()).toBe(before);
  });

  it("withholds all programs while their document is not published", async () => {
    const { catalogue, storage } = await createWorld();
    await syncProgramFiles(files, storage.programs, AT);
    const entries = await catalogue.entries(DAY);
    expect(entries.some(({ usable }) => usable)).toBe(false);
    expect(entries[0]).toMatchObject({ documentId: null, documentStatus: "未发布" });
    const problems = await catalogue.listProblems();
    expect(problems).toHaveLength(48);
    expect(problems[0]?.message).toContain("没有已发布的版本");
  });

  it("marks exactly the programs whose clause a new version changes", async () => {
    const { catalogue, storage, publish } = await createWorld();
    await publish(planText);
    await syncProgramFiles(files, storage.programs, AT);
    expect((await catalogue.entries(DAY)).every(({ usable }) => usable)).toBe(true);
    const changed = replaceOnce(planText, "设立天使投资引导基金", "设立种子投资引导基金");
    const preview = parsePlan(changed);
    const assessed = assessQuotes(files.programs, preview.text, preview.clauses);
    expect(assessed.map(({ programId, usable }) => [programId, usable])).toEqual([["P02", false]]);
    await publish(changed);
    const withheld = (await catalogue.entries(DAY)).filter(({ usable }) => !usable);
    expect(withheld.map(({ program }) => program.id)).toEqual(["P02"]);
    const [problem, ...others] = await catalogue.listProblems();
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ programId: "P02", usable: false });
    expect(problem?.message).toContain("三（六）¶2");
    expect(problem?.quotes.every(({ state, start }) => state === "changed" && start === null)).toBe(true);
  });

  it("keeps programs whose clause has only moved, and says where to", async () => {
    const { catalogue, storage, publish } = await createWorld();
    await syncProgramFiles(files, storage.programs, AT);
    await publish(
      replaceOnce(planText, "设立产业投资基金，引导社会资本", "设立产业投资基金。\n引导社会资本"),
    );
    const entries = new Map((await catalogue.entries(DAY)).map((entry) => [entry.program.id, entry]));
    expect(entries.get("P01")?.usable).toBe(false);
    const angel = entries.get("P02");
    expect(angel?.usable).toBe(true);
    expect(
      [...(angel?.quotes.values() ?? [])].map(({ state, presentSection }) => [state, presentSection]),
    ).toEqual(expect.arrayContaining([["moved", "三（六）¶3"]]));
    const problems = await catalogue.listProblems();
    expect(problems.filter(({ usable }) => !usable).map(({ programId }) => programId)).toEqual(["P01"]);
    expect(problems.filter(({ usable }) => usable).map(({ programId }) => programId)).toEqual([
      "P02",
      "P03",
      "P04",
      "P05",
    ]);
  });

  it("finds its document by title however the title is written", async () => {
    const { catalogue, storage, publish } = await createWorld();
    const [program] = files.programs;
    if (!program) throw new Error("no program");
    const named = {
      ...program,
      document: "《张江高新区奉贤园改革创新发展行动方案(2024—2026年)》（征求意见稿）",
    };
    await syncProgramFiles({ programs: [named], lists: [] }, storage.programs, AT);
    await publish(planText);
    expect((await catalogue.entries(DAY))[0]).toMatchObject({ usable: true });
  });

  it("gives the same entries until something changes, and reads a text once", async () => {
    const { catalogue, storage, publish, reads } = await createWorld();
    await publish(planText);
    await syncProgramFiles(files, storage.programs, AT);
    const first = await catalogue.entries(DAY);
    expect(await catalogue.entries(DAY)).toBe(first);
    expect(await catalogue.entries("2026-11-24")).not.toBe(first);
    expect(reads.count).toBe(1);
    await storage.programs.withdraw("P48", AT, { actor: "feishu:ou_admin" });
    expect((await catalogue.entries(DAY)).map(({ program }) => program.id)).not.toContain("P48");
    expect(reads.count).toBe(2);
  });

  it("withholds and names a stored program that cannot be read, and goes on with the others", async () => {
    const { catalogue, storage, publish } = await createWorld();
    await publish(planText);
    await syncProgramFiles(files, storage.programs, AT);
    const bad = {
      programId: "P91",
      origin: "desk" as const,
      contentHash: "x",
      content: { name: "青岚资助" },
    };
    await storage.programs.propose(bad, AT, { actor: "feishu:ou_admin" });
    await storage.programs.decide("P91", "publish", AT, { actor: "feishu:ou_second" });
    expect(await catalogue.entries(DAY)).toHaveLength(48);
    expect(await catalogue.listProblems()).toMatchObject([{ programId: "P91", usable: false }]);
  });

  it("rests on the final text once that is published beside the draft", async () => {
    const { catalogue, sync, publish } = await createWorld();
    await sync();
    await publish(planText);
    const final = planText
      .replace("（征求意见稿）\n", "")
      .replace("设立天使投资引导基金", "设立种子投资引导基金");
    await publish(final, "final.txt");
    const entries = await catalogue.entries(DAY);
    expect(new Set(entries.map(({ documentStatus }) => documentStatus)).has("征求意见稿")).toBe(false);
    expect(entries.filter(({ usable }) => !usable).map(({ program }) => program.id)).toEqual(["P02"]);
  });

  it("names the programs that rest on a document", async () => {
    const { catalogue, sync, publish } = await createWorld();
    await sync();
    await publish(planText);
    const documentId = (await catalogue.entries(DAY))[0]?.documentId;
    if (!documentId) throw new Error("not published");
    expect(await catalogue.programsOf(documentId)).toHaveLength(48);
  });
});

function replaceOnce(text: string, from: string, to: string): string {
  if (text.split(from).length !== 2) throw new Error(`“${from}” does not occur exactly once`);
  return text.replace(from, to);
}
