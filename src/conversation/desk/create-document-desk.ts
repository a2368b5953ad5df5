import { can } from "../../access/index.ts";
import { findByBeginning, type SubmissionOutcome } from "../../publishing/index.ts";
import { AppError, type DocumentId, type ErrorCode, toAppError, type VersionId } from "../../shared/index.ts";
import type { InboundAttachment, InboundMessage, MessageSkill, Reply, SkillContext } from "../types.ts";
import { completeVersion } from "./complete-version.ts";
import { decide, reject, showProposal } from "./decide-by-chat.ts";
import { type DocumentDeskOptions, nameProposal } from "./desk-parts.ts";
import { toDeskReply } from "./desk-reply.ts";
import { findDocument } from "./find-document.ts";
import { type DeskCommand, readDeskCommand } from "./read-command.ts";
import { readCorrections } from "./read-corrections.ts";
import { setVisibility } from "./set-visibility.ts";
import { awaitReading, reportReading, showReview } from "./take-file.ts";
import { writeDeskHelp, writeDocumentList, writeDocumentStatus } from "./write-lists.ts";
import { describeProposal, writePending } from "./write-proposals.ts";
import { writeImpact } from "./write-review.ts";

export interface DocumentDesk extends MessageSkill {
  handle(message: InboundMessage, context: SkillContext): Promise<Reply | undefined>;
  /** Tells the sender of a file what became of it, when an interrupted process had left it unread. */
  report(outcome: SubmissionOutcome, actor: SkillContext["actor"]): Promise<void>;
}

/** Files up to here are taken from a chat; the readers have their own limits. */
const MAX_ATTACHMENT_BYTES = 50 * 1024 * 1024;

/** Failures that a person can act on; they are replies, not errors with a number. */
const EXPECTED: ReadonlySet<ErrorCode> = new Set([
  "forbidden",
  "conflict",
  "not-found",
  "usage",
  "unusable-input",
]);

/** Documents by chat: files and links in, cards out, decisions by button or by typed command. */
export function createDocumentDesk(options: DocumentDeskOptions): DocumentDesk {
  return {
    name: "documents",
    report: (outcome, actor) => reportReading(options, outcome, actor),
    async handle(message, context) {
      try {
        return await handle(options, message, context);
      } catch (thrown) {
        const error = toAppError(thrown);
        if (!EXPECTED.has(error.code)) throw thrown;
        options.logger.info({ code: error.code, error: error.message }, "desk request refused");
        return refuse(error.safeMessage);
      }
    },
  };
}

async function handle(
  options: DocumentDeskOptions,
  message: InboundMessage,
  context: SkillContext,
): Promise<Reply | undefined> {
  const { roles } = context.actor;
  // Pictures within a question are no documents.
  const [first, ...others] = message.text.trim() === "" ? (message.attachments ?? []) : [];
  const command = first ? undefined : readDeskCommand(message);
  if (!first && !command) return undefined;
  const submits = first !== undefined || command?.do === "link";
  if (submits && !can(roles, "submit-document")) {
    // A bare address of somebody else is a question about something; it is not fetched.
    return first ? refuse(FILE_REFUSED[context.language], context.language) : undefined;
  }
  if (!can(roles, "read-review")) return refuse(REFUSED[context.language], context.language);
  if (command?.do === "visibility") {
    const group = message.chatKind === "group" ? `${message.channel}:${message.chatId}` : undefined;
    return setVisibility(options, command, context.actor, group);
  }
  if (message.chatKind !== "direct") return refuse(ONLY_DIRECT);
  if (first) return takeAttachment(options, message, first, others.length, context);
  return command && run(options, command, context, `${message.channel}:${message.messageKey}`);
}

async function takeAttachment(
  options: DocumentDeskOptions,
  message: InboundMessage,
  attachment: InboundAttachment,
  others: number,
  { actor, fetchAttachment }: SkillContext,
): Promise<Reply> {
  const bytes = await fetchAttachment(attachment, MAX_ATTACHMENT_BYTES);
  const file = { bytes, fileName: attachment.name, source: "chat" };
  const received = options.publishing.review.receiveFile(file, actor);
  const reply = await awaitReading(options, received, attachment.name, actor, message.messageKey);
  if (others === 0) return reply;
  const note = `一次请只发送一个文件；其余 ${others} 个未处理，请逐个发送。`;
  return {
    ...reply,
    blocks: [...reply.blocks, { type: "notice", text: note }],
    plainText: `${reply.plainText}\n${note}`,
  };
}

