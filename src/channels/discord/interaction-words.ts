/** What is said at once, before anything is worked on. */
export const SAID = {
  zh: {
    stale: "这个按钮来自其他会话或已失效，请重新发送指令。",
    gone: "这条消息的内容已清理，表单不能再打开。请重新发送指令。",
    tooFast: "操作过于频繁，请稍后再试。",
    unknown: "暂不支持这个指令，请更新 Discord 后重试，或直接发送文字。",
    notStored: (id: string) => `操作未能保存，请重试；错误编号：${id}`,
    confirm: "确认",
    confirmed: "已确认，正在处理。",
    missing: (labels: readonly string[]) =>
      `本页已记下。还需填写：${labels.join("、")}。请点表单的另一页继续；30 分钟内有效。`,
    required: (labels: readonly string[]) => `还需填写：${labels.join("、")}。`,
  },
  en: {
    stale: "This button belongs to another chat or no longer works. Please send the command again.",
    gone: "This message is no longer kept, so its form cannot be opened. Please send the command again.",
    tooFast: "Too many requests. Please try again in a moment.",
    unknown: "This command is not known. Please update Discord, or simply type.",
    notStored: (id: string) => `It could not be stored, please try again. Error id: ${id}`,
    confirm: "Confirm",
    confirmed: "Confirmed, working on it.",
    missing: (labels: readonly string[]) =>
      `Noted. Still needed: ${labels.join(", ")}. Please open the other page of the form within 30 minutes.`,
    required: (labels: readonly string[]) => `Still needed: ${labels.join(", ")}.`,
  },
} as const;
