import type { Knex } from "knex";
import { appendAudit, describeChange } from "../audit/append-audit.ts";
import { changeWithin } from "../change-lock.ts";
import type { Database } from "../dialect.ts";
import { toInstant, toJson, toText } from "../row-values.ts";
import type { ChangeOrigin, FaqRecord, FaqStore } from "../types.ts";
import { type FaqRow, toFaqRecord } from "./rows.ts";

export function createFaqStore({ read, write, counter }: Database): FaqStore {
  return {
    revision: () => counter("faq"),
    saveDraft: (faqId, content, at, origin) =>
      changeWithin(write, (transaction) => saveDraft(transaction, faqId, content, at, origin)),
    async get(faqId, revision) {
      const query = read("faq_revisions").where("faq_id", toText(faqId)).orderBy("revision", "desc");
      if (revision !== undefined) query.where("revision", revision);
      const row: FaqRow | undefined = await query.first();
      return row && toFaqRecord(row);
    },
    list: ({ state } = {}) => listNewest(read, state),
    published: (asOf) => listPublished(read, asOf),
  };
}

/** Earlier drafts that were never proposed give way to it. */
async function saveDraft(
  transaction: Knex.Transaction,
  faqId: string,
  content: unknown,
  at: Date,
  origin: ChangeOrigin,
): Promise<FaqRecord> {
  const key = { faq_id: toText(faqId) };
  const newest: Pick<FaqRow, "revision"> | undefined = await transaction("faq_revisions")
    .where(key)
    .orderBy("revision", "desc")
    .first("revision");
  const row: FaqRow = {
    ...key,
    revision: (newest?.revision ?? 0) + 1,
    state: "draft",
    created_by: toText(origin.actor),
    created_at: toInstant(at),
    published_at: null,
    retired_at: null,
    content: toJson(content),
  };
  await transaction("faq_revisions")
    .where(key)
    .whereIn("state", ["draft", "returned"])
    .update({ state: "superseded" });
  await transaction("faq_revisions").insert(row);
  const facts = { revision: row.revision };
  await appendAudit(transaction, describeChange("faq.drafted", `faq:${faqId}`, facts, at, origin));
  return toFaqRecord(row);
}

/** Of every entry the newest revision, or the newest in a state; by entry. */
async function listNewest(read: Knex, state: FaqRecord["state"] | undefined): Promise<FaqRecord[]> {
  const newer = read("faq_revisions as n").whereRaw("n.faq_id = r.faq_id and n.revision > r.revision");
  const query = read("faq_revisions as r").orderBy("r.faq_id").select("r.*");
  if (state !== undefined) {
    query.where("r.state", state);
    newer.where("n.state", state);
  }
  const rows: FaqRow[] = await query.whereNotExists(newer.select("n.revision"));
  return rows.map(toFaqRecord);
}

/** With the ends of the interval that holds the instant; `state` is that of today. */
async function listPublished(read: Knex, asOf: Date | undefined): Promise<FaqRecord[]> {
  const query = read("faq_publications as p").join("faq_revisions as r", (join) => {
    join.on("r.faq_id", "p.faq_id").andOn("r.revision", "p.revision");
  });
  if (asOf === undefined) query.whereRaw("p.published_to is null");
  else {
    const instant = toInstant(asOf);
    query
      .where("p.published_from", "<=", instant)
      .where((still) => still.whereNull("p.published_to").orWhere("p.published_to", ">", instant));
  }
  const rows: FaqRow[] = await query
    .orderBy("p.faq_id")
    .select("r.*", "p.published_from as published_at", "p.published_to as retired_at");
  return rows.map(toFaqRecord);
}
