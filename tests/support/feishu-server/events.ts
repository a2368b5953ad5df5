/** Events as the platform writes them. Ids count up, so that each event is its own unless the caller repeats ids. */
export interface MentionSpec {
  key: string;
  openId?: string;
  name: string;
}

export interface MessageSpec {
  text?: string;
  messageType?: string;
  /** JSON of the content; default: the text. */
  content?: object;
  chatType?: "p2p" | "group";
  chatId?: string;
  threadId?: string;
  /** The message that it quotes, and the first one of the thread. */
  parentId?: string;
  rootId?: string;
  mentions?: MentionSpec[];
  senderOpenId?: string;
  senderType?: string;
  messageId?: string;
  eventId?: string;
  /** Milliseconds. */
  createTime?: number;
}

export interface EventEnvelope {
  schema: "2.0";
  header: {
    event_id: string;
    token: string;
    create_time: string;
    event_type: string;
    tenant_key: string;
    app_id: string;
  };
  event: object;
}

const TENANT_KEY = "tenant0001";

let counter = 0;

function nextId(prefix: string): string {
  counter += 1;
  return `${prefix}_${counter.toString().padStart(8, "0")}`;
}

export interface EventSource {
  appId: string;
  verificationToken: string;
}

export function messageEvent(spec: MessageSpec, source: EventSource): EventEnvelope {
  const createTime = String(spec.createTime ?? Date.now());
  const event = {
    sender: {
      sender_id: { union_id: "on_someone", user_id: null, open_id: spec.senderOpenId ?? "ou_asker" },
      sender_type: spec.senderType ?? "user",
      tenant_key: TENANT_KEY,
    },
    message: {
      message_id: spec.messageId ?? nextId("om"),
      root_id: spec.rootId ?? "",
      parent_id: spec.parentId ?? "",
      create_time: createTime,
      update_time: createTime,
      chat_id: spec.chatId ?? "oc_group",
      ...(spec.threadId && { thread_id: spec.threadId }),
      chat_type: spec.chatType ?? "group",
      message_type: spec.messageType ?? "text",
      content: JSON.stringify(spec.content ?? { text: spec.text ?? "" }),
      mentions: (spec.mentions ?? []).map(({ key, openId, name }) => ({
        key,
        id: openId === undefined ? {} : { union_id: `on_${openId}`, user_id: "", open_id: openId },
        name,
        tenant_key: TENANT_KEY,
      })),
      user_agent: "Mozilla/5.0",
    },
  };
  return envelope("im.message.receive_v1", event, source, spec.eventId, createTime);
}

export interface CardActionSpec {
  /** What the button carries; default: nothing that we know. */
  value?: object;
  form?: Record<string, unknown>;
  operatorOpenId?: string;
  chatId?: string;
  messageId?: string;
  eventId?: string;
}

export function cardActionEvent(source: EventSource, spec: CardActionSpec = {}): EventEnvelope {
  const event = {
    operator: { tenant_key: TENANT_KEY, open_id: spec.operatorOpenId ?? "ou_asker", union_id: "on_someone" },
    token: "c-card-token",
    action: {
      value: spec.value ?? { action: "unknown" },
      tag: "button",
      timezone: "Asia/Shanghai",
      ...(spec.form && { form_value: spec.form }),
    },
    host: "im_message",
    context: { open_message_id: spec.messageId ?? "om_card", open_chat_id: spec.chatId ?? "oc_group" },
  };
  return envelope("card.action.trigger", event, source, spec.eventId, String(Date.now() * 1_000));
}

export interface RecalledSpec {
  messageId: string;
  chatId?: string;
  eventId?: string;
}

export function recalledEvent(source: EventSource, spec: RecalledSpec): EventEnvelope {
  const event = {
    message_id: spec.messageId,
    chat_id: spec.chatId ?? "oc_group",
    recall_time: "1763900000123",
    recall_type: "message_owner",
  };
  return envelope("im.message.recalled_v1", event, source, spec.eventId, "1763900000456");
}

export function botDeletedEvent(source: EventSource, chatId: string, eventId?: string): EventEnvelope {
  const event = {
    chat_id: chatId,
    operator_id: { union_id: "on_owner", user_id: "", open_id: "ou_owner" },
    external: false,
    operator_tenant_key: TENANT_KEY,
    name: "科技服务部",
    i18n_names: { zh_cn: "科技服务部", en_us: "", ja_jp: "" },
  };
  return envelope("im.chat.member.bot.deleted_v1", event, source, eventId, "1763900000456");
}

export function botAddedEvent(source: EventSource, chatId: string, eventId?: string): EventEnvelope {
  const event = {
    chat_id: chatId,
    operator_id: { union_id: "on_owner", user_id: "", open_id: "ou_owner" },
    external: false,
    operator_tenant_key: TENANT_KEY,
    name: "企业交流群",
    i18n_names: { zh_cn: "企业交流群", en_us: "", ja_jp: "" },
  };
  return envelope("im.chat.member.bot.added_v1", event, source, eventId, "1763900000456");
}

export function chatEnteredEvent(source: EventSource, openId: string): EventEnvelope {
  const event = {
    chat_id: "oc_direct",
    operator_id: { union_id: "on_someone", user_id: null, open_id: openId },
    last_message_id: "om_last",
    last_message_create_time: "1763900000000",
  };
  return envelope("im.chat.access_event.bot_p2p_chat_entered_v1", event, source, undefined, "1763900000456");
}

export function menuEvent(
  source: EventSource,
  spec: { key: string; openId?: string; eventId?: string; name?: string },
): EventEnvelope {
  const now = Date.now();
  const event = {
    operator: {
      operator_name: spec.name ?? "",
      operator_id: { union_id: "on_someone", user_id: null, open_id: spec.openId ?? "ou_asker" },
    },
    event_key: spec.key,
    timestamp: Math.floor(now / 1_000),
  };
  return envelope("application.bot.menu_v6", event, source, spec.eventId, String(now));
}

export function userDeletedEvent(source: EventSource, openId: string, eventId?: string): EventEnvelope {
  const event = {
    object: { open_id: openId, union_id: "on_someone", user_id: "e33ggbyz" },
    old_object: { department_ids: ["od-1"], open_id: openId },
  };
  return envelope("contact.user.deleted_v3", event, source, eventId, "1763900000456");
}

export function envelope(
  eventType: string,
  event: object,
  source: EventSource,
  eventId: string | undefined,
  createTime: string,
): EventEnvelope {
  return {
    schema: "2.0",
    header: {
      event_id: eventId ?? nextId("evt"),
      token: source.verificationToken,
      create_time: createTime,
      event_type: eventType,
      tenant_key: TENANT_KEY,
      app_id: source.appId,
    },
    event,
  };
}
