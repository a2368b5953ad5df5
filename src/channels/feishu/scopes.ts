/** A right that the organisation grants the app in the platform's console. */
export interface FeishuScope {
  scope: string;
  /** Wider ones that include it. */
  includedIn?: readonly string[];
  /** Nothing can be answered without it. */
  required: boolean;
  /** What it is for, in Chinese. */
  purpose: string;
  /** What happens without it, in Chinese. Of optional ones. */
  without?: string;
}

/** The least that the channel needs, and what may be added. The README's tables name the same (held by a test). */
export const FEISHU_SCOPES: readonly FeishuScope[] = [
  {
    scope: "im:message:send_as_bot",
    includedIn: ["im:message"],
    required: true,
    purpose: "发送回复、更新和撤回自己发送的消息",
  },
  {
    scope: "im:message.p2p_msg:readonly",
    includedIn: ["im:message.p2p_msg"],
    required: true,
    purpose: "读取用户发给机器人的单聊消息",
  },
  {
    scope: "im:message.group_at_msg:readonly",
    includedIn: ["im:message.group_at_msg"],
    required: true,
    purpose: "读取群中 @机器人 的消息",
  },
  {
    scope: "im:resource",
    required: true,
    purpose: "读取发给机器人的文件和图片，发送报告、清单和图片",
  },
  {
    scope: "cardkit:card:write",
    required: false,
    purpose: "答复边生成边显示",
    without: "答复整理完成后一次显示",
  },
  {
    scope: "im:chat.members:bot_access",
    includedIn: ["im:chat:readonly", "im:chat"],
    required: false,
    purpose: "机器人进群时发送使用说明，被移出部门群时工单转兜底处理",
    without: "不发送使用说明；被移出部门群的，下一次向该群发送时才能发现",
  },
  {
    scope: "im:message:readonly",
    includedIn: ["im:message"],
    required: false,
    purpose: "读取提问所引用的消息；提问撤回时撤回答复、从工单中去除",
    without: "引用的内容不作为提问的依据；撤回的内容仍保留",
  },
  {
    scope: "im:message.reactions:write_only",
    includedIn: ["im:message"],
    required: false,
    purpose: "在已转给专员的消息上加一个 OK 表情",
    without: "改发一行文字",
  },
  {
    scope: "im:message.group_msg",
    required: false,
    purpose: "专员在工单卡片下、企业在专员答复下直接回复，不必 @机器人；读取群中被引用的消息（敏感权限）",
    without: "须 @机器人，或使用卡片按钮",
  },
  {
    scope: "contact:contact.base:readonly",
    required: false,
    purpose: "专员离职时，其手中的工单退回队列",
    without: "由负责人手工处理",
  },
  {
    scope: "tenant:tenant:readonly",
    required: false,
    purpose: "确认本企业，拒收其他企业的事件；网页登录时核对企业",
    without: "改用 FEISHU_TENANT_KEY 填写；均未设置时不作核对",
  },
  {
    scope: "application:application:self_manage",
    required: false,
    purpose: "检查事件订阅是否齐全",
    without: "只列出应订阅的事件，请自行核对",
  },
];

export interface FeishuEvent {
  event: string;
  required: boolean;
  /** What it is for, in Chinese. */
  purpose: string;
}

/** Subscribed in the console beside the scopes. The callback `card.action.trigger` is configured apart from events. */
export const FEISHU_EVENTS: readonly FeishuEvent[] = [
  { event: "im.message.receive_v1", required: true, purpose: "接收提问" },
  {
    event: "im.chat.access_event.bot_p2p_chat_entered_v1",
    required: false,
    purpose: "首次进入单聊时发送使用说明",
  },
  { event: "im.chat.member.bot.added_v1", required: false, purpose: "进群时发送使用说明" },
  { event: "im.chat.member.bot.deleted_v1", required: false, purpose: "被移出部门群时工单转兜底处理" },
  { event: "im.message.recalled_v1", required: false, purpose: "提问撤回时撤回答复" },
  { event: "application.bot.menu_v6", required: false, purpose: "机器人菜单" },
  { event: "contact.user.deleted_v3", required: false, purpose: "专员离职时退回工单" },
];
