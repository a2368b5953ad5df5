import { type Answer, type Citation, describeSection } from "../../answering/index.ts";
import { CAUSE_LABELS, FEEDBACK_CAUSES, MAX_REASON } from "../../triage/index.ts";
import type { Reply, ReplyAction, ReplyBlock } from "../types.ts";
import { writeButton } from "../write-button.ts";
import { writeReplyText } from "../write-reply-text.ts";

type Language = Reply["language"];

/** Somebody's opinion: the turn keeps nothing of what was said. */
function toFeedbackReply(
  kind: string,
  language: Language,
  headline: string,
  blocks: readonly ReplyBlock[] = [],
): Reply {
  return {
    kind: `feedback-${kind}`,
    language,
    headline,
    blocks: [...blocks],
    plainText: writeReplyText(headline, blocks, language),
    generatedByAi: false,
    confidential: true,
  };
}

export function writeThanks(language: Language, changed: boolean): Reply {
  const zh = changed ? "已改为“有帮助”，谢谢。" : "已记下“有帮助”，谢谢。";
  const en = changed ? "Changed to helpful. Thank you." : "Noted as helpful. Thank you.";
  return { ...toFeedbackReply("kept", language, language === "zh" ? zh : en), quiet: true };
}

/** The verdict is kept already; why is asked of the judge alone. */
export function writeForm(language: Language, message: string, specialist?: ReplyAction): Reply {
  const isChinese = language === "zh";
  const form: ReplyBlock = {
    type: "form",
    name: "answer.feedback",
    fields: [
      {
        name: "cause",
        label: isChinese ? "哪里不好" : "What is wrong",
        kind: "select",
        required: true,
        options: FEEDBACK_CAUSES.map((cause) => ({ value: cause, label: CAUSE_LABELS[cause][language] })),
      },
      {
        name: "reason",
        label: isChinese ? "具体说明（可不填）" : "In your own words (optional)",
        kind: "multiline",
        placeholder: isChinese
          ? `${MAX_REASON} 字以内，请勿填写联系方式`
          : `At most ${MAX_REASON} characters, no contact details`,
      },
    ],
    submit: writeButton("answer", "feedback", isChinese ? "提交" : "Submit", {
      style: "primary",
      values: { message },
      command: isChinese ? "没帮助 原因" : "not helpful reason",
    }),
  };
  const headline = isChinese
    ? "已记下“没帮助”。方便的话，请说明哪里不好，管理员会据此改进。"
    : "Noted as not helpful. Please say what is wrong, so that it can be put right.";
  const actions: ReplyBlock[] = specialist ? [{ type: "actions", actions: [specialist] }] : [];
  return { ...toFeedbackReply("form", language, headline, [form, ...actions]), visibility: "asker" };
}

/** Never repeats what was said: it may stand where others read it. */
export function writeKept(
  language: Language,
  { cut, isQuiet, specialist }: { cut: boolean; isQuiet: boolean; specialist?: ReplyAction | undefined },
): Reply {
  const isChinese = language === "zh";
  const headline = isChinese
    ? "意见已记下，谢谢。管理员会查看，用于改进知识库。"
    : "Noted, thank you. It is read by the administrators to improve the knowledge base.";
  const note = isChinese
    ? `说明超过 ${MAX_REASON} 字，只保留前 ${MAX_REASON} 字。`
    : `Only the first ${MAX_REASON} characters are kept.`;
  const blocks: ReplyBlock[] = [
    ...(cut ? [{ type: "notice" as const, text: note }] : []),
    ...(specialist ? [{ type: "actions" as const, actions: [specialist] }] : []),
  ];
  const reply = toFeedbackReply("kept", language, headline, blocks);
  return isQuiet ? { ...reply, quiet: true } : { ...reply, visibility: "asker" };
}

export function writeNoAnswer(language: Language): Reply {
  const headline =
    language === "zh"
      ? "没有找到对应的回答，可能已被删除。请点击回答下方的按钮，或引用那条回答再发一次。"
      : "I could not find that answer; it may have been deleted. Use the buttons under it, or quote it.";
  return toFeedbackReply("no-answer", language, headline);
}

/** The quotes as they stand in the documents, each with its source; nothing else, so that the whole can be copied. */
export function writeQuotes({ language, citations }: Answer): Reply {
  const lines = citations.flatMap((citation) => [citation.quote, writeSource(citation)]);
  const [headline = "", ...rest] = lines;
  return {
    kind: "quotes",
    language,
    headline,
    blocks: rest.map((text) => ({ type: "paragraph", text })),
    plainText: citations.map((each) => `${each.quote}\n${writeSource(each)}`).join("\n\n"),
    generatedByAi: false,
    plain: true,
  };
}

/** Sources of Chinese documents are named in Chinese. */
function writeSource({ title, status, section, page }: Citation): string {
  const place = page === undefined ? "" : `（第${page}页）`;
  return `——《${title}》（${status}）${describeSection(section)}${place}`;
}

export function writeNoQuotes(language: Language): Reply {
  return toFeedbackReply(
    "no-quotes",
    language,
    language === "zh" ? "这条回答没有引用原文，无可复制。" : "This answer quotes nothing.",
  );
}
