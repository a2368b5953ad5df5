import type { Answer, Citation } from "../types.ts";
import { describeSection } from "./describe-section.ts";
import { joinNames, nameDocument } from "./words.ts";

const HEADINGS = {
  zh: {
    sources: "依据：",
    near: "相关内容：",
    notStated: "文件未载明：",
    notice: "提示：",
    nextStep: "下一步：",
    end: "",
  },
  en: {
    sources: "Sources:",
    near: "Related text:",
    notStated: "Not stated in the documents: ",
    notice: "Note: ",
    nextStep: "Next step: ",
    end: "",
  },
} as const;

const AI_LABEL = {
  zh: "（本回复由人工智能依据所引条款生成，数字、日期和引文已由程序核对，请以原文为准）",
  en: "(Written by AI from the cited clauses; figures, dates and quotations were checked by program. The original text prevails.)",
} as const;

/** The whole reply as plain text, as `ask` prints it and as a channel without cards shows it. */
export function writeAnswerText(answer: Omit<Answer, "answer">): string {
  const words = HEADINGS[answer.language];
  const sourcesTitle =
    answer.kind === "not-in-documents" || answer.kind === "refused" ? words.near : words.sources;
  return [
    answer.conclusion,
    answer.citations.length > 0 &&
      [
        sourcesTitle,
        ...answer.citations.map((citation, index) => writeCitation(citation, index + 1, answer.language)),
      ].join("\n"),
    answer.notStated.length > 0 && words.notStated + joinNames(answer.notStated, answer.language),
    ...answer.notices.map((notice) => words.notice + notice),
    answer.nextStep && words.nextStep + answer.nextStep,
    answer.engine === "model" && AI_LABEL[answer.language],
  ]
    .filter((part) => typeof part === "string" && part !== "")
    .join("\n");
}

function writeCitation(citation: Citation, number: number, language: Answer["language"]): string {
  const path = [...citation.heading, describeSection(citation.section)].join(" › ");
  return `[${number}] ${nameDocument(citation.title, citation.status, language)}${path}：\n    “${citation.quote}”`;
}
