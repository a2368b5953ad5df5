import { can } from "../../access/index.ts";
import { chooseSkill } from "../choose-skill.ts";
import type { InboundMessage, Reply, ReplyBlock, SkillContext } from "../types.ts";
import { writeNotice } from "../write-notice.ts";
import { writeReplyText } from "../write-reply-text.ts";

/** The usual help, with a line for those who work on tickets; undefined: no call for help, or by somebody else. */
export function helpStaff(
  message: InboundMessage,
  { actor, language }: Pick<SkillContext, "actor" | "language">,
): Reply | undefined {
  if (message.overheard || chooseSkill(message) !== "help" || !can(actor.roles, "work-tickets"))
    return undefined;
  const usual = writeNotice("help", language);
  const line: ReplyBlock = {
    type: "paragraph",
    text:
      language === "zh"
        ? "办理工单的指令见“工单帮助”，设置与统计见“工单管理帮助”。"
        : "Commands for working on tickets: “工单帮助”; for settings and figures: “desk help”.",
  };
  const blocks = [...usual.blocks, line];
  return { ...usual, blocks, plainText: writeReplyText(usual.headline, blocks, language) };
}
