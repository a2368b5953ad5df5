import type { Actor } from "../../access/index.ts";
import type { Decision, Publishing, SubmissionOutcome, VersionReview } from "../../publishing/index.ts";
import {
  AppError,
  type DocumentId,
  type ErrorCode,
  type Logger,
  toAppError,
  type VersionId,
} from "../../shared/index.ts";
import type { ProposalRecord } from "../../storage/index.ts";
import type { InboundAttachment, InboundMessage, MessageSkill, Reply, SkillContext } from "../types.ts";
import { toDeskReply } from "./desk-reply.ts";
import { type DeskCommand, readDeskCommand } from "./read-command.ts";
import { readCorrections } from "./read-corrections.ts";
import {
  describeProposal,
  writeDeskHelp,
  writeDocumentList,
  writeDocumentStatus,
  writePending,
} from "./write-lists.ts";
import { writeDecisionBlocks, writeImpact, writeReview } from "./write-review.ts";

export interface DocumentDeskOptions {
  publishing: Pick<Publishing, "review">;
  /** Accounts of the role admin. */
  listAdmins(): Promise<readonly string[]>;
  /** Sends a reply to a person's direct chat; false when it had been sent, or their platform has no direct chats. */
  notify(account: string, key: string, reply: Reply): Promise<boolean>;
  logger: Logger;
  /** Reading that takes longer is answered at once, and the card follows. Default 20,000. */
  patienceMs?: number;
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
export function createDocumentDesk(options: DocumentDeskOptions): MessageSkill {
  const desk = new DocumentDesk(options);
  return {
    name: "documents",
    async handle(message, context) {
      try {
        return await desk.handle(message, context);
      } catch (thrown) {
        const error = toAppError(thrown);
        if (!EXPECTED.has(error.code)) throw thrown;
        options.logger.info({ code: error.code, error: error.message }, "desk request refused");
        return toDeskReply("desk-refused", error.safeMessage, []);
      }
    },
  };
}

class DocumentDesk {
  private readonly options: DocumentDeskOptions;

  constructor(options: DocumentDeskOptions) {
    this.options = options;
  }

  async handle(message: InboundMessage, context: SkillContext): Promise<Reply | undefined> {
    const isAdmin = context.actor.roles.has("admin");
    // Pictures within a question are no documents.
    const sendsFiles = (message.attachments?.length ?? 0) > 0 && message.text.trim() === "";
    if (sendsFiles) return this.takeAttachments(message, message.attachments ?? [], context);
    const command = readDeskCommand(message);
    if (!command) return undefined;
    // A bare address of somebody else is a question about something; it is not fetched.
    if (command.do === "link" && !isAdmin) return undefined;
    if (!isAdmin && !context.actor.roles.has("auditor")) return refuse(REFUSED);
    if (message.chatKind !== "direct") return refuse(ONLY_DIRECT);
    return this.run(command, context);
  }

  private async takeAttachments(
    message: InboundMessage,
    attachments: readonly InboundAttachment[],
    context: SkillContext,
  ): Promise<Reply | undefined> {
    if (!context.actor.roles.has("admin")) {
      return refuse(FILE_REFUSED);
    }
    if (message.chatKind !== "direct") return refuse(ONLY_DIRECT);
    const [attachment, ...others] = attachments;
    if (!attachment) return undefined;
    const bytes = await context.fetchAttachment(attachment, MAX_ATTACHMENT_BYTES);
    const file = { bytes, fileName: attachment.name, source: "chat" };
    const received = this.options.publishing.review.receiveFile(file, context.actor);
    const reply = await this.awaitReading(received, attachment.name, context.actor, message.messageKey);
    if (others.length === 0) return reply;
    const note = `一次请只发送一个文件；其余 ${others.length} 个未处理，请逐个发送。`;
    return {
      ...reply,
      blocks: [...reply.blocks, { type: "notice", text: note }],
      plainText: `${reply.plainText}\n${note}`,
    };
  }

