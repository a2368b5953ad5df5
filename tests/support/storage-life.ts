import { createHash } from "node:crypto";
import { AppError } from "../../src/shared/index.ts";
import type { Storage } from "../../src/storage/index.ts";
import {
  documentId,
  makeClauses,
  makeCompletion,
  makeVersion,
  second,
  versionId,
} from "./storage-samples.ts";
import { alice, bob, makeProposal, makeSubmission } from "./storage-workflow.ts";

/** What the process says: before a change which document it is about, and after it what then held. */
export type LifeLine =
  | { begin: string; key: string }
  | { done: string; key: string; published: string | null; received?: string };

export const LIFE_KEYS = ["甲", "乙", "丙"] as const;

/** Mulberry32: the same seed, the same life. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The id of a version says how many clauses it has, and its clauses say whose they are. */
function makeLifeVersion(key: string, name: string, clauses: number) {
  const id = `${key}-${name}-${clauses}`;
  return makeVersion(key, id, { versionId: versionId(id), clauses: makeClauses(clauses, `${id}/`) });
}

export function expectedClauses(id: string): string[] {
  const count = Number(id.split("-").at(-1));
  return [...makeClauses(count, `${id}/`)].map((clause) => clause.text);
}

export function bytesOf(submissionId: string): Uint8Array {
  return createHash("sha512").update(submissionId).digest();
}

type Step = (storage: Storage, key: string, name: string, clauses: number) => Promise<unknown>;

const STEPS: Readonly<Record<string, Step>> = {
  ingest: ({ knowledge }, key, name, clauses) => knowledge.saveVersion(makeLifeVersion(key, name, clauses)),
  receive: ({ workflow }, _key, name) => {
    const bytes = bytesOf(name);
    return workflow.receive(makeSubmission(name, bytes), bytes, alice);
  },
  read: async ({ knowledge, workflow }, key, name, clauses) => {
    const [submission] = await workflow.listSubmissions({ state: "received", limit: 1 });
    if (!submission) return;
    const { submissionId, originalHash } = submission;
    const draft = { ...makeLifeVersion(key, name, clauses), publish: false, submissionId, originalHash };
    await knowledge.saveVersion(draft);
  },
  propose: async ({ knowledge, workflow }, key, name) => {
    const versions = await knowledge.listVersions(documentId(`document-${key}`));
    const draft = versions.findLast((version) => version.state !== "published");
    if (!draft) return;
    await workflow.openProposal(makeProposal(name, { versionId: draft.versionId }), second(1), alice);
  },
  retreat: ({ workflow }, key, name, clauses) => {
    const kind = clauses % 2 === 0 ? "withdraw" : "rollback";
    const proposal = makeProposal(name, { kind, documentId: documentId(`document-${key}`) });
    return workflow.openProposal(proposal, second(1), alice);
  },
  approve: (storage, key) => decide(storage, key, "approved"),
  reject: (storage, key) => decide(storage, key, "rejected"),
  rollback: ({ knowledge }, key) => knowledge.rollbackDocument(documentId(`document-${key}`), second(2), bob),
  notify: ({ conversation }, _key, name) =>
    conversation.enqueueNotice({ ...makeCompletion(name), sessionKey: name }),
};

async function decide({ workflow }: Storage, key: string, state: "approved" | "rejected"): Promise<void> {
  const [open] = await workflow.listProposals({ state: "open", documentId: documentId(`document-${key}`) });
  if (open) await workflow.decideProposal(open.proposalId, { state, by: bob.actor }, second(2), bob);
}

/** Changes one thing after another, without an end. */
export async function liveAtRandom(
  storage: Storage,
  seed: number,
  say: (line: LifeLine) => void,
): Promise<never> {
  const random = createRandom(seed);
  const pick = <Value>(values: readonly Value[]): Value =>
    values[Math.floor(random() * values.length)] as Value;
  for (let number = 0; ; number += 1) {
    const key = pick(LIFE_KEYS);
    const [begin, step] = pick(Object.entries(STEPS));
    const name = `${seed}.${number}`;
    const clauses = random() < 0.2 ? Math.floor(random() * 2500) : Math.floor(random() * 20);
    say({ begin, key });
    try {
      await step(storage, key, name, clauses);
    } catch (thrown) {
      const isRefusal = thrown instanceof AppError && ["conflict", "not-found"].includes(thrown.code);
      if (!isRefusal) throw thrown;
    }
    const document = await storage.knowledge.getDocument(documentId(`document-${key}`));
    const published = document?.publishedVersionId ?? null;
    say({ done: begin, key, published, ...(begin === "receive" && { received: name }) });
  }
}
