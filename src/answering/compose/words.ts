import type { Attribute } from "../question/load-lexicon.ts";

export type Language = "zh" | "en";

/** 、 in Chinese, comma in English. */
export function joinNames(names: readonly string[], language: Language): string {
  return language === "zh" ? names.join("、") : names.join(", ");
}

export function labelOf(attribute: Attribute, language: Language): string {
  return language === "zh" ? attribute.label : attribute.labelEn;
}

/** 《title》（status）, or the like in English. */
export function nameDocument(title: string, status: string, language: Language): string {
  return language === "zh" ? `《${title}》（${status}）` : `《${title}》 (${nameStatus(status, language)})`;
}

/** As the reader of an answer in this language reads it. */
export function nameStatus(status: string, language: Language): string {
  return language === "zh" ? status : (STATUS_IN_ENGLISH[status] ?? status);
}

export const STATUS_IN_ENGLISH: Readonly<Record<string, string>> = {
  征求意见稿: "draft for comments",
  送审稿: "draft submitted for approval",
  尚未施行: "not yet in force",
  现行有效: "in force",
  "正式，有效期未载明": "issued, period of validity not stated",
  已到期: "expired",
  已废止: "repealed",
  已被替代: "superseded",
  未载明: "status not stated",
};
