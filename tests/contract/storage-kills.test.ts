import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import type { Storage } from "../../src/storage/index.ts";
import { spawnStorageChild } from "../support/spawn-child.ts";
import { bytesOf, createRandom, expectedClauses, LIFE_KEYS, type LifeLine } from "../support/storage-life.ts";
import { describeOnEveryDatabase } from "../support/storage-places.ts";
import { documentId } from "../support/storage-samples.ts";

/** `XIANCE_TEST_KILLS=200` kills as often; by default as often as a suite has time for. */
const KILLS = Number(process.env["XIANCE_TEST_KILLS"] ?? 0);
/** So long at most a process lives after its first word; a change takes between one and a hundred milliseconds. */
const MAX_LIFE_MS = 120;

/** What processes said that they had done, over all of them. */
interface Said {
  published: Map<string, string | null>;
  received: string[];
  /** The document of the change that was cut off. */
  cutOff: string | undefined;
  changes: number;
}

function listen(said: Said, lines: readonly string[]): void {
  said.cutOff = undefined;
  for (const text of lines) {
    // The last line may be cut off as well; then its change had begun, or ended, in silence.
    if (!text.endsWith("}")) throw new Error(`the process said ${text}`);
    const line = JSON.parse(text) as LifeLine;
    if ("begin" in line) said.cutOff = line.key;
    else {
      said.cutOff = undefined;
      said.changes += 1;
      said.published.set(line.key, line.published);
      if (line.received !== undefined) said.received.push(line.received);
    }
  }
}

/** The old version or the new one, whole; and states, intervals, events, proposals and log say the same. */
async function expectWhole({ knowledge, workflow, audit }: Storage, said: Said): Promise<void> {
  const answers = new Map<string, string[]>();
  await knowledge.eachPublishedClause(1000, (batch) => {
    for (const clause of batch) {
      answers.set(clause.versionId, [...(answers.get(clause.versionId) ?? []), clause.text]);
    }
  });
  const open = new Set(
    (await workflow.listProposals({ state: "open" })).map(({ kind, versionId }) => `${kind} ${versionId}`),
  );
  const publishedNow = new Set<string>();
  for (const key of LIFE_KEYS) {
    const id = documentId(`document-${key}`);
    const published = (await knowledge.getDocument(id))?.publishedVersionId ?? null;
    const history = await knowledge.publicationHistory(id);
    expect(history.at(-1)?.toVersionId ?? null).toBe(published);
    for (const [index, event] of history.entries()) {
      expect(event.fromVersionId).toBe(history[index - 1]?.toVersionId ?? null);
    }
    if (published !== null) publishedNow.add(published);
    if (published !== null) expect(answers.get(published) ?? []).toEqual(expectedClauses(published));
    if (key !== said.cutOff && said.published.has(key)) expect(published).toBe(said.published.get(key));
    said.published.set(key, published);
    const versions = await knowledge.listVersions(id);
    expect(versions.map((version) => version.number)).toEqual(versions.map((_, index) => index + 1));
    for (const { state, versionId } of versions) {
      expect(state === "published").toBe(versionId === published);
      if (state === "in-review") expect(open).toContain(`publish ${versionId}`);
    }
  }
  expect([...answers.keys()].filter((versionId) => !publishedNow.has(versionId))).toEqual([]);
  for (const name of said.received) {
    const submission = await workflow.getSubmission(name);
    expect(submission).toBeDefined();
    expect(await workflow.getOriginal(submission?.originalHash ?? "")).toEqual(new Uint8Array(bytesOf(name)));
  }
  expect(await audit.verify()).toMatchObject({ intact: true });
}

async function expectAllClauses({ knowledge }: Storage): Promise<void> {
  for (const key of LIFE_KEYS) {
    for (const { versionId } of await knowledge.listVersions(documentId(`document-${key}`))) {
      const clauses = await knowledge.clausesOf(versionId);
      expect(clauses.map((clause) => clause.text)).toEqual(expectedClauses(versionId));
    }
  }
}

describeOnEveryDatabase("a process that is killed at a random moment", (place) => {
  const kills = KILLS > 0 ? KILLS : place.dialect === "sqlite" ? 20 : 4;
  it(
    `leaves a whole state behind, ${kills} times on end`,
    async () => {
      const options = await place.fresh();
      const random = createRandom(kills);
      const said: Said = { published: new Map(), received: [], cutOff: undefined, changes: 0 };
      for (let round = 1; round <= kills; round += 1) {
        const child = spawnStorageChild("live", options, [round]);
        const first = await child.nextLine();
        await sleep(random() * MAX_LIFE_MS);
        await child.kill();
        listen(said, [first, ...(await child.lastLines())]);
        const storage = await place.open(options);
        await expectWhole(storage, said);
        if (round === kills) await expectAllClauses(storage);
        await storage.close();
      }
      expect(said.changes).toBeGreaterThan(kills);
      expect(said.received.length).toBeGreaterThan(0);
    },
    30_000 + kills * 5000,
  );
});
