export type Language = "zh" | "en";

/** Header colours of the platform's cards. */
export type HeaderColour = "blue" | "wathet" | "orange" | "yellow" | "grey" | "red";

interface KindLabel {
  zh: string;
  en: string;
  colour: HeaderColour;
}

const OTHER: KindLabel = { zh: "政策助手", en: "Policy assistant", colour: "blue" };

const OTHER_TICKET: KindLabel = { zh: "工单服务", en: "Tickets", colour: "wathet" };

const OTHER_OFFICE: KindLabel = { zh: "服务台管理", en: "Service desk", colour: "wathet" };

const OTHER_FEEDBACK: KindLabel = { zh: "答复评价", en: "Your judgement", colour: "wathet" };

const KINDS: Readonly<Record<string, KindLabel>> = {
  answered: { zh: "政策答复", en: "Answer", colour: "blue" },
  partial: { zh: "政策答复（部分载明）", en: "Answer (stated in part)", colour: "wathet" },
  "not-in-documents": { zh: "文件未载明", en: "Not stated in the documents", colour: "orange" },
  "out-of-scope": { zh: "不在答复范围", en: "Outside the scope", colour: "grey" },
  refused: { zh: "无法答复", en: "Cannot be answered", colour: "grey" },
  "needs-clarification": { zh: "需要补充信息", en: "One more detail needed", colour: "yellow" },
  material: { zh: "已读取文件", en: "File read", colour: "wathet" },
  "material-unread": { zh: "文件未能读取", en: "File not read", colour: "grey" },
  welcome: { zh: "使用说明", en: "How to use it", colour: "blue" },
  correction: { zh: "答复更正", en: "Correction", colour: "orange" },
  digest: { zh: "知识库提醒", en: "Knowledge base digest", colour: "wathet" },
  "desk-review": { zh: "文件核对", en: "Document review", colour: "blue" },
  "desk-list": { zh: "文件清单", en: "Documents", colour: "blue" },
  "desk-status": { zh: "文件状态", en: "Document status", colour: "blue" },
  "desk-help": { zh: "文件管理", en: "Document management", colour: "blue" },
  "desk-waiting": { zh: "等待复核", en: "Waiting for review", colour: "yellow" },
  "desk-progress": { zh: "正在读取", en: "Reading", colour: "wathet" },
  "desk-done": { zh: "已处理", en: "Done", colour: "blue" },
  "desk-duplicate": { zh: "文件已存在", en: "Already there", colour: "grey" },
  "desk-blocked": { zh: "未发布", en: "Not published", colour: "red" },
  "desk-refused": { zh: "未能处理", en: "Not done", colour: "grey" },
  match: { zh: "政策匹配", en: "Policy matching", colour: "blue" },
  "match-basis": { zh: "匹配依据", en: "Basis of the match", colour: "blue" },
  "match-why": { zh: "推荐理由", en: "Why this program", colour: "blue" },
  "match-package": { zh: "组合建议", en: "Package", colour: "blue" },
  "match-report": { zh: "一企一策报告", en: "Company report", colour: "blue" },
  "match-check": { zh: "单项核对", en: "One program checked", colour: "blue" },
  "match-profile": { zh: "企业情况", en: "Company profile", colour: "wathet" },
  "match-form": { zh: "补充信息", en: "Add information", colour: "wathet" },
  "match-code": { zh: "统一社会信用代码", en: "Credit code", colour: "wathet" },
  "match-join": { zh: "加入企业", en: "Join a company", colour: "yellow" },
  "match-binding": { zh: "群与企业", en: "Chat and company", colour: "yellow" },
  "match-outreach": { zh: "订阅与提醒", en: "Subscriptions", colour: "wathet" },
  "match-specialist": { zh: "找专员", en: "Find a specialist", colour: "wathet" },
  "match-export": { zh: "我的数据", en: "My data", colour: "wathet" },
  "match-delete": { zh: "删除数据", en: "Delete data", colour: "orange" },
  private: { zh: "已转私聊", en: "Sent privately", colour: "grey" },
  "match-private": { zh: "已转私聊", en: "Sent privately", colour: "grey" },
  "match-refused": { zh: "未能处理", en: "Not done", colour: "grey" },
  "ticket-card": { zh: "工单", en: "Ticket", colour: "blue" },
  "ticket-answer": { zh: "专员答复", en: "Answer of a specialist", colour: "blue" },
  "ticket-question": { zh: "专员追问", en: "Question of a specialist", colour: "yellow" },
  "ticket-request": { zh: "转专员", en: "Ask a specialist", colour: "wathet" },
  "ticket-opened": { zh: "工单已受理", en: "Ticket opened", colour: "wathet" },
  "ticket-held": { zh: "已转专员", en: "Passed on", colour: "wathet" },
  "ticket-status": { zh: "工单进度", en: "Ticket", colour: "wathet" },
  "ticket-list": { zh: "工单清单", en: "Tickets", colour: "wathet" },
  "ticket-reminder": { zh: "工单提醒", en: "Reminder", colour: "orange" },
  "ticket-digest": { zh: "工单周报", en: "Weekly digest", colour: "wathet" },
  "ticket-notice": { zh: "工单通知", en: "Ticket", colour: "wathet" },
  "ticket-late": { zh: "办理进度说明", en: "Ticket delayed", colour: "orange" },
  "ticket-closed": { zh: "工单已办结", en: "Ticket closed", colour: "blue" },
  "ticket-form": { zh: "请填写", en: "Please fill in", colour: "wathet" },
  "ticket-work": { zh: "办理结果", en: "Done", colour: "blue" },
  "ticket-desk": { zh: "工单通知", en: "Ticket", colour: "wathet" },
  "ticket-private": { zh: "已转私聊", en: "Sent privately", colour: "grey" },
  "ticket-refused": { zh: "未能处理", en: "Not done", colour: "grey" },
  "office-application": { zh: "登记申请", en: "Registration", colour: "yellow" },
  "office-change": { zh: "设置修改", en: "Change of settings", colour: "yellow" },
  "office-figures": { zh: "工单统计", en: "Ticket figures", colour: "wathet" },
  "office-private": { zh: "已转私聊", en: "Sent privately", colour: "grey" },
  "office-refused": { zh: "未能处理", en: "Not done", colour: "grey" },
  error: { zh: "未能完成答复", en: "Could not be answered", colour: "red" },
  "rate-limited": { zh: "请稍后再问", en: "Please wait a moment", colour: "grey" },
};

