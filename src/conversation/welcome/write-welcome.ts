import type { Reply, ReplyBlock } from "../types.ts";
import { writeButton } from "../write-button.ts";
import { EXAMPLE_QUESTIONS } from "../write-notice.ts";
import { writeReplyText } from "../write-reply-text.ts";

type Language = Reply["language"];

/** What a welcome has to say of this installation. */
export interface WelcomeFacts {
  parkName: string;
  /** Whom to ask, as the park's settings say it; absent: nobody by name. */
  contact?: string;
  /** Companies are matched, and people can have their data deleted by chat. */
  matches: boolean;
  /** What needs a person is handed over. */
  handsOver: boolean;
}

const EXAMPLES = 3;

/** For a group, when the bot is added to it, and for a person who opens their chat with it. */
export function writeWelcome(place: "group" | "direct", facts: WelcomeFacts): Reply {
  const headline = `大家好，我是贤策，${facts.parkName}的政策助手（自动程序，不是工作人员）。`;
  const greeting = place === "group" ? headline : headline.replace("大家好", "您好");
  const blocks: ReplyBlock[] = [
    {
      type: "list",
      items: [
        sayWhat(facts),
        place === "group"
          ? "怎么问：在群里@我，用一句话提问；也可以私聊我。"
          : "怎么问：直接用一句话提问即可。",
        `保存什么：${sayKept("zh", facts)}`,
        `联系谁：${sayContact(facts)}`,
      ],
    },
    { type: "paragraph", text: "可以先试试下面的问题；发送“帮助”查看全部用法。You can also ask in English." },
    { type: "actions", actions: EXAMPLE_QUESTIONS.zh.slice(0, EXAMPLES).map(toExample) },
  ];
  return {
    kind: "welcome",
    language: "zh",
    headline: greeting,
    blocks,
    plainText: writeReplyText(greeting, blocks),
    generatedByAi: false,
  };
}

/** At the end of the first reply in a direct chat. */
export function writeGreeting(language: Language, facts: WelcomeFacts): ReplyBlock {
  const text =
    language === "zh"
      ? `初次见面：我是${facts.parkName}的政策助手贤策（自动程序），只依据已发布的文件作答并附原文出处。${sayKept("zh", facts)}发送“帮助”查看用法。`
      : `First time here: I am Xiance, the park's policy assistant (a program). I answer from published documents only and quote them. ${sayKept("en", facts)} Send “help” to see what I can do.`;
  return { type: "notice", text };
}

function sayWhat({ matches, handsOver }: WelcomeFacts): string {
  const more = [matches ? "按企业情况比对政策条件" : "", handsOver ? "把需要人办的事转给专员" : ""].filter(
    (each) => each !== "",
  );
  const besides = more.length > 0 ? `；还可以${more.join("、")}` : "";
  return `能做什么：依据已发布的政策文件回答问题，附原文出处；文件没有写的，说明“文件未载明”，不作推测${besides}。`;
}

/** What is kept, for how long, and how it is deleted. */
function sayKept(language: Language, { matches }: WelcomeFacts): string {
  if (language === "en") {
    const end = matches
      ? "until you send “delete my data”; delivery records go after 30 days."
      : "until an administrator deletes them; delivery records go after 30 days.";
    return `Questions and answers are kept with your account id ${end}`;
  }
  const end = matches ? "直到您发送“删除我的数据”为止" : "如需删除请联系管理员";
  return `您的提问、我的答复和提问账号的编号会保存，用于接着追问和改进答复，${end}；平台收发记录满30天自动清除。`;
}

function sayContact({ contact, handsOver }: WelcomeFacts): string {
  const whom = contact ?? "请联系园区管理委员会工作人员";
  return `${whom}${/[。！]$/u.test(whom) ? "" : "。"}${handsOver ? "也可以发送“找专员”。" : ""}`;
}

function toExample(question: string) {
  return writeButton("answer", "ask", question, { values: { question, language: "zh" }, command: question });
}
