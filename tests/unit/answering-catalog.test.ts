import { describe, expect, it } from "vitest";
import { createCatalog } from "../../src/answering/catalog/create-catalog.ts";
import { type PublishedDocument, parseDocument } from "../../src/knowledge/index.ts";
import type { DocumentId, VersionId } from "../../src/shared/index.ts";

const TODAY = "2026-11-23";

function publish(id: string, text: string, visibility: unknown = { kind: "public" }): PublishedDocument {
  return {
    documentId: id as DocumentId,
    versionId: `${id}-1` as VersionId,
    collection: "test",
    metadata: parseDocument(text, { fileName: `${id}.txt` }).metadata,
    visibility,
    publishedAt: "2026-01-01T00:00:00.000Z",
  };
}

const voucher = publish(
  "voucher",
  "云川市创新券管理办法\n云科规〔2021〕6号\n第一条 为了规范，制定本办法。\n第二条 本办法自2021年12月1日起施行，有效期5年。\n云川市科学技术局\n2021年11月1日\n",
);
const hiddenExtension = publish(
  "extension",
  "关于延长《云川市创新券管理办法》有效期的通知\n云科规〔2026〕9号\n各有关单位：\n经评估，《云川市创新券管理办法》（云科规〔2021〕6号）有效期延长至2028年12月31日。\n云川市科学技术局\n2026年10月8日\n",
  { kind: "internal" },
);
const insider = {
  account: "feishu:ou_a",
  roles: new Set(["specialist" as const]),
  chatKind: "direct" as const,
  chat: "feishu:oc_a",
};

describe("the documents of a question", () => {
  it("show nothing that a hidden document makes of them", async () => {
    const { select } = createCatalog({
      listPublished: async () => [voucher, hiddenExtension],
      revision: async () => 1,
    });
    const expiryFor = async (audience?: typeof insider) => {
      const { documents } = await select(audience ? { audience } : {}, TODAY);
      return documents.find(({ documentId }) => documentId === "voucher")?.metadata.expiresOn;
    };
    expect(await expiryFor(insider)).toBe("2028-12-31");
    expect(await expiryFor()).toBe("2026-11-30");
    expect(await expiryFor(insider)).toBe("2028-12-31");
  });

  it("hold the search to themselves when some are hidden", async () => {
    const { select } = createCatalog({ listPublished: async () => [voucher, hiddenExtension] });
    expect(await select({}, TODAY)).toMatchObject({
      documents: [{ documentId: "voucher" }],
      restricted: true,
    });
    expect(await select({ audience: insider }, TODAY)).toMatchObject({ restricted: false });
  });

  it("of a day gone by are read once, until something else is published", async () => {
    let revision = 1;
    let published = [voucher];
    const readings: (Date | undefined)[] = [];
    const { select } = createCatalog({
      listPublished: async (asOf) => {
        readings.push(asOf);
        return published;
      },
      revision: async () => revision,
    });
    const idsOn = async (asOf: string) => [...(await select({ asOf }, TODAY)).byId.keys()];
    expect(await idsOn("2026-02-01")).toEqual(["voucher"]);
    expect(await idsOn("2026-02-01")).toEqual(["voucher"]);
    expect(readings.filter((asOf) => asOf !== undefined)).toHaveLength(1);
    expect(await idsOn("2026-02-02")).toEqual(["voucher"]);
    expect(readings.filter((asOf) => asOf !== undefined)).toHaveLength(2);
    published = [voucher, hiddenExtension];
    revision = 2;
    expect((await select({ asOf: "2026-02-01", audience: insider }, TODAY)).versionIds).toEqual(
      new Set(["voucher-1", "extension-1"]),
    );
  });
});
