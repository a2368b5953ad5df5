import type { Decision } from "../decide/decision.ts";
import { joinNames, type Language } from "./words.ts";

/** The first sentence of an answer that the documents do not hold. */
export function writeRefusal(decision: Decision, language: Language): string {
  const near = decision.evidence.length > 0;
  if (language === "en") {
    const what = decision.notStated.length > 0 ? ` (${joinNames(decision.notStated, "en")})` : "";
    return `The relevant clauses of the published documents do not state what you ask for${what}.${near ? " What they say nearby is quoted below." : ""}`;
  }
  return `${subject(decision)}${near ? "与此相近的内容见下。" : ""}`;
}

function subject({ notStated, missingWords }: Decision): string {
  if (notStated.length > 0) return `您问的${joinNames(notStated, "zh")}，已收录文件的相关条款未载明。`;
  const words = missingWords.filter((word) => word.length >= 2).slice(0, 3);
  if (words.length > 0)
    return `已收录的文件未提及${words.map((word) => `“${word}”`).join("")}，未载明您所问的事项。`;
  return "已收录的文件未载明您所问的事项。";
}
