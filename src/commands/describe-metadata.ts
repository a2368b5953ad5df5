import type { DocumentMetadata } from "../knowledge/index.ts";

const BASES: Record<DocumentMetadata["expiryBasis"], string> = {
  explicit: "文中写明",
  computed: "按有效期推算",
  default: "按默认规则",
  none: "",
};

/** What the document says of itself, as rows of name and value; what it does not say is left out. */
export function describeMetadata(metadata: DocumentMetadata): string[][] {
  const { period, expiresOn, expiryBasis } = metadata;
  const rows: [string, string | null][] = [
    ["标题", metadata.title],
    ["外层标题", metadata.titleOuter],
    ["发文机关", list(metadata.issuers)],
    ["发文字号", metadata.documentNumber],
    ["主送", metadata.addressees],
    ["类别", metadata.kind],
    ["状态", metadata.status],
    ["成文日期", metadata.signedOn],
    ["发布日期", metadata.publishedOn],
    ["施行日期", metadata.effectiveFrom],
    ["有效期至", expiresOn && `${expiresOn}（${BASES[expiryBasis]}）`],
    ["规划期", period && `${period.from}—${period.to}年`],
    ["适用地区", list(metadata.places)],
    ["解释机关", metadata.interpreter],
    ["废止文件", list(metadata.repeals)],
  ];
  return rows.flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
}

function list(values: readonly string[]): string | null {
  return values.length === 0 ? null : values.join("、");
}
