import type { Audience } from "../../access/index.ts";
import type { Enterprise, Profile } from "../../enterprises/index.ts";
import { toAppError, toShanghaiDay } from "../../shared/index.ts";
import type { InboundMessage, Reply, SkillContext } from "../types.ts";
import { type Dialogue, openDialogue } from "./match-dialogue.ts";
import type { Language, MatchingSkillOptions } from "./matching-parts.ts";

/** One message in work: who speaks, for which chat, on which day, in which dialogue. */
export interface MatchTurn {
  options: MatchingSkillOptions;
  message: InboundMessage;
  context: SkillContext;
  language: Language;
  at: Date;
  /** `YYYY-MM-DD`. */
  today: string;
  dialogue: Dialogue;
  /** The group that it was said in, or in which the dialogue began: its binding decides whose data it is. */
  chat: string | null;
  /** Of what is answered in private. */
  audience: Audience;
  /** Of facts and requests: the message. */
  reference: string;
}

/** Something to do for a message. Undefined: not for the matching part after all. */
export interface MatchStep {
  /** Concerns one's own enterprise: in a group it is answered in a direct message. */
  isPrivate: boolean;
  run(): Promise<Reply | undefined>;
}

export function privately(run: MatchStep["run"]): MatchStep {
  return { isPrivate: true, run };
}

export function openly(run: MatchStep["run"]): MatchStep {
  return { isPrivate: false, run };
}

export async function openTurn(
  options: MatchingSkillOptions,
  message: InboundMessage,
  context: SkillContext,
): Promise<MatchTurn> {
  const at = new Date(context.at);
  const dialogue = await openDialogue(options, message, context);
  const { account, roles } = context.actor;
  return {
    options,
    message,
    context,
    language: chooseLanguage(message.text, dialogue.state.language, context.language),
    at,
    today: toShanghaiDay(at),
    dialogue,
    chat: message.chatKind === "group" ? toChat(message) : dialogue.state.chat,
    audience: {
      account,
      roles,
      chatKind: "direct",
      chat: message.chatKind === "direct" ? toChat(message) : null,
    },
    reference: `${message.channel}:${message.messageKey}`,
  };
}

/** A button, a figure or a code has no language of its own: the dialogue's goes on. */
function chooseLanguage(text: string, before: Language | null, found: Language): Language {
  const words = text.replace(/\S*\d\S*|\btd\b/gi, " ");
  return /\p{Script=Han}|[A-Za-z]{2}/u.test(words) ? found : (before ?? "zh");
}

export function toChat({ channel, chatId }: Pick<InboundMessage, "channel" | "chatId">): string {
  return `${channel}:${chatId}`;
}

/** What a person's words are matched with. */
export interface Known {
  /** Null: nothing was ever written. */
  enterprise: Enterprise | null;
  profile: Profile;
}

export interface KnownEnterprise extends Known {
  enterprise: Enterprise;
}

/** What is known already; undefined where nothing is, or where it is not theirs to see. */
export async function findKnown(turn: MatchTurn): Promise<KnownEnterprise | undefined> {
  const { options, context, chat, today } = turn;
  try {
    const enterprise = await options.enterprises.find(context.actor, chat);
    if (!enterprise) return undefined;
    const profile = await options.enterprises.profile(enterprise.enterpriseId, context.actor, today);
    return { enterprise, profile };
  } catch (thrown) {
    if (toAppError(thrown).code === "forbidden") return undefined;
    throw thrown;
  }
}

/** For looking only: makes no enterprise. */
export async function peekKnown(turn: MatchTurn): Promise<Known> {
  const empty: Profile = { enterpriseId: null, facts: new Map(), stale: [], conflicts: [] };
  return (await findKnown(turn)) ?? { enterprise: null, profile: empty };
}

/** For writing: makes one when missing. */
export async function openKnown(turn: MatchTurn): Promise<KnownEnterprise> {
  const { options, context, chat, at, today } = turn;
  const enterprise = await options.enterprises.current(context.actor, chat, at);
  const profile = await options.enterprises.profile(enterprise.enterpriseId, context.actor, today);
  return { enterprise, profile };
}
