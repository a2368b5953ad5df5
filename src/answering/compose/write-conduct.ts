import type { Language } from "./words.ts";

/** The short replies that rest on no document. */
export type ConductReply =
  | "injection"
  | "human"
  | "complaint"
  | "greeting"
  | "thanks"
  | "identity"
  | "abuse"
  | "urging"
  | "particles"
  | "chatter"
  | "other-matters"
  | "empty"
  | "too-long"
  | "no-documents"
  | "foreign-place"
  | "no-topic";

const PERSON: Record<Language, string> = {
  zh: "需要工作人员处理的，发送“找专员”。",
  en: "To reach a person, send “find a specialist”.",
};

const REPLIES: Record<ConductReply, Record<Language, { conclusion: string; nextStep: string }>> = {
  injection: {
    zh: {
      conclusion:
        "这一要求无法办理：我只依据已发布的文件作答，不改动原文，不透露系统信息，也不作批准、承诺一类的表述。",
      nextStep: "如需了解政策内容，请直接提问，例如“文件对孵化器有什么支持？”。",
    },
    en: {
      conclusion:
        "I cannot do that: I answer from published documents only, do not alter their text, disclose system details or make approvals or promises.",
      nextStep: "Ask about the policy itself, for example “What support is there for incubators?”.",
    },
  },
  human: {
    zh: {
      conclusion: "本助手目前只能依据文件自动作答，还不能在对话里转接人工。",
      nextStep:
        "需要人工答复的，请联系园区服务专员或文件发布单位；也可以直接提出具体问题，我先查找相关条款。",
    },
    en: {
      conclusion:
        "This assistant answers from documents only and cannot hand the conversation over to a person yet.",
      nextStep:
        "Please contact a park service specialist or the issuing authority, or put your question and I will look for the clauses.",
    },
  },
  complaint: {
    zh: {
      conclusion:
        "回答只摘录已发布文件的原文，每条依据都可以点开原文核对；摘录的条款可能没有对上您要问的事项。",
      nextStep: "请换个说法或补充具体事项再问一次；需要确认的，以文件原文和主管部门解释为准。",
    },
    en: {
      conclusion:
        "Answers only quote published documents, and every quotation can be checked in the original; the clause may not be the one you meant.",
      nextStep:
        "Please rephrase or add details; the original text and the authority's interpretation prevail.",
    },
  },
  greeting: {
    zh: {
      conclusion: "您好，我是园区政策助手，依据已发布的政策文件回答问题，并附原文出处。",
      nextStep: "请直接提问，例如“天使轮项目有什么基金可以对接？”“文件提到哪些孵化器？”。",
    },
    en: {
      conclusion:
        "Hello, I am the park's policy assistant. I answer from published policy documents and cite the clauses.",
      nextStep: "Ask a question, for example “Which funds suit an early-stage company?”.",
    },
  },
  thanks: {
    zh: { conclusion: "不客气。", nextStep: "如有其他政策问题，请随时提出。" },
    en: {
      conclusion: "You are welcome.",
      nextStep: "Feel free to ask further questions about the policies.",
    },
  },
  identity: {
    zh: {
      conclusion:
        "我是贤策，园区政策问答助手（自动程序，不是工作人员）：依据已发布的政策文件作答，逐条附原文出处；文件没有写的会直接说明。",
      nextStep: "请直接提问，例如“一站式服务包括哪些环节？”。",
    },
    en: {
      conclusion:
        "I am Xiance, the park's policy assistant (a program, not a member of staff): I answer from published documents, cite the clauses, and say plainly what they do not state.",
      nextStep: "Ask a question, for example “What does the one-stop service include?”.",
    },
  },
  abuse: {
    zh: {
      conclusion: "抱歉没能帮上您。",
      nextStep: `请写明要问的政策或事项，我重新查找；${PERSON.zh}`,
    },
    en: {
      conclusion: "I am sorry that I could not help.",
      nextStep: `Name the policy or matter, and I will look again. ${PERSON.en}`,
    },
  },
  urging: {
    zh: {
      conclusion: "理解您着急。",
      nextStep: `请写明要问的政策或事项，我马上查找；${PERSON.zh}`,
    },
    en: {
      conclusion: "I understand that it is urgent.",
      nextStep: `Name the policy or matter, and I will look at once. ${PERSON.en}`,
    },
  },
  particles: {
    zh: {
      conclusion: "这条消息里没有看出要问的事项。",
      nextStep: `请用一句话写明要问的政策或事项；${PERSON.zh}`,
    },
    en: {
      conclusion: "I could not tell from this message what you would like to know.",
      nextStep: `Please name the policy or matter in one sentence. ${PERSON.en}`,
    },
  },
  chatter: {
    zh: {
      conclusion: "这个问题不属于政策咨询，我无法提供这类信息。",
      nextStep: "如需了解园区产业、基金、孵化、人才、上市等政策，请直接提问。",
    },
    en: {
      conclusion: "That is outside policy enquiries, so I cannot help with it.",
      nextStep: "Ask about the park's policies on industries, funds, incubation, talent or listing.",
    },
  },
  "other-matters": {
    zh: {
      conclusion: "已收录的政策文件不涉及这一事项。",
      nextStep: "请向主管该事项的部门或政务服务窗口咨询；如与园区政策有关，请补充说明后再问。",
    },
    en: {
      conclusion: "The published documents do not deal with this matter.",
      nextStep: "Please ask the authority in charge of it, or tell me how it relates to the park's policies.",
    },
  },
  empty: {
    zh: { conclusion: "没有读到文字内容。", nextStep: "请用文字写下您的问题，例如“文件提到哪些孵化器？”。" },
    en: { conclusion: "I found no text in your message.", nextStep: "Please write your question in words." },
  },
  "too-long": {
    zh: {
      conclusion: "这段文字太长，无法作为一个问题处理。",
      nextStep: "请把问题精简到 2000 字以内后重新发送；较长的材料请只保留要问的部分。",
    },
    en: {
      conclusion: "This text is too long to be handled as one question.",
      nextStep: "Please shorten it to 2,000 characters and send it again.",
    },
  },
  "no-documents": {
    zh: {
      conclusion: "知识库中还没有在该日期有效发布的文件，暂时无法回答。",
      nextStep: "请管理员先发布文件，或换一个日期查询。",
    },
    en: {
      conclusion: "No document was published on that day, so I cannot answer.",
      nextStep: "Ask an administrator to publish documents, or choose another day.",
    },
  },
  "foreign-place": {
    zh: {
      conclusion: "已收录的文件不涉及该地区的政策，无法回答或比较。",
      nextStep: "请向当地主管部门咨询；如想了解本园区的政策，请直接提问。",
    },
    en: {
      conclusion:
        "The published documents do not cover the policies of that place, so I cannot answer or compare.",
      nextStep: "Please ask the authority of that place, or ask about this park's policies.",
    },
  },
  "no-topic": {
    zh: {
      conclusion: "这句话里没有看出具体要问的事项。",
      nextStep: "请补充要问的政策、项目或对象，例如“天使投资引导基金怎么申请？”。",
    },
    en: {
      conclusion: "I could not tell which matter you are asking about.",
      nextStep: "Please name the policy, program or subject.",
    },
  },
};

export function writeConduct(
  reply: ConductReply,
  language: Language,
): { conclusion: string; nextStep: string } {
  return REPLIES[reply][language];
}
