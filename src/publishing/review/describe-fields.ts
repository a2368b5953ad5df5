import type { DocumentMetadata, ExpiryBasis, Sidecar } from "../../knowledge/index.ts";
import type { KeptMetadata } from "../kept-metadata.ts";
import type { ReviewedField } from "../types.ts";

/** The fields that are shown, in the order of a reviewer's questions. */
const LABELS: readonly (readonly [keyof DocumentMetadata, string])[] = [
  ["title", "标题"],
  ["titleOuter", "印发通知标题"],
  ["issuers", "发文机关"],
  ["draftedBy", "制定机关"],
  ["documentNumber", "文号"],
  ["kind", "文件类型"],
  ["status", "文件状态"],
  ["signedOn", "成文日期"],
  ["publishedOn", "发布日期"],
  ["effectiveFrom", "施行日期"],
  ["expiresOn", "有效期至"],
  ["period", "规划期"],
  ["addressees", "主送"],
  ["places", "适用地区"],
  ["interpreter", "解释机关"],
  ["basedOn", "制定依据"],
  ["repeals", "废止文件"],
  ["amendments", "对其他文件的调整"],
  ["attachments", "附件"],
  ["tailClause", "到期后继续执行"],
];

const EFFECTS = { extends: "延长有效期", repeals: "废止", supersedes: "替代", amends: "修改" } as const;

export function describeFields(metadata: KeptMetadata): ReviewedField[] {
  return LABELS.map(([name, label]) => {
    const value = formatField(metadata, name);
    return { name, label, value: value === "" ? "未载明" : value, basis: basisOf(name, value, metadata) };
  });
}

/** As people read it; empty: the document does not say. */
function formatField(metadata: DocumentMetadata, name: keyof DocumentMetadata): string {
  switch (name) {
    case "period": {
      const { period } = metadata;
      return period ? `${period.from}—${period.to}年` : "";
    }
    case "basedOn":
      return metadata.basedOn
        .map(({ title, documentNumber }) => `《${title}》${documentNumber ? `（${documentNumber}）` : ""}`)
        .join("；");
    case "amendments":
      return metadata.amendments
        .map(
          ({ effect, title, documentNumber }) =>
            `${EFFECTS[effect]}：${title ? `《${title}》` : (documentNumber ?? "")}`,
        )
        .join("；");
    default:
      return formatPlain(metadata[name]);
  }
}

function formatPlain(value: unknown): string {
  if (Array.isArray(value)) return value.filter((item) => typeof item === "string").join("、");
  if (typeof value === "boolean") return value ? "是" : "否";
  return typeof value === "string" && value !== "未载明" ? value : "";
}

const EXPIRY_BASIS: Readonly<Record<ExpiryBasis, ReviewedField["basis"]>> = {
  explicit: "stated",
  computed: "computed",
  default: "default",
  none: "none",
};

function basisOf(
  name: keyof DocumentMetadata,
  value: string,
  { overrides, expiryBasis }: KeptMetadata,
): ReviewedField["basis"] {
  if (overrides && isOverridden(name, overrides)) return "admin";
  if (value === "") return "none";
  if (name === "expiresOn") return EXPIRY_BASIS[expiryBasis];
  return name === "kind" || name === "places" ? "computed" : "stated";
}

function isOverridden(name: keyof DocumentMetadata, overrides: Sidecar): boolean {
  return (overrides as Readonly<Record<string, unknown>>)[name] !== undefined;
}

const BASIS_NAMES: Readonly<Record<ReviewedField["basis"], string>> = {
  stated: "原文载明",
  computed: "推算",
  default: "按规定默认",
  admin: "管理员填写",
  none: "未载明",
};

export function describeBasis(basis: ReviewedField["basis"]): string {
  return BASIS_NAMES[basis];
}

/** Fields whose shown values differ. */
export function compareFields(
  before: DocumentMetadata,
  after: DocumentMetadata,
): { field: string; before: string; after: string }[] {
  return LABELS.flatMap(([name, label]) => {
    const [old, fresh] = [formatField(before, name), formatField(after, name)];
    return old === fresh ? [] : [{ field: label, before: old || "未载明", after: fresh || "未载明" }];
  });
}