  /** The original is kept before reading begins, so that a long reading may be answered in the meantime. */
  private async awaitReading(
    reading: Promise<SubmissionOutcome>,
    name: string,
    actor: Actor,
    key: string,
  ): Promise<Reply> {
    const patience = this.options.patienceMs ?? 20_000;
    const done = reading.then((outcome) => this.showOutcome(outcome, name, actor));
    let timer: NodeJS.Timeout | undefined;
    const waited = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), patience);
    });
    const first = await Promise.race([done, waited]).finally(() => clearTimeout(timer));
    if (first) return first;
    void done
      .catch((thrown: unknown) => refuse(toAppError(thrown).safeMessage))
      .then((reply) => this.options.notify(actor.account, `reading:${key}`, reply))
      .catch((thrown: unknown) => {
        const error = toAppError(thrown);
        this.options.logger.error(
          { errorId: error.id, error: error.message },
          "reading could not be reported",
        );
      });
    return toDeskReply("desk-progress", `已收到“${name}”，正在读取，完成后会把核对卡片发给您。`, []);
  }

  private async showOutcome(outcome: SubmissionOutcome, name: string, actor: Actor): Promise<Reply> {
    const { review, submission, duplicate } = outcome;
    if (!review) {
      return toDeskReply("desk-refused", `“${name}”未能读取。`, [
        { type: "paragraph", text: submission.failure ?? "请检查文件后重新发送。" },
        { type: "paragraph", text: "原件已保存，修正后重新发送即可。" },
      ]);
    }
    if (duplicate) {
      return toDeskReply(
        "desk-duplicate",
        `库内已有内容完全相同的文件：《${review.title}》第${review.number}版。`,
        [{ type: "paragraph", text: "没有新增版本。" }],
      );
    }
    return this.showReview(review, actor);
  }

  private async showReview(review: VersionReview, actor: Actor): Promise<Reply> {
    const pending = review.state === "parsed" || review.state === "returned" || review.state === "in-review";
    const impact = pending
      ? await this.options.publishing.review.assessImpact(review.versionId, actor)
      : undefined;
    return writeReview(review, impact);
  }

  private async run(command: DeskCommand, { actor, at }: SkillContext): Promise<Reply> {
    const { review } = this.options.publishing;
    switch (command.do) {
      case "help":
        return writeDeskHelp();
      case "list":
        return writeDocumentList(
          await review.listDocuments(actor, command.search === "" ? {} : { search: command.search }),
          command.search,
        );
      case "pending":
        return writePending(await review.listProposals(actor));
      case "status":
        return writeDocumentStatus(
          await review.getStatus(await this.findDocument(command.document, actor), actor),
        );
      case "review":
        return this.showReview(await review.getReview(command.version as VersionId, actor), actor);
      case "impact": {
        const impact = await review.assessImpact(command.version as VersionId, actor);
        return toDeskReply("desk-review", "发布影响预览", writeImpact(impact));
      }
      case "link":
        return this.awaitReading(
          review.receiveLink(command.url, actor),
          command.url,
          actor,
          `${command.url}@${at}`,
        );
      case "correct": {
        const version = command.version as VersionId;
        const corrected = await review.correctMetadata(
          version,
          readCorrections(command.fields),
          actor,
          "在核对卡片上修改",
        );
        return this.showReview(corrected, actor);
      }
      case "assign":
        return this.showReview(
          await review.assignDocument(command.version as VersionId, command.document as DocumentId, actor),
          actor,
        );
      case "reject": {
        const proposal = await review.reject(command.proposal, actor, command.reason);
        await this.tell(
          proposal.proposedBy,
          `rejected:${proposal.proposalId}`,
          "您提交的事项已被退回。",
          proposal,
        );
        return toDeskReply("desk-done", "已退回，并已告知提交人。", [
          { type: "paragraph", text: describeProposal(proposal) },
        ]);
      }
      case "cancel":
        return toDeskReply("desk-done", "已取消。", [
          { type: "paragraph", text: describeProposal(await review.cancel(command.proposal, actor)) },
        ]);
      default:
        return this.decide(command, actor);
    }
  }

  private async decide(
    command: Extract<DeskCommand, { do: "submit" | "approve" | "rollback" | "withdraw" }>,
    actor: Actor,
  ): Promise<Reply> {
    const { review } = this.options.publishing;
    const reason = command.reason === "" ? {} : { reason: command.reason };
    switch (command.do) {
      case "submit":
        return this.showDecision(await review.submit(command.version as VersionId, actor, reason), actor);
      case "approve":
        return this.showDecision(
          await review.approve(command.proposal, actor, {
            ...reason,
            ...(command.override && { override: true }),
          }),
          actor,
          command.proposal,
        );
      case "rollback": {
        const document = await this.findDocument(command.document, actor);
        return this.showDecision(await review.rollback(document, actor, reason), actor);
      }
      case "withdraw": {
        const document = await this.findDocument(command.document, actor);
        return this.showDecision(await review.withdraw(document, actor, reason), actor);
      }
    }
  }

  private async showDecision(decision: Decision, actor: Actor, proposalId?: string): Promise<Reply> {
    if (decision.outcome === "blocked") {
      return toDeskReply("desk-blocked", "未发布：发布会使部分回答变差或失去依据。", [
        ...writeImpact(decision.impact),
        ...(proposalId ? writeDecisionBlocks(proposalId, decision.impact) : []),
      ]);
    }
    const { proposal } = decision;
    if (decision.outcome === "waiting") {
      const told = await this.askOthers(proposal, actor);
      const whom =
        told > 0
          ? `已通知另外 ${told} 位管理员复核。`
          : "尚无其他管理员可通知，请另一位管理员发送“待复核”处理。";
      return toDeskReply("desk-waiting", `已提交，需另一位管理员复核后生效。`, [
        { type: "paragraph", text: whom },
        { type: "paragraph", text: describeProposal(proposal) },
      ]);
    }
    if (proposal.proposedBy !== actor.account) {
      await this.tell(
        proposal.proposedBy,
        `approved:${proposal.proposalId}`,
        "您提交的事项已复核通过并生效。",
        proposal,
      );
    }
    return toDeskReply("desk-done", "已生效，新的提问即按此作答。", [
      { type: "paragraph", text: describeProposal(proposal) },
    ]);
  }

  /** The other admins get the card on which they can decide. */
  private async askOthers(proposal: ProposalRecord, actor: Actor): Promise<number> {
    const others = (await this.options.listAdmins()).filter((account) => account !== actor.account);
    if (others.length === 0) return 0;
    const reply = await this.writeRequest(proposal, actor);
    const told = await Promise.all(
      others.map((account) => this.options.notify(account, `review:${proposal.proposalId}`, reply)),
    );
    return told.filter(Boolean).length;
  }

  private async writeRequest(proposal: ProposalRecord, actor: Actor): Promise<Reply> {
    if (proposal.kind === "publish" && proposal.versionId) {
      const { review } = this.options.publishing;
      return this.showReview(await review.getReview(proposal.versionId, actor), actor);
    }
    return toDeskReply("desk-review", "有一项申请待您复核。", [
      { type: "paragraph", text: describeProposal(proposal) },
      ...writeDecisionBlocks(proposal.proposalId, undefined),
    ]);
  }

  private async tell(
    account: string,
    key: string,
    headline: string,
    proposal: ProposalRecord,
  ): Promise<void> {
    const reply = toDeskReply("desk-done", headline, [
      { type: "paragraph", text: describeProposal(proposal) },
      ...(proposal.decisionReason
        ? [{ type: "paragraph" as const, text: `说明：${proposal.decisionReason}` }]
        : []),
    ]);
    await this.options.notify(account, key, reply);
  }

  /** An id, or words that stand in one title only. */
  private async findDocument(reference: string, actor: Actor): Promise<DocumentId> {
    const { review } = this.options.publishing;
    const all = await review.listDocuments(actor);
    const exact = all.find(({ documentId }) => documentId === reference);
    if (exact) return exact.documentId;
    const named = all.filter(({ title }) => title.includes(reference));
    const [only] = named;
    if (only && named.length === 1) return only.documentId;
    throw new AppError({
      code: "not-found",
      message: `${named.length} documents match the reference`,
      safeMessage:
        named.length === 0
          ? `没有找到“${reference}”。发送“文件列表”可查看编号和标题。`
          : `有 ${named.length} 份文件的标题含“${reference}”，请改用文件编号：${named
              .slice(0, 5)
              .map(({ documentId, title }) => `《${title}》${documentId}`)
              .join("；")}`,
    });
  }
}

const REFUSED =
  "该操作限知识库管理员使用。如需更正或补充文件，请联系园区服务专员；您也可以直接提出政策问题。";
const FILE_REFUSED =
  "暂不能根据您发送的文件作答，请把问题用文字发给我。入库文件由知识库管理员维护，如需补充，请联系园区服务专员。";
const ONLY_DIRECT = "文件管理请在与我的私聊中进行，以免未发布的内容出现在群里。";

function refuse(text: string): Reply {
  return toDeskReply("desk-refused", text, []);
}
