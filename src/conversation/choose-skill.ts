import type { InboundMessage } from "./types.ts";

/** What a message asks for. Everything that is no command and no obstacle is a question. */
export type Skill =
  | "question"
  | "help"
  | "introduce"
  | "reset"
  | "stale-action"
  | "unsupported"
  | "empty"
  | "too-long";

/** Characters (UTF-16). Longer texts are pasted documents, not questions. */
export const MAX_QUESTION_LENGTH = 2000;

const COMMANDS: Readonly<Record<string, Skill>> = Object.fromEntries(
  (
    [
      [
        "help",
        ["帮助", "帮助一下", "使用帮助", "使用说明", "怎么用", "如何使用", "菜单", "help", "usage", "menu"],
      ],
      ["help", ["你能做什么", "你会什么", "你能干什么", "你可以做什么", "能做什么", "what can you do"]],
      [
        "introduce",
        ["你是谁", "您是谁", "你是什么", "你叫什么", "你叫什么名字", "介绍一下你自己", "自我介绍"],
      ],
      ["introduce", ["who are you", "what are you", "what is your name", "introduce yourself"]],
      ["reset", ["重置", "清空", "清除上下文", "清空上下文", "新对话", "新会话", "重新开始", "换个话题"]],
      ["reset", ["reset", "clear", "new chat", "start over"]],
    ] as const
  ).flatMap(([skill, phrases]) => phrases.map((phrase) => [phrase, skill] as const)),
);

export function chooseSkill(message: Pick<InboundMessage, "text" | "unsupported" | "action">): Skill {
  // A button that no skill knows: of another release, or of a card that was passed on.
  if (message.action) return "stale-action";
  if (message.unsupported) return "unsupported";
  const text = message.text.trim();
  if (text === "") return "empty";
  if (text.length > MAX_QUESTION_LENGTH) return "too-long";
  return Object.hasOwn(COMMANDS, toPhrase(text)) ? (COMMANDS[toPhrase(text)] ?? "question") : "question";
}

/** `/Help！` → `help`. A lone question mark asks for help as well. */
function toPhrase(text: string): string {
  if (/^[?？]$/.test(text)) return "help";
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/^[/#]+/, "")
    .replace(/[\s。，,.!?~、]+$/u, "")
    .replace(/^(请问|请)/, "")
    .trim();
}
