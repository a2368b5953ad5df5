import { describe, expect, it } from "vitest";
import {
  type PublishedDocument,
  parseDocument,
  relateDocuments,
  statusOn,
} from "../../src/knowledge/index.ts";
import type { DocumentId, VersionId } from "../../src/shared/index.ts";

const DAY = "2026-11-22";

function publish(
  id: string,
  text: string,
  fields: Partial<PublishedDocument["metadata"]> = {},
): PublishedDocument {
  const { metadata } = parseDocument(text, { fileName: `${id}.txt` });
  return {
    documentId: id as DocumentId,
    versionId: `${id}-1` as VersionId,
    collection: "test",
    metadata: { ...metadata, ...fields },
    visibility: { kind: "public" },
    publishedAt: "2026-01-01T00:00:00.000Z",
  };
}

const of = (documents: PublishedDocument[], id: string, day = DAY) => {
  const relations = relateDocuments(documents, day).get(id as DocumentId);
  const document = documents.find(({ documentId }) => documentId === id);
  if (!relations || !document) throw new Error(`no ${id}`);
  return { ...relations, status: statusOn(document.metadata, day, relations) };
};

const signed = (date: string) => `云川市科学技术局\n${date}\n`;
const voucher = publish(
  "voucher",
  `云川市创新券管理办法\n云科规〔2021〕6号\n第一条 为了规范，制定本办法。\n第二条 本办法自2021年12月1日起施行，有效期5年。\n${signed("2021年11月1日")}`,
);
const extension = publish(
  "extension",
  `关于延长《云川市创新券管理办法》有效期的通知\n云科规〔2026〕9号\n各有关单位：\n经评估，《云川市创新券管理办法》（云科规[2021] 6号）有效期延长至2028年12月31日。\n${signed("2026年10月8日")}`,
);

describe("extension", () => {
  it("replaces the end that is printed, from the day that it was issued", () => {
    const documents = [extension, voucher];
    expect(of([voucher], "voucher", "2027-01-15").status).toBe("已到期");
    expect(of(documents, "voucher", "2027-01-15")).toMatchObject({
      status: "现行有效",
      extendedUntil: { day: "2028-12-31", by: "extension" },
    });
    expect(of(documents, "voucher", "2029-01-01").status).toBe("已到期");
    expect(of(documents, "voucher", "2026-10-07").extendedUntil).toBeNull();
  });

  it("of another number's edition is another document's", () => {
    const other = { ...voucher, metadata: { ...voucher.metadata, documentNumber: "云科规〔2018〕1号" } };
    expect(of([extension, other], "voucher").extendedUntil).toBeNull();
  });
});

describe("end", () => {
  const next = publish(
    "next",
    `云川市创新券管理办法\n云科规〔2026〕1号\n第一条 为了规范，制定本办法。\n第二条 本办法自2026年12月1日起施行。原《云川市创新券管理办法》（云科规〔2021〕6号）同时废止。\n${signed("2026年11月1日")}`,
  );

  it("begins on the day that the later text comes into force", () => {
    const documents = [voucher, next];
    expect(of(documents, "voucher", "2026-11-22").status).toBe("现行有效");
    expect(of(documents, "voucher", "2026-12-01")).toMatchObject({
      status: "已被替代",
      endedBy: { by: "next", from: "2026-12-01" },
    });
    expect(of(documents, "next", "2026-12-01")).toMatchObject({
      endedBy: null,
      status: "正式，有效期未载明",
    });
  });

  it("comes from no draft, and from no text of another place", () => {
    const draft = { ...next, metadata: { ...next.metadata, status: "征求意见稿" as const } };
    expect(of([voucher, draft], "voucher").endedBy).toBeNull();
    const here = publish("here", "促进人才发展若干措施\n一、支持\n给予支持。", {
      places: ["云川市", "甲区"],
      status: "正式",
    });
    const there = publish("there", "关于废止《促进人才发展若干措施》的决定\n即行废止。", {
      places: ["云川市", "乙区"],
      status: "正式",
    });
    expect(of([here, there], "here").endedBy).toBeNull();
    const same = { ...there, metadata: { ...there.metadata, places: ["云川市", "甲区"] } };
    expect(of([here, same], "here").status).toBe("已废止");
  });

  it("of a draft is its final text", () => {
    const draft = publish("draft", "云川市数据条例实施办法（征求意见稿）\n一、总则\n规范。", {
      publishedOn: "2025-01-01",
    });
    const final = publish("final", `云川市数据条例实施办法\n一、总则\n规范。\n${signed("2025年6月1日")}`);
    expect(of([draft], "draft").status).toBe("征求意见稿");
    expect(of([draft, final], "draft")).toMatchObject({
      status: "已被替代",
      endedBy: { by: "final", from: "2025-06-01" },
    });
    expect(of([draft, final], "draft", "2025-05-31").status).toBe("征求意见稿");
  });
});

describe("the chain", () => {
  const plan = publish("plan", "云川市数字经济行动方案（2024-2026年）\n一、目标\n推进。");
  const rules = publish(
    "rules",
    `云川市数字经济专项资金管理办法\n云财规〔2024〕2号\n第一条 根据《云川市数字经济行动方案（2024—2026年）》，制定本办法。\n第二条 自2024年6月1日起施行。\n${signed("2024年5月1日")}`,
  );
  const call = publish(
    "call",
    `关于组织申报2026年度数字经济专项资金项目的通知\n各有关单位：\n根据《云川市数字经济专项资金管理办法》（云财规〔2024〕2号），现组织申报。\n${signed("2026年3月1日")}`,
  );
  const details = publish(
    "details",
    `云川市数字经济专项资金管理办法实施细则\n一、总则\n规范。\n${signed("2024年8月1日")}`,
  );

  it("names the links that are missing", () => {
    expect(of([plan], "plan").missing).toEqual(["实施细则", "申报通知/指南"]);
    expect(of([plan, rules], "plan")).toMatchObject({
      rules: ["rules"],
      calls: [],
      missing: ["申报通知/指南"],
    });
    expect(of([rules], "rules").missing).toEqual(["申报通知/指南"]);
    expect(of([call], "call").missing).toEqual([]);
  });

  it("goes from the plan down to the call, and up again", () => {
    const documents = [call, details, plan, rules];
    expect(of(documents, "plan")).toMatchObject({ rules: ["rules"], calls: ["call"], missing: [] });
    expect(of(documents, "rules")).toMatchObject({
      basedOn: ["plan"],
      rules: ["details"],
      calls: ["call"],
      missing: [],
    });
    expect(of(documents, "details").basedOn).toEqual(["rules"]);
    expect(of(documents, "call").basedOn).toEqual(["rules"]);
  });
});

it("relates 10,000 documents", () => {
  const documents = Array.from({ length: 10_000 }, (_, index) => ({
    ...voucher,
    documentId: `d${index}` as DocumentId,
    metadata: {
      ...voucher.metadata,
      title: `云川市第${index}号创新券管理办法`,
      documentNumber: `云科规〔2021〕${index + 1}号`,
      amendments: [
        {
          effect: "repeals" as const,
          title: `云川市第${index - 1}号创新券管理办法`,
          documentNumber: null,
          until: null,
          quote: "废止",
        },
      ],
    },
  }));
  const relations = relateDocuments(documents, DAY);
  expect(relations.size).toBe(10_000);
  expect(relations.get("d5" as DocumentId)?.endedBy?.by).toBe("d6");
});
