import { toneOf } from "../reply/tone-of.ts";
import { element } from "./element.ts";
import type { LoadedDocument } from "./loaded-document.ts";

/** An answer of the past leads to the version that it cited. */
export function drawVersionNote({ versionState, documentId }: LoadedDocument): HTMLElement[] {
  if (versionState === "published") return [];
  const withdrawn = versionState === "withdrawn";
  const said = withdrawn
    ? "您看到的是曾经发布、现已撤下的版本，仅供核对以往的回答。"
    : "您看到的是曾经发布的版本，现已由新版本替换。";
  const link = element("a", { href: `/documents/${encodeURIComponent(documentId)}` }, "查看现行版本");
  return [element("p", { class: "document__version", role: "note" }, said, ...(withdrawn ? [] : [link]))];
}

export function drawFacts({ status, metadata }: LoadedDocument): HTMLElement {
  const chip = element("span", { class: `status status--${toneOf(status)}` }, status);
  const { period } = metadata;
  const facts: [string, Node | string | undefined][] = [
    ["状态", chip],
    ["发文机关", metadata.issuers?.join("、")],
    ["文号", metadata.documentNumber],
    ["成文日期", metadata.signedOn],
    ["发布日期", metadata.publishedOn],
    ["施行日期", metadata.effectiveFrom],
    ["有效期至", metadata.expiresOn],
    ["规划期", period && `${period.from}—${period.to}年`],
  ];
  const rows = facts.flatMap(([name, value]) =>
    value ? [element("div", {}, element("dt", {}, name), element("dd", {}, value))] : [],
  );
  return element("dl", { class: "facts" }, ...rows);
}
