import { judgeContent } from "./card-schema.ts";
import type { RestAnswer, RestRequest, RestState } from "./rest-api.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;
const MAX_IMAGE_BYTES = 10 * 1024 * 1024;
const MAX_EDITS_A_SECOND = 5;
/** Of the platform's list of emoji, as far as a bot that acknowledges would use it. */
const EMOJI = ["OK", "THUMBSUP", "DONE", "Get", "OnIt", "OneSecond", "CheckMark", "CrossMark"];

/** Cards that are changed, marks on messages, and pictures that are uploaded. */
export interface ChangeState {
  /** Every edit that was carried out, in order. The message in `sent` has the new content. */
  edits: { messageId: string; content: string; at: number }[];
  reactions: { reactionId: string; messageId: string; emojiType: string }[];
  images: { imageKey: string; bytes: Uint8Array }[];
  /** Ids of messages that their author took back. */
  recalled: Set<string>;
  /** Chats that the bot is not in any more. */
  left: Set<string>;
  /** Chats of the messages that people wrote, by message id. */
  chatOf: Map<string, string>;
}

export function createChangeState(): ChangeState {
  return { edits: [], reactions: [], images: [], recalled: new Set(), left: new Set(), chatOf: new Map() };
}

/** `PATCH im/v1/messages/:id`, in the order in which the platform judges. */
export function editMessage(messageId: string, { body }: RestRequest, state: RestState): RestAnswer {
  const now = Date.now();
  const message = state.sent.find((each) => each.messageId === messageId);
  if (!message) return refuse(99992354, "bad message id");
  if (state.recalled.has(messageId)) return refuse(230011, "The message is recalled.");
  if (state.left.has(message.target)) return refuse(230002, "Bot/User can NOT be out of the chat.");
  if (message.msgType !== "interactive") return refuse(230001, "ext=This message is NOT a card.");
  if (now - message.sentAt > 14 * DAY_MS)
    return refuse(230031, "Message can only be modified within 14 days after sending.");
  const recent = state.edits.filter((edit) => edit.messageId === messageId && now - edit.at < 1_000);
  if (recent.length >= MAX_EDITS_A_SECOND)
    return refuse(230020, "This operation triggers the frequency limit.");
  const content = typeof body["content"] === "string" ? body["content"] : "";
  const refusal = judgeContent("interactive", content) ?? judgeImages(content, state);
  if (refusal) return refuse(refusal.code, refusal.msg);
  message.content = content;
  state.edits.push({ messageId, content, at: now });
  return { status: 200, body: { code: 0, msg: "ok", data: {} } };
}

export function addReaction(messageId: string, { body }: RestRequest, state: RestState): RestAnswer {
  const { emoji_type: emojiType } = (body["reaction_type"] ?? {}) as { emoji_type?: string };
  if (emojiType === undefined || !EMOJI.includes(emojiType))
    return refuse(231001, "reaction type is invalid.");
  if (state.recalled.has(messageId)) return refuse(231003, "The message is not found.");
  const known = state.reactions.find((each) => each.messageId === messageId && each.emojiType === emojiType);
  const reaction = known ?? {
    reactionId: `ZCaC-${state.reactions.length + 1}_`,
    messageId,
    emojiType,
  };
  if (!known) state.reactions.push(reaction);
  const operator = { operator_id: state.appId, operator_type: "app" };
  const data = {
    reaction_id: reaction.reactionId,
    operator,
    action_time: "1663054162546",
    reaction_type: { emoji_type: emojiType },
  };
  return { status: 200, body: { code: 0, msg: "success", data } };
}

export function acceptImage({ parts }: RestRequest, state: RestState): RestAnswer {
  const type = Buffer.from(parts?.get("image_type") ?? []).toString("utf8");
  const bytes = parts?.get("image");
  if (type !== "message" || !bytes) return refuse(234001, "Invalid request param.");
  if (bytes.length === 0) return refuse(234010, "File's size can't be 0.");
  if (bytes.length > MAX_IMAGE_BYTES) return refuse(234006, "The file size exceed the max value.");
  const imageKey = `img_v3_${state.images.length + 1}`;
  state.images.push({ imageKey, bytes });
  return { status: 200, body: { code: 0, msg: "success", data: { image_key: imageKey } } };
}

/** Only pictures that were uploaded may stand in a card. */
export function judgeImages(content: string, state: RestState): { code: number; msg: string } | undefined {
  const keys = [...content.matchAll(/"img_key":"([^"]*)"/g)].map(([, key]) => key);
  const unknown = keys.find((key) => !state.images.some(({ imageKey }) => imageKey === key));
  if (unknown === undefined) return undefined;
  return {
    code: 230099,
    msg: `Failed to create card content, ext=ErrCode: 200570; ErrMsg: card contains invalid image keys; ErrorValue: image key ${unknown}`,
  };
}

function refuse(code: number, msg: string): RestAnswer {
  return { status: 400, body: { code, msg } };
}
