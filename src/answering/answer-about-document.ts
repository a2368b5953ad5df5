import type { Clause, DocumentMetadata, PublishedDocument } from "../knowledge/index.ts";
import type { AboutDocument } from "./question/understand-question.ts";

/** A stretch of the document that answers a question about the document itself. Offsets are in the document's text. */
export interface FrontMatterAnswer {
  clause: Clause;
  start: number;
  end: number;
  quote: string;
  /** In plain Chinese and English. */
  zh: string;
  en: string;
}

interface Rule {
  /** The value as the metadata has it; null: the document does not say. */
  value(metadata: DocumentMetadata): string | null;
  /** Clauses that can hold it, by section. */
  sections: RegExp;
  /** How it stands in the text, given the value. */
  printed(value: string, metadata: DocumentMetadata): RegExp;
  zh(value: string): string;
  en(value: string): string;
}

const escapePattern = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const dayPattern = (day: string) => {
  const [year = "", month = "", date = ""] = day.split("-");
  return new RegExp(
    `${year}\\s*年\\s*0?${Number(month)}\\s*月\\s*0?${Number(date)}\\s*日|[〇零○一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日`,
  );
};
const FRONT = /^(标题|题注|发文机关|日期|导语|落款|通知|发文字号|文号)/;
const ANY = /.*/;

const RULES: Record<AboutDocument, Rule> = {
  period: {
    value: ({ period }) => (period ? `${period.from}—${period.to}年` : null),
    sections: FRONT,
    printed: (_, { period }) =>
      new RegExp(`${period?.from}\\s*(年)?\\s*[-—–－~～至到]+\\s*${period?.to}\\s*年?`),
    zh: (value) => `实施期为${value}`,
    en: (value) => `it covers ${value}`,
  },
  issuer: {
    value: ({ issuers }) => (issuers.length > 0 ? issuers.join("、") : null),
    sections: FRONT,
    printed: (_, { issuers }) => new RegExp(escapePattern(issuers[0] ?? "")),
    zh: (value) => `发文机关为${value}`,
    en: (value) => `it was issued by ${value}`,
  },
  date: {
    value: ({ publishedOn, signedOn }) => publishedOn ?? signedOn,
    sections: FRONT,
    printed: dayPattern,
    zh: (value) => `文件所署日期为${value}`,
    en: (value) => `it is dated ${value}`,
  },
  number: {
    value: ({ documentNumber }) => documentNumber,
    sections: FRONT,
    printed: (value) => new RegExp(escapePattern(value)),
    zh: (value) => `发文字号为${value}`,
    en: (value) => `its document number is ${value}`,
  },
  title: {
    value: ({ title }) => title,
    sections: FRONT,
    printed: (value) => new RegExp(escapePattern(value)),
    zh: (value) => `文件名称为《${value}》`,
    en: (value) => `its title is “${value}”`,
  },
  status: {
    value: ({ status, effectiveFrom }) =>
      status === "征求意见稿" || status === "送审稿" ? status : effectiveFrom,
    sections: ANY,
    printed: (value) =>
      /\d/.test(value)
        ? new RegExp(`${dayPattern(value).source}[^。]{0,10}(起)?(施行|实施|执行)|(施行|实施|执行)`)
        : new RegExp(escapePattern(value)),
    zh: (value) => (/\d/.test(value) ? `自${value}起施行` : `本件为${value}，不是正式印发的文件`),
    en: (value) =>
      /\d/.test(value) ? `it takes effect from ${value}` : `it is a ${value} (not the final text)`,
  },
  validity: {
    value: ({ expiresOn, expiryBasis }) => (expiresOn && expiryBasis !== "default" ? expiresOn : null),
    sections: ANY,
    printed: () => /[^。；\n]*有效期[^。；\n]{0,14}(\d|[一二三四五六七八九十两]+年)[^。；\n]*/,
    zh: (value) => `有效期至${value}`,
    en: (value) => `it is valid until ${value}`,
  },
  interpreter: {
    value: ({ interpreter }) => interpreter,
    sections: ANY,
    printed: (value) => new RegExp(`[^。；\\n]*${escapePattern(value)}[^。；\\n]*解释[^。；\\n]*`),
    zh: (value) => `由${value}负责解释`,
    en: (value) => `it is interpreted by ${value}`,
  },
};

/** For people, under 文件未载明. */
export const ABOUT_LABELS: Record<AboutDocument, { zh: string; en: string }> = {
  period: { zh: "规划期", en: "planning period" },
  issuer: { zh: "发文机关", en: "issuer" },
  date: { zh: "发布日期", en: "date" },
  number: { zh: "发文字号", en: "document number" },
  title: { zh: "名称", en: "title" },
  status: { zh: "施行日期", en: "date of taking effect" },
  validity: { zh: "有效期", en: "period of validity" },
  interpreter: { zh: "解释机关", en: "interpreting authority" },
};

/** The metadata holds nothing of it: the document does not say. */
export function isUnstated(about: AboutDocument, metadata: DocumentMetadata): boolean {
  return RULES[about].value(metadata) === null;
}

/** Undefined when the document does not say, or says it nowhere that can be quoted. */
export function answerAboutDocument(
  about: AboutDocument,
  document: PublishedDocument,
  clauses: readonly Clause[],
): FrontMatterAnswer | undefined {
  const rule = RULES[about];
  const value = rule.value(document.metadata);
  if (value === null) return undefined;
  const printed = rule.printed(value, document.metadata);
  for (const clause of clauses) {
    if (!rule.sections.test(clause.section)) continue;
    const match = printed.exec(clause.text);
    if (!match || match[0] === "") continue;
    const whole = clause.text.length <= 80;
    const start = clause.start + (whole ? 0 : match.index);
    const end = whole ? clause.end : start + match[0].length;
    return {
      clause,
      start,
      end,
      quote: clause.text.slice(start - clause.start, end - clause.start),
      zh: rule.zh(value),
      en: rule.en(value),
    };
  }
  return undefined;
}
