import type { Paragraph } from "../reading/join-paragraphs.ts";

/** What a paragraph outside the numbered body is. The names are those of section notation. */
export type FrontRole = "标题" | "题注" | "发文机关" | "发文字号" | "日期" | "主送" | "附件标记";
export type BackRole = "结语" | "附件说明" | "落款" | "附注" | "版记";
export type Role = FrontRole | BackRole;

/** Neighbouring paragraphs with one role. */
export interface RoleBlock {
  role: Role;
  paragraphs: Paragraph[];
}

export interface PartLayout {
  /** `notice`: the covering notice of a text that follows; `main`: the text; `attachment`, `appended`: what follows it. */
  kind: "notice" | "main" | "attachment" | "appended";
  /** 附件1, 附文1; empty otherwise. */
  name: string;
  front: RoleBlock[];
  body: Paragraph[];
  back: RoleBlock[];
  /** Title lines joined; empty: none found. */
  title: string;
}
