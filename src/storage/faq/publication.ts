import type { Knex } from "knex";
import { AppError } from "../../shared/index.ts";
import { appendAudit, describeChange } from "../audit/append-audit.ts";
import { toInstant, toText } from "../row-values.ts";
import type { ChangeOrigin } from "../types.ts";
import type { FaqRow } from "./rows.ts";

interface FaqPublicationRow {
  publication_id: number | string;
  faq_id: string;
  revision: number;
  published_from: string;
}

export async function publishFaq(
  transaction: Knex.Transaction,
  faqId: string,
  revision: number,
  at: Date,
  origin: ChangeOrigin,
): Promise<void> {
  const open = await findOpen(transaction, faqId);
  if (open) await close(transaction, open, "superseded", at);
  const instant = toInstant(at);
  const key = { faq_id: toText(faqId), revision };
  await transaction("faq_publications").insert({ ...key, published_from: instant, published_to: null });
  await transaction("faq_revisions")
    .where(key)
    .update({ state: "published", published_at: instant, retired_at: null });
  await bumpFaqRevision(transaction);
  const facts = { revision, previousRevision: open?.revision ?? null };
  await appendAudit(transaction, describeChange("faq.published", `faq:${faqId}`, facts, at, origin));
}

/** Whoever calls has seen that a revision is published. */
export async function withdrawFaq(
  transaction: Knex.Transaction,
  faqId: string,
  at: Date,
  origin: ChangeOrigin,
): Promise<void> {
  const open = await findOpen(transaction, faqId);
  if (!open) throw unknownEntry(faqId);
  await close(transaction, open, "withdrawn", at);
  await bumpFaqRevision(transaction);
  const facts = { revision: open.revision };
  await appendAudit(transaction, describeChange("faq.withdrawn", `faq:${faqId}`, facts, at, origin));
}

export async function findPublishedRevision(
  transaction: Knex.Transaction,
  faqId: string,
): Promise<number | null> {
  return (await findOpen(transaction, faqId))?.revision ?? null;
}

/** A revision, by default the newest. Throws `not-found`. */
export async function requireRevision(
  transaction: Knex.Transaction,
  faqId: string,
  revision: number | undefined,
): Promise<FaqRow> {
  const query = transaction("faq_revisions").where("faq_id", toText(faqId)).orderBy("revision", "desc");
  if (revision !== undefined) query.where("revision", revision);
  const row: FaqRow | undefined = await query.first();
  if (!row) throw unknownEntry(faqId);
  return row;
}

function findOpen(transaction: Knex.Transaction, faqId: string): Promise<FaqPublicationRow | undefined> {
  return transaction<FaqPublicationRow>("faq_publications")
    .where("faq_id", toText(faqId))
    .whereRaw("published_to is null")
    .first();
}

async function close(
  transaction: Knex.Transaction,
  open: FaqPublicationRow,
  state: "superseded" | "withdrawn",
  at: Date,
): Promise<void> {
  // A clock that was set back must not make an interval that ends before it begins.
  const instant = toInstant(new Date(Math.max(at.getTime(), Date.parse(open.published_from))));
  await transaction("faq_publications")
    .where("publication_id", open.publication_id)
    .update({ published_to: instant });
  await transaction("faq_revisions")
    .where({ faq_id: open.faq_id, revision: open.revision })
    .update({ state, retired_at: instant });
}

async function bumpFaqRevision(transaction: Knex.Transaction): Promise<void> {
  await transaction("counters").where({ name: "faq" }).increment("value", 1);
}

function unknownEntry(faqId: string): AppError {
  return new AppError({
    code: "not-found",
    message: `FAQ entry ${faqId} does not exist, or not in this revision`,
    safeMessage: `没有编号为 ${faqId} 的问答或该修订。请在问答列表中核对编号。`,
  });
}
