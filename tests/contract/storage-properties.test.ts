import fc from "fast-check";
import { expect, it } from "vitest";
import type { KnowledgeStore } from "../../src/storage/index.ts";
import { describeOnEveryDatabase } from "../support/storage-places.ts";
import { documentId, makeClauses, makeVersion, second, versionId } from "../support/storage-samples.ts";

type Step = "change" | "rollback" | "unpublish" | "republish-first";

const anyText = fc.string({
  unit: fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("\0", "\uD800", "款")),
});

/** What a database can keep of a text: well-formed and without U+0000; the length stays the same. */
const storable = (text: string) => text.toWellFormed().replaceAll("\0", "\uFFFD");

/** The publications of a document as a pile, the way an operator thinks of them. */
function createModel() {
  let pile: string[] = [];
  let published: string | undefined;
  let versions = 0;
  return {
    apply(step: Step): string | undefined {
      if (step === "change") {
        versions += 1;
        published = String(versions);
        pile.push(published);
      } else if (step === "unpublish") {
        published = undefined;
      } else if (step === "republish-first") {
        if (versions > 0 && published !== "1") {
          if (pile.at(-1) !== "1") pile.push("1");
          published = "1";
        }
      } else if (published !== undefined && pile.length > 1) {
        pile = pile.slice(0, -1);
        published = pile.at(-1);
      }
      return published;
    },
    next: () => String(versions + 1),
  };
}

async function applyStep(knowledge: KnowledgeStore, key: string, step: Step, next: string, at: Date) {
  const document = documentId(`document-${key}`);
  const ignoreMissing = (thrown: unknown) => {
    if (!(thrown instanceof Error && "code" in thrown && thrown.code === "not-found")) throw thrown;
  };
  if (step === "change") await knowledge.saveVersion(makeVersion(key, next, { at }));
  if (step === "rollback") await knowledge.rollbackDocument(document, at).catch(ignoreMissing);
  if (step === "unpublish") await knowledge.unpublishDocument(document, at).catch(ignoreMissing);
  if (step === "republish-first") {
    await knowledge.publishVersion(versionId(`${key}-1`), at).catch(ignoreMissing);
  }
}

describeOnEveryDatabase("knowledge, for any input", (place) => {
  it("remembers at every instant what was published then", async () => {
    const { knowledge } = await place.open();
    let document = 0;
    const steps = fc.array(fc.constantFrom<Step>("change", "rollback", "unpublish", "republish-first"), {
      minLength: 1,
      maxLength: 10,
    });
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        document += 1;
        const key = `d${document}`;
        const model = createModel();
        const expected: (string | undefined)[] = [];
        for (const [index, step] of sequence.entries()) {
          await applyStep(knowledge, key, step, model.next(), second(index));
          expected.push(model.apply(step));
        }
        for (const [index, content] of expected.entries()) {
          const versions = await knowledge.publishedVersions(second(index));
          const own = versions.filter((version) => version.documentId === `document-${key}`);
          expect(own.map((version) => version.versionId)).toEqual(content ? [`${key}-${content}`] : []);
        }
        const current = await knowledge.getDocument(documentId(`document-${key}`));
        const last = expected.at(-1);
        expect(current?.publishedVersionId ?? undefined).toBe(last && `${key}-${last}`);
      }),
      { numRuns: 40 },
    );
  });

  it("walks over every published clause once and in order, whatever the batch", async () => {
    const { knowledge } = await place.open();
    const sizes = fc.array(fc.integer({ min: 0, max: 25 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(sizes, fc.integer({ min: 1, max: 12 }), async (counts, batchSize) => {
        await knowledge.withdrawMissing("plans", new Set(), second(0));
        const run = `run${await knowledge.revision()}`;
        for (const [index, count] of counts.entries()) {
          await knowledge.saveVersion(makeVersion(`${run}-${index}`, "一", { clauses: makeClauses(count) }));
        }
        const seen: string[] = [];
        await knowledge.eachPublishedClause(batchSize, (batch) => {
          expect(batch.length).toBeLessThanOrEqual(batchSize);
          expect(batch.length).toBeGreaterThan(0);
          for (const clause of batch) seen.push(`${clause.documentId} ${clause.ordinal} ${clause.title}`);
        });
        const expected = counts.flatMap((count, index) =>
          Array.from(
            { length: count },
            (_, ordinal) => `document-${run}-${index} ${ordinal} 关于${run}-${index}的行动方案（一）`,
          ),
        );
        expect(seen).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  it("gives any text back, with the same offsets", async () => {
    const { knowledge } = await place.open();
    let number = 0;
    await fc.assert(
      fc.asyncProperty(anyText, anyText, fc.jsonValue(), async (text, section, metadata) => {
        number += 1;
        const [clause] = makeClauses(1);
        if (!clause) throw new Error("no clause");
        const { versionId: saved } = await knowledge.saveVersion(
          makeVersion(`t${number}`, "一", {
            text,
            metadata,
            sourceKey: `${number} ${text}`,
            warnings: [section],
            clauses: [{ ...clause, text, section, heading: [text, section], passageId: section }],
          }),
        );
        const version = await knowledge.getVersion(saved);
        expect(version?.text).toBe(storable(text));
        expect(version?.text.length).toBe(text.length);
        // JSON of what JSON can say: it has no -0.
        expect(version?.metadata).toEqual(JSON.parse(JSON.stringify(metadata)));
        expect(version?.warnings).toEqual([section]);
        expect(await knowledge.clausesOf(saved)).toMatchObject([
          { text: storable(text), section: storable(section), heading: [text, section] },
        ]);
        const found = await knowledge.findDocument("plans", `${number} ${text}`);
        expect(found?.documentId).toBe(`document-t${number}`);
      }),
      { numRuns: 40 },
    );
  });

  it("gives vectors back bit by bit, and the latest of each text", async () => {
    const { embeddings } = await place.open();
    const vectors = fc.dictionary(fc.stringMatching(/^[0-9a-f]{4}$/), fc.float32Array({ maxLength: 40 }), {
      maxKeys: 30,
    });
    const latest = new Map<string, Float32Array>();
    await fc.assert(
      fc.asyncProperty(vectors, async (dictionary) => {
        const given = new Map(Object.entries(dictionary));
        await embeddings.put("model", given);
        for (const [hash, vector] of given) latest.set(hash, vector);
        const hashes = [...latest.keys(), "absent", "absent"];
        expect(await embeddings.get("model", hashes)).toEqual(latest);
        expect(await embeddings.get("other model", hashes)).toEqual(new Map());
      }),
      { numRuns: 25 },
    );
  });

  it("reads a vector that lies inside a larger buffer, and thousands at once", async () => {
    const { embeddings } = await place.open();
    const inside = new Float32Array([9, 1, 2, 3, 9]).subarray(1, 4);
    await embeddings.put("model", new Map([["part", inside]]));
    expect(await embeddings.get("model", ["part"])).toEqual(new Map([["part", new Float32Array([1, 2, 3])]]));
    const many = new Map(
      Array.from({ length: 5000 }, (_, index) => [`h${index}`, new Float32Array([index])]),
    );
    await embeddings.put("many", many);
    expect(await embeddings.get("many", [...many.keys()])).toEqual(many);
  });
});
