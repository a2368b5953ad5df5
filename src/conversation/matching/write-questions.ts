import type { ProfileLexicon } from "../../enterprises/index.ts";
import type { NextQuestion } from "../../matching/index.ts";
import type { ReplyAction, ReplyBlock } from "../types.ts";
import { toButton } from "./match-reply.ts";
import { type Language, say } from "./matching-parts.ts";

/** More buttons than this are a form. */
const MAX_OPTIONS = 8;

/** The next questions with what they settle, and a tap where there is a choice. */
export function writeQuestions(
  questions: readonly NextQuestion[],
  lexicon: ProfileLexicon,
  language: Language,
): ReplyBlock[] {
  if (questions.length === 0) return [];
  const items = questions.map(({ question, why, settles }, index) => {
    const gain = say(language, why, settles > 0 ? `settles ${settles} programs` : why);
    const number = questions.length > 1 ? `${index + 1}. ` : "";
    return `${number}${question}${gain ? say(language, `（${gain}）`, ` (${gain})`) : ""}`;
  });
  const title = say(
    language,
    "还想了解（直接回复即可，不清楚就说“不知道”）",
    "One more thing (just reply; “I don't know” is fine)",
  );
  const [first] = questions;
  // Options name their question themselves; 是, 否 and 不知道 do not.
  const mark = questions.length > 1 ? say(language, "（第1问）", " (question 1)") : "";
  const buttons = first ? writeAnswers(first, { lexicon, language, mark }) : [];
  return [
    { type: "list", title, items },
    ...(buttons.length > 0 ? [{ type: "actions" as const, actions: buttons }] : []),
  ];
}

/** For the first question only: whose button answers what must be plain. */
function writeAnswers(
  { field }: NextQuestion,
  { lexicon, language, mark }: { lexicon: ProfileLexicon; language: Language; mark: string },
): ReplyAction[] {
  const known = lexicon.fields.get(field);
  const answer = (value: string, label: string) => toButton("answer", label, { values: { field, value } });
  const unknown = toButton("answer", `${say(language, "不知道", "I don't know")}${mark}`, {
    values: { field, value: "" },
    command: say(language, "不知道", "I don't know"),
  });
  if (known?.kind === "flag") {
    const yes = answer("是", `${say(language, "是", "Yes")}${mark}`);
    return [yes, answer("否", `${say(language, "否", "No")}${mark}`), unknown];
  }
  const options = known?.kind === "choice" ? (known.options ?? []) : [];
  if (options.length === 0 || options.length > MAX_OPTIONS) return [unknown];
  return [
    ...options.map(({ label, labelEn }) => answer(label, say(language, label, labelEn ?? label))),
    unknown,
  ];
}

/** Nothing more is gained by asking, or enough was asked for one dialogue. */
export function writeEnough(isLimit: boolean, language: Language): ReplyBlock {
  const text = isLimit
    ? say(
        language,
        "先问到这里；其余情况可随时补充。",
        "No more questions for now; add what you like at any time.",
      )
    : say(
        language,
        "以上信息已足够，暂不需要再补充；如有变化，直接告诉我即可。",
        "This is enough for now; tell me when something changes.",
      );
  return { type: "paragraph", text };
}