function otherOf(kind: string): KindLabel {
  if (kind.startsWith("ticket-")) return OTHER_TICKET;
  if (kind.startsWith("feedback-")) return OTHER_FEEDBACK;
  return kind.startsWith("office-") ? OTHER_OFFICE : OTHER;
}

/** What people may rely on, at a glance: a draft, what is in force, what no longer counts. In both languages. */
const STATUS_COLOURS: readonly (readonly [RegExp, "orange" | "green" | "red"])[] = [
  [/征求意见|送审|尚未施行|^draft|^not yet/u, "orange"],
  [/现行有效|^in force$/u, "green"],
  [/已到期|已废止|已被替代|^(?:expired|repealed|superseded)$/u, "red"],
];

export function colourOfStatus(status: string): "orange" | "green" | "red" | "neutral" {
  return STATUS_COLOURS.find(([pattern]) => pattern.test(status))?.[1] ?? "neutral";
}

export function labelKind(kind: string, language: Language): { title: string; colour: HeaderColour } {
  const other = otherOf(kind);
  const label = Object.hasOwn(KINDS, kind) ? (KINDS[kind] ?? other) : other;
  return { title: label[language], colour: label.colour };
}

export const WORDS = {
  zh: {
    aiTag: "AI 生成",
    aiNotice: "本回复由人工智能辅助生成，仅供参考，请以所引原文为准。",
    source: "查看原文",
    part: (position: number, count: number) => `${position}/${count}`,
    continued: (position: number, count: number) => `原文第 ${position} 段，共 ${count} 段`,
    document: (title: string) => `《${title}》`,
    empty: "（无内容）",
    streaming: "正在整理答复…",
    movedTitle: "答复已另发",
    moved: "答复见下一条消息。",
    more: "您还可以问",
    leftOut: (count: number) => `（其余 ${count} 字从略）`,
    earlierItems: (count: number) => `（前 ${count} 项从略）`,
    condensed: "内容较多，本卡片有所从略。",
    file: (name: string, size: string) => `附件：${name}（${size}），见随后的文件消息。`,
    fileFailed: (name: string, reason: string) => `附件“${name}”未能发出：${reason}`,
    program: {
      criterion: "条件",
      verdict: "结论",
      ours: "贵企业",
      threshold: "要求",
      clause: "条款",
      unknown: "未提供",
      source: "依据",
      evidence: (count: number) => `逐条依据（${count} 处）`,
      notStated: "文件未载明",
      caution: "请注意",
      nextStep: "下一步",
      colon: "：",
    },
  },
  en: {
    aiTag: "AI generated",
    aiNotice: "This reply was phrased with the help of AI. The quoted text of the documents prevails.",
    source: "Open the source",
    part: (position: number, count: number) => `${position}/${count}`,
    continued: (position: number, count: number) => `quote ${position} of ${count}`,
    document: (title: string) => `《${title}》`,
    empty: "(empty)",
    streaming: "Preparing the answer…",
    movedTitle: "Answered below",
    moved: "The answer is in the next message.",
    more: "You may also ask",
    leftOut: (count: number) => `(${count} more characters)`,
    earlierItems: (count: number) => `(${count} earlier)`,
    condensed: "Shortened to fit into one card.",
    file: (name: string, size: string) => `Attachment: ${name} (${size}), sent as the next message.`,
    fileFailed: (name: string, reason: string) => `The attachment "${name}" could not be sent: ${reason}`,
    program: {
      criterion: "Condition",
      verdict: "Verdict",
      ours: "Your company",
      threshold: "Required",
      clause: "Clause",
      unknown: "not given",
      source: "Source",
      evidence: (count: number) => `Evidence (${count})`,
      notStated: "Not stated in the documents",
      caution: "Please note",
      nextStep: "Next step",
      colon: ": ",
    },
  },
} as const;
