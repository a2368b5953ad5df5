import { CAUSE_LABELS, FEEDBACK_CAUSES, type FeedbackCause } from "../../triage/index.ts";
import type { InboundMessage } from "../types.ts";

/** What somebody does with an answer. `message`: the key of the message that was answered; absent: the latest. */
export type FeedbackCommand =
  | { do: "helpful"; message?: string }
  | { do: "unhelpful"; message?: string; cause?: FeedbackCause; reason?: string }
  | { do: "quotes"; message?: string };

/** A pressed button or a typed command; undefined for everything else. */
export function readFeedbackCommand({
  text,
  action,
}: Pick<InboundMessage, "text" | "action">): FeedbackCommand | undefined {
  return action ? readAction(action) : readWords(text);
}

function readAction({
  name,
  values,
  form,
}: NonNullable<InboundMessage["action"]>): FeedbackCommand | undefined {
  const message = values["message"];
  if (!message) return undefined;
  switch (name) {
    case "answer.helpful":
      return { do: "helpful", message };
    case "answer.unhelpful":
      return { do: "unhelpful", message };
    case "answer.quotes":
      return { do: "quotes", message };
    case "answer.feedback":
      return {
        do: "unhelpful",
        message,
        cause: FEEDBACK_CAUSES.find((each) => each === form?.["cause"]) ?? "other",
        reason: form?.["reason"] ?? "",
      };
    default:
      return undefined;
  }
}

const END = "[\\s。.!！~～]*$";
const HELPFUL = new RegExp(
  `^(?:这(?:个|条)?回答)?(?:对我们?)?(?:很|非常|挺)?有帮助(?:了|的)?${END}|^(?:very )?helpful${END}`,
  "iu",
);
const UNHELPFUL =
  /^(?:这(?:个|条)?回答)?(?:对我们?)?(?:没有?|无)帮助(?:$|[\s，,。.:：;；!！]+)(?<reason>.*)$|^(?:not helpful|unhelpful)(?:$|[\s,.:;!]+)(?<why>.*)$/isu;
const QUOTES = new RegExp(`^(?:复制原文|复制条款|原文复制|copy (?:the )?quotes?)${END}`, "iu");

function readWords(typed: string): FeedbackCommand | undefined {
  const text = typed.normalize("NFKC").trim();
  if (HELPFUL.test(text)) return { do: "helpful" };
  if (QUOTES.test(text)) return { do: "quotes" };
  const groups = UNHELPFUL.exec(text)?.groups;
  if (!groups) return undefined;
  const reason = (groups["reason"] ?? groups["why"] ?? "").trim();
  return { do: "unhelpful", ...(reason !== "" && { cause: guessCause(reason), reason }) };
}

const SIGNS: readonly (readonly [FeedbackCause, RegExp])[] = [
  ["wrong-clause", /条款|引用|引错|出处|依据不|张冠李戴|答非所问|wrong (?:clause|quote|source)/iu],
  ["outdated", /过时|过期|失效|旧的?|作废|已经?(?:改|变)|不是最新|out ?dated|out of date|expired|old/iu],
  [
    "incomplete",
    /不完整|不全|不够(?:全|详细|具体)|漏|缺|少了|没(?:说|写|提|有)(?:到|清)?|incomplete|missing/iu,
  ],
  ["unclear", /看不懂|不懂|不明白|不清楚|太(?:长|乱|复杂|专业)|confus|unclear|understand/iu],
];

function guessCause(reason: string): FeedbackCause {
  const named = FEEDBACK_CAUSES.find((cause) =>
    [CAUSE_LABELS[cause].zh, CAUSE_LABELS[cause].en].some((label) => reason.startsWith(label)),
  );
  return named ?? SIGNS.find(([, sign]) => sign.test(reason))?.[0] ?? "other";
}
