/** `C01` … `C15` of `knowledge/triage/categories.yaml`. */
export type CategoryId = string;

/** 紧急: danger to people or the environment, or a loss within hours. 高: a deadline within days or a standstill. */
export type Urgency = "紧急" | "高" | "中" | "低";

export const URGENCIES: readonly Urgency[] = ["紧急", "高", "中", "低"];

export type Sentiment = "平" | "不满" | "愤怒" | "焦急";

export type SafetyKind = "火情" | "泄漏" | "伤人" | "其他险情";

export interface SafetyFinding {
  kind: SafetyKind;
  /** The asker's words. */
  words: string;
}

export interface CategoryDefinition {
  id: CategoryId;
  /** 空间选址. */
  name: string;
  /** As shown to people beside the name: 三接·空间接应｜一站式·布局选址. */
  service: string;
}

/** One matter of a request. */
export interface RequestPart {
  category: CategoryId;
  /** The asker's words of this matter. */
  words: string;
}

/** What a request is, with the reason in words. Pure: the same text gives the same classification. */
export interface Classification {
  category: CategoryId;
  categoryName: string;
  /** Other matters that need a department of their own; without `category`. */
  also: readonly CategoryId[];
  /** Main matter first. */
  parts: readonly RequestPart[];
  urgency: Urgency;
  sentiment: Sentiment;
  language: "zh" | "en";
  safety: SafetyFinding | null;
  spam: boolean;
  /** In Chinese, for people: which words decided category and urgency. */
  reason: string;
  /** Of the category, 0–1, calibrated on the tune half. */
  confidence: number;
  /** Best first, without the chosen one. */
  alternatives: readonly { category: CategoryId; share: number }[];
  /** Who decided: rules and classifier, or refined by a model. */
  engine: "rules" | "model";
}

export interface Classifier {
  /** `today` (`YYYY-MM-DD`, Asia/Shanghai) makes dates of the calendar computable; without it they count as near. */
  classify(text: string, known?: { industries?: readonly string[]; today?: string }): Classification;
  readonly categories: ReadonlyMap<CategoryId, CategoryDefinition>;
  /** Does now, with pauses for other work, what the first `classify` would have to do at once. */
  warmUp?(): Promise<void>;
}

/** Lets a model look again at what the rules are unsure of. It never lowers safety and never invents a category. */
export type RefineClassification = (text: string, found: Classification) => Promise<Classification>;
