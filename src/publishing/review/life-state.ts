import type { VersionSummary } from "../../storage/index.ts";
import { readKept } from "../kept-metadata.ts";
import type { LifeState } from "../types.ts";

/** A published version whose last day has passed is shown as expired. */
export function lifeStateOf(version: Pick<VersionSummary, "state" | "metadata">, today: string): LifeState {
  const { expiresOn } = readKept(version.metadata);
  return version.state === "published" && expiresOn !== null && today > expiresOn ? "expired" : version.state;
}

const STATE_NAMES: Readonly<Record<LifeState | "draft", string>> = {
  draft: "草稿",
  received: "已收到",
  parsed: "已读取，待提交复核",
  "in-review": "复核中",
  returned: "已退回",
  published: "已发布",
  superseded: "已被新版本替代",
  withdrawn: "已撤下",
  expired: "已发布，有效期已满",
};

/** Of a version, or of a FAQ entry. */
export function describeLifeState(state: LifeState | "draft"): string {
  return STATE_NAMES[state];
}
