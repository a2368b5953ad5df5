import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { loadProfileLexicon } from "../../src/enterprises/index.ts";
import {
  createKnowledgeService,
  openSource,
  type ParsedDocument,
  parseDocument,
  readSource,
  statusOn,
} from "../../src/knowledge/index.ts";
import {
  assessQuotes,
  type Catalogue,
  type CatalogueDocuments,
  createCatalogue,
  hashContent,
  loadProgramFiles,
  syncProgramFiles,
} from "../../src/matching/index.ts";
import { createManualClock, randomIds, silentLogger } from "../../src/shared/index.ts";
import { KNOWLEDGE_DIRECTORY } from "../support/program-directory.ts";
import { openTemporaryStorage } from "../support/temporary-storage.ts";

const lexicon = await loadProfileLexicon(KNOWLEDGE_DIRECTORY);
const files = await loadProgramFiles(KNOWLEDGE_DIRECTORY, lexicon);
const plans = join(KNOWLEDGE_DIRECTORY, "plans");
const fileName = readdirSync(plans).find((file) => file.endsWith(".txt")) ?? "";
const source = openSource(await readSource(join(plans, fileName)));
const parse = (text: string): ParsedDocument => parseDocument(text, { fileName });

const DAY = "2026-11-23";
const AT = new Date("2026-11-23T02:00:00Z");

interface World {
  catalogue: Catalogue;
  storage: Awaited<ReturnType<typeof openTemporaryStorage>>;
  publish(text: string): Promise<void>;
  /** How often a text was read. */
  reads: { count: number };
}

const worlds: World[] = [];
afterEach(async () => {
  await Promise.all(worlds.splice(0).map(({ storage }) => storage.remove()));
});

async function createWorld(): Promise<World> {
  const storage = await openTemporaryStorage();
  const clock = createManualClock(AT);
  const knowledge = createKnowledgeService({
    store: storage.knowledge,
    clock: clock.now,
    ids: randomIds,
    logger: silentLogger,
  });
  const reads = { count: 0 };
  const documents: CatalogueDocuments = {
    revision: () => storage.knowledge.revision(),
    listPublished: () => knowledge.listPublished(),
    documentText: (versionId) => {
      reads.count += 1;
      return knowledge.documentText(versionId);
    },
    getClauses: (versionId) => knowledge.getClauses(versionId),
    statusOn: (document, day) => statusOn(document.metadata, day),
  };
  const catalogue = createCatalogue({
    store: storage.programs,
    documents,
    directions: files.directions,
    lexicon,
    logger: silentLogger,
  });
  const world: World = {
    catalogue,
    storage,
    reads,
    async publish(text) {
      await knowledge.saveParsed(parse(text), {
        collection: "plans",
        sourceKey: fileName,
        contentHash: hashContent(text),
        publish: true,
      });
    },
  };
  worlds.push(world);
  return world;
}

describe("the catalogue over what is published", () => {
  it("finds every quote of every program in the published plan", async () => {
    const { catalogue, storage, publish } = await createWorld();
    await publish(source.text);
    const synced = await syncProgramFiles(files, storage.programs, AT);
    expect(synced.programs.added).toHaveLength(48);
    expect(synced.lists.added).toHaveLength(40);
    const entries = await catalogue.entries(DAY);
    expect(entries.map(({ program }) => program.id)).toEqual(files.programs.map(({ id }) => id));
    expect(entries.every(({ usable, documentStatus }) => usable && documentStatus === "征求意见稿")).toBe(
      true,
    );
    const { text } = parse(source.text);
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
    await publish(source.text);
    await syncProgramFiles(files, storage.programs, AT);
    expect((await catalogue.entries(DAY)).every(({ usable }) => usable)).toBe(true);
    const changed = replaceOnce(source.text, "设立天使投资引导基金", "设立种子投资引导基金");
    const preview = parse(changed);
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
      replaceOnce(source.text, "设立产业投资基金，引导社会资本", "设立产业投资基金。\n引导社会资本"),
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
    await publish(source.text);
    expect((await catalogue.entries(DAY))[0]).toMatchObject({ usable: true });
  });

  it("gives the same entries until something changes, and reads a text once", async () => {
    const { catalogue, storage, publish, reads } = await createWorld();
    await publish(source.text);
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
    await publish(source.text);
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
});

function replaceOnce(text: string, from: string, to: string): string {
  if (text.split(from).length !== 2) throw new Error(`“${from}” does not occur exactly once`);
  return text.replace(from, to);
}