async function run(
  options: DocumentDeskOptions,
  given: Exclude<DeskCommand, { do: "visibility" }>,
  { actor, at }: SkillContext,
  requestKey: string,
): Promise<Reply> {
  const { review } = options.publishing;
  const command = "version" in given ? await completeVersion(review, given, actor) : given;
  switch (command.do) {
    case "help":
      return writeDeskHelp();
    case "list": {
      const filter = command.search === "" ? {} : { search: command.search };
      return writeDocumentList(await review.listDocuments(actor, filter), command.search);
    }
    case "status":
      return writeDocumentStatus(
        await review.getStatus(await findDocument(review, command.document, actor), actor),
        options.nameOf,
      );
    case "review":
      return showReview(options, await review.getReview(command.version as VersionId, actor), actor);
    case "impact": {
      const impact = await review.assessImpact(command.version as VersionId, actor);
      return toDeskReply("desk-review", "发布影响预览", writeImpact(impact));
    }
    case "link": {
      const reading = review.receiveLink(command.url, actor);
      return awaitReading(options, reading, command.url, actor, `${command.url}@${at}`);
    }
    case "correct": {
      const changes = readCorrections(command.fields);
      const version = command.version as VersionId;
      const corrected = await review.correctMetadata(version, changes, actor, "在核对卡片上修改");
      return showReview(options, corrected, actor);
    }
    case "assign": {
      const document = command.document as DocumentId;
      const assigned = await review.assignDocument(command.version as VersionId, document, actor);
      return showReview(options, assigned, actor);
    }
    case "pending":
    case "proposal":
    case "cancel":
      return runOnProposals(options, command, actor);
    case "reject":
      return reject(options, command, actor);
    default:
      return decide(options, command, actor, requestKey);
  }
}

async function runOnProposals(
  options: DocumentDeskOptions,
  command: Extract<DeskCommand, { do: "pending" | "proposal" | "cancel" }>,
  actor: SkillContext["actor"],
): Promise<Reply> {
  const { review } = options.publishing;
  if (command.do === "cancel") {
    const cancelled = await nameProposal(options, await review.cancel(command.proposal, actor), actor);
    return toDeskReply("desk-done", "已取消。", [{ type: "paragraph", text: describeProposal(cancelled) }]);
  }
  const open = await review.listProposals(actor);
  if (command.do === "pending") {
    return writePending(await Promise.all(open.map((each) => nameProposal(options, each, actor))));
  }
  const wanted =
    open.find(({ proposalId }) => proposalId === command.proposal) ??
    findByBeginning(open, command.proposal, ({ proposalId }) => proposalId);
  if (wanted) return showProposal(options, wanted, actor);
  throw new AppError({
    code: "not-found",
    message: `no open proposal ${command.proposal}`,
    safeMessage: `没有编号为 ${command.proposal} 的待复核申请：可能已办结或已取消。发送“待复核”可查看现有申请。`,
  });
}

const REFUSED = {
  zh: "该操作限知识库管理员使用。如需更正或补充文件，请联系园区服务专员；您也可以直接提出政策问题。",
  en: "Only administrators of the knowledge base can do this. To correct or add a document, please contact the park's service desk. You can also simply ask a question about the policies.",
};
const FILE_REFUSED = {
  zh: "暂不能根据您发送的文件作答，请把问题用文字发给我。入库文件由知识库管理员维护，如需补充，请联系园区服务专员。",
  en: "I cannot answer from a file that you send. Please type your question. Administrators maintain the documents; to have one added, please contact the park's service desk.",
};
const ONLY_DIRECT = "文件管理请在与我的私聊中进行，以免未发布的内容出现在群里。";

function refuse(text: string, language: Reply["language"] = "zh"): Reply {
  return { ...toDeskReply("desk-refused", text, []), language };
}
