import { expect, it } from "vitest";
import type { FaqRecord, Storage } from "../../src/storage/index.ts";
import { describeOnEveryDatabase } from "../support/storage-places.ts";
import { second } from "../support/storage-samples.ts";
import { alice, bob, makeProposal } from "../support/storage-workflow.ts";

const content = (text: string) => ({ questions: [text], answer: `${text}。`, validUntil: null });
const names = (records: readonly FaqRecord[]) => records.map((record) => `${record.faqId}${record.revision}`);

let proposals = 0;

async function decide(
  { workflow }: Storage,
  kind: "faq-publish" | "faq-withdraw",
  faqId: string,
  at: number,
  state: "approved" | "rejected" | "cancelled" = "approved",
): Promise<void> {
  proposals += 1;
  const id = `p${proposals}`;
  await workflow.openProposal(makeProposal(id, { kind, faqId }), second(at), alice);
  await workflow.decideProposal(id, { state, by: bob.actor }, second(at), bob);
}

describeOnEveryDatabase("FAQ", (place) => {
  it("keeps every revision of an entry", async () => {
    const { faq, audit } = await place.open();
    const draft = await faq.saveDraft("a", content("一"), second(1), alice);
    expect(draft).toEqual({
      faqId: "a",
      revision: 1,
      state: "draft",
      content: content("一"),
      createdBy: alice.actor,
      createdAt: second(1).toISOString(),
      publishedAt: null,
      retiredAt: null,
    });
    expect(await faq.get("a")).toEqual(draft);
    const next = await faq.saveDraft("a", content("二"), second(2), bob);
    expect(next).toMatchObject({ revision: 2, state: "draft", createdBy: bob.actor });
    expect(await faq.get("a")).toEqual(next);
    expect(await faq.get("a", 1)).toEqual({ ...draft, state: "superseded" });
    expect(await faq.get("a", 3)).toBeUndefined();
    expect(await faq.get("none")).toBeUndefined();
    expect(await audit.list({ subject: "faq:a" })).toMatchObject([
      { action: "faq.drafted", details: { revision: 2 }, actor: bob.actor },
      { action: "faq.drafted", details: { revision: 1 } },
    ]);
  });

  it("numbers revisions without a gap when many save at once", async () => {
    const { faq } = await place.open();
    const saved = await Promise.all(
      Array.from({ length: 8 }, (_, number) => faq.saveDraft("a", content(`${number}`), second(1), alice)),
    );
    expect(saved.map((record) => record.revision).toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(names(await faq.list({ state: "draft" }))).toEqual(["a8"]);
  });

  it("answers with what was published at an instant", async () => {
    const storage = await place.open();
    const { faq } = storage;
    await faq.saveDraft("a", content("一"), second(1), alice);
    await faq.saveDraft("b", content("乙"), second(1), alice);
    await decide(storage, "faq-publish", "a", 2);
    await decide(storage, "faq-publish", "b", 3);
    await faq.saveDraft("a", content("二"), second(4), alice);
    expect(names(await faq.published())).toEqual(["a1", "b1"]);
    await decide(storage, "faq-publish", "a", 5);
    await decide(storage, "faq-withdraw", "b", 6);
    const at = async (number: number) => names(await faq.published(second(number)));
    expect(await Promise.all([1, 2, 3, 4, 5, 6].map(at))).toEqual([
      [],
      ["a1"],
      ["a1", "b1"],
      ["a1", "b1"],
      ["a2", "b1"],
      ["a2"],
    ]);
    expect(names(await faq.published())).toEqual(["a2"]);
    const [then] = await faq.published(second(3));
    expect(then).toMatchObject({
      publishedAt: second(2).toISOString(),
      retiredAt: second(5).toISOString(),
      state: "superseded",
      content: content("一"),
    });
    expect(await faq.get("b")).toMatchObject({ state: "withdrawn", retiredAt: second(6).toISOString() });
    await decide(storage, "faq-publish", "b", 7);
    expect(names(await faq.published())).toEqual(["a2", "b1"]);
    expect(names(await faq.published(second(6)))).toEqual(["a2"]);
  });

  it("grows its own revision with what is published, and with nothing else", async () => {
    const storage = await place.open();
    const { faq } = storage;
    const knowledge = await storage.knowledge.revision();
    const seen = [await faq.revision()];
    await faq.saveDraft("a", content("一"), second(1), alice);
    seen.push(await faq.revision());
    await decide(storage, "faq-publish", "a", 2);
    seen.push(await faq.revision());
    await decide(storage, "faq-withdraw", "a", 3, "rejected");
    seen.push(await faq.revision());
    await decide(storage, "faq-withdraw", "a", 4);
    seen.push(await faq.revision());
    expect(seen).toEqual([0, 0, 1, 1, 2]);
    expect(await storage.knowledge.revision()).toBe(knowledge);
  });

  it("sends a revision back, and lists the newest by state", async () => {
    const storage = await place.open();
    const { faq, workflow } = storage;
    await faq.saveDraft("a", content("一"), second(1), alice);
    await faq.saveDraft("b", content("乙"), second(1), alice);
    await decide(storage, "faq-publish", "a", 2, "rejected");
    await decide(storage, "faq-publish", "b", 2, "cancelled");
    expect(await faq.get("a")).toMatchObject({ state: "returned" });
    expect(await faq.get("b")).toMatchObject({ state: "draft" });
    await decide(storage, "faq-publish", "a", 3);
    await faq.saveDraft("a", content("二"), second(4), alice);
    await workflow.openProposal(makeProposal("open", { kind: "faq-publish", faqId: "a" }), second(5), alice);
    expect(await workflow.getProposal("open")).toMatchObject({
      faqId: "a",
      faqRevision: 2,
      documentId: null,
    });
    await faq.saveDraft("a", content("三"), second(6), alice);
    expect(names(await faq.list())).toEqual(["a3", "b1"]);
    expect(names(await faq.list({ state: "published" }))).toEqual(["a1"]);
    expect(names(await faq.list({ state: "in-review" }))).toEqual(["a2"]);
    expect(names(await faq.list({ state: "withdrawn" }))).toEqual([]);
    const twice = makeProposal("twice", { kind: "faq-withdraw", faqId: "a" });
    await expect(workflow.openProposal(twice, second(7), bob)).rejects.toMatchObject({ code: "conflict" });
    await workflow.decideProposal("open", { state: "approved", by: "b" }, second(8), bob);
    expect(names(await faq.published())).toEqual(["a2"]);
    expect(await faq.get("a", 3)).toMatchObject({ state: "draft" });
    const gone = makeProposal("gone", { kind: "faq-withdraw", faqId: "a", faqRevision: 1 });
    await expect(workflow.openProposal(gone, second(9), bob)).rejects.toMatchObject({ code: "conflict" });
  });
});
