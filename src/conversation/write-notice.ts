import type { AppError } from "../shared/index.ts";
import { MAX_QUESTION_LENGTH, type Skill } from "./choose-skill.ts";
import type { Reply, ReplyBlock } from "./types.ts";
import { writePlainText } from "./write-plain-text.ts";

type Language = "zh" | "en";
type NoticeBlock = Extract<ReplyBlock, { type: "paragraph" | "list" }>;
type Words = Record<Language, { headline: string; blocks: NoticeBlock[] }>;

/** Questions that the shipped plan answers; shown where somebody asks what they can ask. */
export const EXAMPLE_QUESTIONS: Record<Language, readonly string[]> = {
  zh: [
    "天使轮项目有什么基金可以对接？",
    "一站式服务包括哪些环节？",
    "合成生物有哪些布局？",
    "人才安居有哪些支持举措？",
  ],
  en: ["What does the one-stop service include?", "Which fund supports start-ups?"],
};

const EXAMPLES: Record<Language, NoticeBlock> = {
  zh: { type: "list", title: "您可以这样问：", items: [...EXAMPLE_QUESTIONS.zh], role: "examples" },
  en: { type: "list", title: "For example:", items: [...EXAMPLE_QUESTIONS.en], role: "examples" },
};

function paragraph(text: string): NoticeBlock {
  return { type: "paragraph", text };
}

const NOTICES: Record<Exclude<Skill, "question"> | "rate-limited" | "repeated" | "crowded", Words> = {
  help: {
    zh: {
      headline: "请直接用一句话提问，我会先给结论，再附政策原文出处。",
      blocks: [
        paragraph("文件没有写明的内容（如金额、时限、联系方式），我会直接说明“文件未载明”，不作推测。"),
        EXAMPLES.zh,
        paragraph(
          "也可以直接说明贵企业的情况（例如“我们做小核酸药的，天使轮，想融资”），我会逐条比对文件里的条件。发送“匹配”“我的资料”“四清单发我”“订阅推送”“删除我的数据”可使用相应功能；经营信息只在私聊中答复。",
        ),
        paragraph(
          "需要人来办的事（对接、个案、投诉），发送“找专员”，确认后转给承办部门，答复回到本会话；“我的工单”可查看进度。",
        ),
        paragraph("可以接着追问，例如“那人才呢？”；发送“重置”可清空上下文，重新开始。"),
      ],
    },
    en: {
      headline: "Ask in one sentence: you get the conclusion first, then the clauses it rests on.",
      blocks: [
        paragraph("What the documents do not state is said plainly and never guessed."),
        EXAMPLES.en,
        paragraph(
          "Or tell me about your company, and I compare it with the written conditions. “match”, “my data”, “subscribe” and “delete my data” do what they say; company data are answered in direct messages only.",
        ),
        paragraph(
          "For what needs a person, send “find a specialist”: after you confirm, it goes to the department, and the answer comes back here. “my tickets” shows how far it is.",
        ),
        paragraph("You can ask follow-up questions; send “reset” to start over."),
      ],
    },
  },
  introduce: {
    zh: {
      headline: "我是贤策，园区政策助手（自动程序，不是工作人员）。",
      blocks: [
        paragraph("我只依据已发布的政策文件作答，并逐条附上原文出处；具体办理以主管部门解释为准。"),
        EXAMPLES.zh,
      ],
    },
    en: {
      headline: "I am Xiance, the park's policy assistant (a program, not a member of staff).",
      blocks: [
        paragraph(
          "I answer from published policy documents only and quote the clauses in the original Chinese.",
        ),
        EXAMPLES.en,
      ],
    },
  },
  reset: {
    zh: { headline: "已清空上下文，请重新提问。", blocks: [] },
    en: { headline: "The context is cleared. Please ask a new question.", blocks: [] },
  },
  "stale-action": {
    zh: { headline: "这张卡片上的操作已失效，请重新发送指令或直接提问。", blocks: [] },
    en: { headline: "This button no longer works. Please ask again.", blocks: [] },
  },
  unsupported: {
    zh: {
      headline:
        "这类消息（如语音、视频、表情、卡片）暂时读不了，请把问题用文字发给我；截图和 PDF、Word 等文件可以直接发送。",
      blocks: [],
    },
    en: {
      headline:
        "I cannot read this kind of message (voice, video, stickers, cards). Please type your question; pictures and documents such as PDF or Word can be sent.",
      blocks: [],
    },
  },
  empty: {
    zh: { headline: "没有看到问题内容，请直接输入您想了解的政策问题。", blocks: [EXAMPLES.zh] },
    en: { headline: "The message has no text. Please type your question.", blocks: [EXAMPLES.en] },
  },
  "too-long": {
    zh: {
      headline: `问题超过 ${MAX_QUESTION_LENGTH} 字，请概括成一两句话再问。`,
      blocks: [paragraph("如需了解某份文件，请直接写出文件名称和想问的事项。")],
    },
    en: {
      headline: `The question is longer than ${MAX_QUESTION_LENGTH} characters. Please shorten it to a sentence or two.`,
      blocks: [],
    },
  },
  "rate-limited": {
    zh: { headline: "您发送得有些频繁，请约一分钟后再问；在此之前的消息不再逐条回复。", blocks: [] },
    en: {
      headline: "That is a little too fast. Please wait about a minute before you ask again.",
      blocks: [],
    },
  },
  repeated: {
    zh: {
      headline: "同样的内容已多次收到，暂不再重复答复；如有其他问题请直接发送，或约两分钟后再试。",
      blocks: [],
    },
    en: {
      headline:
        "I have received the same message several times and will not answer it again for about two minutes. Other questions are welcome.",
      blocks: [],
    },
  },
  crowded: {
    zh: { headline: "本会话的消息过于频繁，为避免刷屏已暂停答复您的消息，请约一分钟后再发。", blocks: [] },
    en: {
      headline: "There are too many messages here. Please wait about a minute before you write to me again.",
      blocks: [],
    },
  },
};

/** A fixed reply. Its kind is the skill's name. */
export function writeNotice(skill: keyof typeof NOTICES, language: Language): Reply {
  const { headline, blocks } = NOTICES[skill][language];
  return toReply(skill, language, headline, blocks);
}

/** The one visible reply when answering failed. The number joins it with the log. */
export function writeErrorReply(error: AppError, language: Language): Reply {
  return language === "zh"
    ? toReply("error", language, "抱歉，这次没能完成回答。", [
        paragraph(error.safeMessage),
        paragraph(`错误编号：${error.id}`),
      ])
    : toReply("error", language, "Sorry, this question could not be answered just now.", [
        paragraph(
          `Please try again later. If it happens again, give the administrator this number: ${error.id}`,
        ),
      ]);
}

function toReply(kind: string, language: Language, headline: string, blocks: NoticeBlock[]): Reply {
  const plainText = writePlainText(headline, blocks);
  return { kind, language, headline, blocks, plainText, generatedByAi: false };
}
