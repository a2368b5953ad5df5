import { can } from "../../access/index.ts";
import { toAppError } from "../../shared/index.ts";
import { openKeptDialogue } from "../open-kept-dialogue.ts";
import type {
  InboundAttachment,
  InboundMessage,
  MessageSkill,
  PassedOn,
  Reply,
  SkillContext,
} from "../types.ts";
import {
  type KeptMaterial,
  MATERIAL_EXPIRY_MS,
  MAX_KEPT_MATERIAL,
  MAX_MATERIAL_BYTES,
  MAX_MATERIALS,
  type MaterialSkillOptions,
  materialSchema,
  type ReadMaterial,
} from "./material-parts.ts";
import { isBareWish, isNotice, pointsAtMaterial } from "./read-reference.ts";
import {
  noteFailures,
  noteLeftOut,
  noteMaterial,
  noteNotice,
  writeMaterial,
  writeTooMany,
  writeUnread,
} from "./write-material.ts";

/** A picture or a scrap of text up to here is what somebody wants to ask; more is material for a question to come. */
const MAX_QUESTION_FROM_FILE = 200;
/** With the words of the question, within what a message may hold. */
const PASSED_TO_SKILLS = 1_500;
/** A long text beside the question would drown it in the search. */
const PASSED_TO_SEARCH = 160;

interface Taken {
  read: (ReadMaterial & { name: string })[];
  failed: { name: string; reason: string }[];
}

/**
 * Files and pictures of an asker as question material: their words help to understand what is asked and who asks. They are
 * never a source: answers rest on published documents alone, and say so.
 */
export function createMaterialSkill(options: MaterialSkillOptions): MessageSkill {
  return {
    name: "materials",
    async handle(message, context) {
      if (message.action || message.overheard) return undefined;
      const attachments = message.attachments ?? [];
      const text = message.text.trim();
      if (attachments.length === 0) return text === "" ? undefined : recall(options, message, context, text);
      // What administrators send without a word is for the library.
      if (text === "" && can(context.actor.roles, "submit-document")) return undefined;
      const taken = await take(options, attachments, context);
      return text === "" ? onFile(options, message, context, taken) : onQuestion(text, context, taken);
    },
  };
}

async function take(
  { read, logger }: MaterialSkillOptions,
  attachments: readonly InboundAttachment[],
  { fetchAttachment, language }: SkillContext,
): Promise<Taken> {
  const taken: Taken = { read: [], failed: [] };
  for (const attachment of attachments.slice(0, MAX_MATERIALS)) {
    const { name } = attachment;
    try {
      const bytes = await fetchAttachment(attachment, MAX_MATERIAL_BYTES);
      const material = await read({ bytes, name });
      if (material.text.trim() === "") taken.failed.push({ name, reason: "没有识别到文字。" });
      else taken.read.push({ ...material, name });
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error.code !== "unusable-input") throw thrown;
      logger.info({ error: error.message }, "material not read");
      taken.failed.push({ name, reason: error.safeMessage });
    }
  }
  const reason = writeTooMany(MAX_MATERIALS, language);
  for (const { name } of attachments.slice(MAX_MATERIALS)) taken.failed.push({ name, reason });
  return taken;
}

/** A file without words. */
async function onFile(
  options: MaterialSkillOptions,
  message: InboundMessage,
  context: SkillContext,
  taken: Taken,
): Promise<Reply | PassedOn> {
  const { language } = context;
  const [first] = taken.read;
  if (!first) return writeUnread(taken.failed, language);
  const words = squeeze(taken.read.map(({ text }) => text).join("\n"));
  const isScrap = words.length <= MAX_QUESTION_FROM_FILE && !first.published;
  if (isScrap)
    return { passOn: words, note: noteMaterial(words, language) + noteLeftOut(taken.failed, language) };
  // In a group others would go on asking about what one of them has sent.
  const mayBeKept = message.chatKind === "direct";
  if (mayBeKept) await keep(options, message, context, { name: first.name, text: words });
  return writeMaterial({ taken, characters: words.length, isKept: mayBeKept, language });
}

/** A file beside the question. */
function onQuestion(text: string, { language }: SkillContext, { read, failed }: Taken): PassedOn {
  const words = squeeze(read.map((each) => each.text).join("\n"));
  if (words === "") return { passOn: text, note: noteFailures(failed, language) };
  return withMaterial(text, words, language, noteLeftOut(failed, language));
}

/** `leftOut`: of the files that came with it and could not be read. */
function withMaterial(text: string, words: string, language: Reply["language"], leftOut = ""): PassedOn {
  const note = noteMaterial(words, language) + leftOut;
  const about = `${text}\n${words.slice(0, PASSED_TO_SEARCH)}`;
  if (isNotice(words)) {
    const question = isBareWish(text) || pointsAtMaterial(text) ? about : text;
    return { passOn: text, question, note: noteNotice(note, language) };
  }
  if (isBareWish(text)) return { passOn: words.slice(0, PASSED_TO_SKILLS), question: text, note };
  return {
    passOn: `${text}\n${words.slice(0, PASSED_TO_SKILLS)}`,
    question: pointsAtMaterial(text) ? about : text,
    note,
  };
}

/** A question that points at what was sent a while ago. */
async function recall(
  options: MaterialSkillOptions,
  message: InboundMessage,
  context: SkillContext,
  text: string,
): Promise<PassedOn | undefined> {
  if (message.chatKind !== "direct" || !(pointsAtMaterial(text) || isBareWish(text))) return undefined;
  const { state } = await open(options, message, context);
  return state.material ? withMaterial(text, state.material.text, context.language) : undefined;
}

async function keep(
  options: MaterialSkillOptions,
  message: InboundMessage,
  context: SkillContext,
  { name, text }: NonNullable<KeptMaterial["material"]>,
): Promise<void> {
  const dialogue = await open(options, message, context);
  const material = { name, text: text.slice(0, MAX_KEPT_MATERIAL) };
  await options.dialogues.saveDialogue(dialogue.toStore({ material }));
}

function open(options: MaterialSkillOptions, message: InboundMessage, context: SkillContext) {
  return openKeptDialogue<KeptMaterial>(
    { prefix: "material", schema: materialSchema, fresh: { material: null }, expiryMs: MATERIAL_EXPIRY_MS },
    (sessionKey) => options.dialogues.getDialogue(sessionKey),
    message,
    context,
  );
}

function squeeze(text: string): string {
  return text
    .replace(/[^\S\n]+/gu, " ")
    .replace(/\s*\n\s*/gu, "\n")
    .trim();
}
