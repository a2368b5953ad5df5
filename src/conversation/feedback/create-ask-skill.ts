import type { MessageSkill } from "../types.ts";

/** Buttons that ask a question: suggestions under an answer, examples in a welcome. Asked last: what they ask is no command. */
export function createAskSkill(): MessageSkill {
  return {
    name: "ask",
    async handle({ action }) {
      if (action?.name !== "answer.ask") return undefined;
      const question = (action.values["question"] ?? "").trim();
      const language = action.values["language"] === "en" ? ("en" as const) : ("zh" as const);
      return question === "" ? undefined : { passOn: question, alone: { language } };
    },
  };
}
