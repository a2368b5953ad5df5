import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DocumentRelations, PublishedDocument } from "../../src/knowledge/index.ts";
import { withMetadataDefaults } from "../../src/knowledge/index.ts";
import { findDates } from "../../src/publishing/watch/find-dates.ts";
import type { DocumentId, VersionId } from "../../src/shared/index.ts";
import {
  ADMIN,
  createPublishingWorld,
  type PublishingWorld,
  writeStatute,
} from "../support/publishing-world.ts";

const DAY = "2026-11-23";
const SETTINGS = { expiryNoticeDays: 60, draftNoticeDays: 180 };

function published(id: string, metadata: object): PublishedDocument {
  return {
    documentId: id as DocumentId,
    versionId: `${id}-1` as VersionId,
    collection: "plans",
    metadata: withMetadataDefaults({ title: `${id}办法`, ...metadata }),
    visibility: { kind: "public" },
    publishedAt: "2026-01-01T00:00:00.000Z",
  };
}

function related(changes: Partial<DocumentRelations>): DocumentRelations {
  return { extendedUntil: null, endedBy: null, basedOn: [], rules: [], calls: [], missing: [], ...changes };
}

function find(document: PublishedDocument, relations?: DocumentRelations, others: PublishedDocument[] = []) {
  const map = new Map(relations ? [[document.documentId, relations]] : []);
  return findDates([document, ...others], map, DAY, SETTINGS).filter(
    ({ subject }) => subject === `document:${document.documentId}`,
  );
}

describe("dates of published documents", () => {
  it("are told as they come near and when they have passed", () => {
    expect(find(published("甲", { expiresOn: "2027-01-22" }))).toMatchObject([
      { kind: "expires-soon", day: "2027-01-22", text: expect.stringContaining("还有 60 天") },
    ]);
    expect(find(published("甲", { expiresOn: DAY }))).toMatchObject([
      { kind: "expires-soon", text: expect.stringContaining("今天") },
    ]);
    expect(find(published("甲", { expiresOn: "2026-11-22" }))).toMatchObject([{ kind: "expired" }]);
    expect(find(published("甲", { expiresOn: "2027-01-23" }))).toEqual([]);
    expect(find(published("甲", {}))).toEqual([]);
  });

  it("count with what other documents made of them", () => {
    const by = "乙" as DocumentId;
    const expired = published("甲", { expiresOn: "2026-01-01" });
    const extendedUntil = { day: "2028-12-31", by, quote: "延长至2028年12月31日" };
    expect(find(expired, related({ extendedUntil }))).toEqual([]);
    const soon = { ...extendedUntil, day: "2026-12-01" };
    expect(find(expired, related({ extendedUntil: soon }))).toMatchObject([
      { kind: "expires-soon", day: "2026-12-01" },
    ]);
    const endedBy = { status: "已废止" as const, from: null, by, quote: "同时废止" };
    expect(find(expired, related({ endedBy }))).toEqual([]);
  });

  it("tell a planning period that is over", () => {
    expect(find(published("甲", { period: { from: 2023, to: 2025 } }))).toMatchObject([
      { kind: "period-over", day: "2025-12-31", text: expect.stringContaining("2023—2025年") },
    ]);
    expect(find(published("甲", { period: { from: 2024, to: 2026 } }))).toEqual([]);
  });

  it("tell a draft whose final text should be out", () => {
    const draft = { status: "征求意见稿", title: "甲办法（征求意见稿）" };
    expect(find(published("甲", { ...draft, publishedOn: "2026-05-26" }))).toMatchObject([
      { kind: "draft-overdue", day: "2026-05-26", text: expect.stringContaining("181 天") },
    ]);
    expect(find(published("甲", { ...draft, publishedOn: "2026-05-27" }))).toEqual([]);
    const final = published("乙", { title: "甲办法", status: "正式" });
    expect(find(published("甲", { ...draft, publishedOn: "2025-05-26" }), undefined, [final])).toEqual([]);
  });
});

describe("the watch", () => {
  let world: PublishingWorld;

  beforeAll(async () => {
    world = await createPublishingWorld();
  });

  afterAll(async () => {
    await world.remove();
  });

  it("tells of a published document, of questions without their source, and of proposals that wait", async () => {
    await world.publish(writeStatute({ validity: "有效期至2026年12月31日" }));
    world.golden.push({
      id: "G9",
      split: "dev",
      kind: "number",
      question: "最高多少",
      context: [],
      sections: [],
      evidence: ["最高申领99万元"],
      partial_evidence: false,
    });
    const { review } = await world.send(writeStatute({ amount: "50万元" }));
    if (!review) throw new Error("not read");
    await world.publishing.review.submit(review.versionId, ADMIN);
    const kindsOn = async (day?: string) => (await world.publishing.watch(day)).map(({ kind }) => kind);
    expect(await kindsOn()).toEqual(["expires-soon", "quote-vanished"]);
    expect(await kindsOn("2026-11-26")).toEqual(["expires-soon", "quote-vanished"]);
    expect(await kindsOn("2026-11-27")).toEqual(["expires-soon", "quote-vanished", "open-proposal"]);
    expect(await kindsOn("2027-01-01")).toContain("expired");
  });
});
