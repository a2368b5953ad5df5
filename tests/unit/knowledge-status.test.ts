import { describe, expect, it } from "vitest";
import {
  type DocumentMetadata,
  parseDocument,
  parseSidecar,
  periodNote,
  statusOn,
} from "../../src/knowledge/index.ts";
import { AppError } from "../../src/shared/index.ts";

const base = parseDocument("某某办法\n第一条 为了规范。", { fileName: "x.txt" }).metadata;
const make = (fields: Partial<DocumentMetadata>): DocumentMetadata => ({ ...base, ...fields });

describe("statusOn", () => {
  const inForce = make({ status: "正式", effectiveFrom: "2025-05-01", expiresOn: "2030-04-30" });
  it.each([
    ["2025-04-30", "尚未施行"],
    ["2025-05-01", "现行有效"],
    ["2030-04-30", "现行有效"],
    ["2030-05-01", "已到期"],
  ])("on %s: %s", (day, expected) => expect(statusOn(inForce, day)).toBe(expected));

  it.each([
    [make({ status: "征求意见稿", effectiveFrom: "2020-01-01" }), "征求意见稿"],
    [make({ status: "已废止", expiresOn: "2099-12-31" }), "已废止"],
    [make({ status: "正式" }), "正式，有效期未载明"],
    [make({ status: "正式", effectiveFrom: "2020-01-01" }), "正式，有效期未载明"],
    [make({ status: "未载明" }), "未载明"],
  ])("declared states stay, and unknown validity is never called valid", (metadata, expected) =>
    expect(statusOn(metadata, "2026-11-22")).toBe(expected),
  );
});

describe("periodNote", () => {
  const plan = make({ period: { from: 2024, to: 2026 } });
  it("says when the planning period is over or has not begun", () => {
    expect(periodNote(plan, "2026-12-31")).toBeNull();
    expect(periodNote(plan, "2027-01-01")).toContain("届满");
    expect(periodNote(plan, "2023-12-31")).toContain("尚未开始");
    expect(periodNote(base, "2026-11-22")).toBeNull();
  });
});

describe("sidecar", () => {
  const refusal = (yaml: string): string => {
    try {
      parseSidecar(yaml, "方案.yaml");
    } catch (thrown) {
      if (thrown instanceof AppError && thrown.code === "unusable-input") return thrown.safeMessage;
    }
    return "accepted";
  };

  it("overrides what the text says, field by field", () => {
    const sidecar = parseSidecar(
      "status: 已被替代\nexpiresOn: 2026-06-30\nissuers: [云川市财政局]\n",
      "方案.yaml",
    );
    const { metadata } = parseDocument("某某办法\n第一条 本办法自2025年1月1日起施行。", {
      fileName: "x.txt",
      sidecar,
    });
    expect(metadata).toMatchObject({
      status: "已被替代",
      effectiveFrom: "2025-01-01",
      expiresOn: "2026-06-30",
      expiryBasis: "explicit",
      issuers: ["云川市财政局"],
    });
  });

  it("accepts an empty file", () => expect(parseSidecar("", "方案.yaml")).toEqual({}));

  it.each([
    ["titel: 某某", /方案\.yaml.*titel.*可用字段.*title/],
    ["status: 有效", /方案\.yaml.*status/],
    ["signedOn: 2024年4月26日", /signedOn.*YYYY-MM-DD/],
    ["signedOn: 2024-02-30", /signedOn/],
    ["period: { from: 2026, to: 2024 }", /period.*起始年份/],
    ["a: [", /YAML/],
  ])("names file and field of %s", (yaml, expected) => expect(refusal(yaml)).toMatch(expected));
});
