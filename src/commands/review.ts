import type { Command } from "commander";
import type { Actor, Visibility } from "../access/index.ts";
import type { Decision, Impact, ReviewDesk, SubmissionOutcome, VersionDiff } from "../publishing/index.ts";
import { AppError, type DocumentId, type VersionId } from "../shared/index.ts";
import { define, look, type ReviewContext } from "./define-review.ts";
import { reasonOf } from "./open-publishing.ts";
import type { OperatorOptions } from "./operator.ts";
import { EXIT } from "./run-command.ts";

/** `review …`: what administrators do by card, at the command line. */
export function addReviewCommand(program: Command): void {
  const review = program.command("review").description("文件的收取、核对、复核、发布");
  addReceiving(review);
  addLooking(review);
  addDeciding(review);
  addSettings(review);
}

function addReceiving(review: Command): void {
  define<[string], object>(
    review,
    "submit-file <file>",
    "收取一个文件：保存原件，读取，等待提交复核",
    (path) => {
      return async (desk, by, context) => {
        const { DEFAULT_READ_LIMITS, readFileWithin } = await import("../readers/index.ts");
        const { basename } = await import("node:path");
        const bytes = await readFileWithin(path, DEFAULT_READ_LIMITS);
        const file = { bytes, fileName: basename(path), source: "upload" };
        return printOutcome(await desk.receiveFile(file, by), context);
      };
    },
  );
  define<[string], object>(
    review,
    "submit-link <url>",
    "按网址收取文件（仅限允许的网站）",
    (url) => async (desk, by, context) => printOutcome(await desk.receiveLink(url, by), context),
  );
}

function printOutcome({ submission, review, duplicate }: SubmissionOutcome, context: ReviewContext): number {
  if (context.json) context.printJson({ submission, duplicate, review });
  else if (!review) context.print(`未能读取：${submission.failure ?? "原因未知"}（原件已保存）`);
  else {
    context.print(duplicate ? "库内已有完全相同的文件，没有新增版本。" : "已读取，等待提交复核。");
    for (const line of context.words.describeReview(review)) context.print(line);
  }
  return review ? EXIT.done : EXIT.unusableInput;
}

function addLooking(review: Command): void {
  look<[], object>(review, "list", "等待复核的事项", () => async (desk, by, context) => {
    const proposals = await desk.listProposals(by);
    if (context.json) for (const proposal of proposals) context.printJson(proposal);
    else if (proposals.length === 0) context.print("没有等待复核的事项。");
    else for (const proposal of proposals) context.print(context.words.describeProposal(proposal));
    return EXIT.done;
  });
  look<[string], object>(review, "show <version>", "一个版本的元数据、目录、提示", (version) => {
    return async (desk, by, context) => {
      const found = await desk.getReview(version as VersionId, by);
      if (context.json) context.printJson(found);
      else for (const line of context.words.describeReview(found)) context.print(line);
      return EXIT.done;
    };
  });
  look<[string], { from?: string }>(
    review,
    "diff <version>",
    "与现行版本（或 --from 指定的版本）逐条比较",
    (version) => {
      return async (desk, by, context, { from }) => {
        const base = from ?? (await findPublished(desk, version, by));
        const diff = await desk.diff((base ?? null) as VersionId | null, version as VersionId, by);
        printDiff(diff, context);
        return EXIT.done;
      };
    },
  ).option("--from <version>", "旧版本编号");
  look<[string], object>(
    review,
    "impact <version>",
    "发布会改变什么：条款、标准问题的回答、常见问答",
    (version) => {
      return async (desk, by, context) => {
        printImpact(await desk.assessImpact(version as VersionId, by), context);
        return EXIT.done;
      };
    },
  );
  look<[string], object>(review, "status <document>", "一份文件的版本、可见范围和待办", (document) => {
    return async (desk, by, context) => {
      const status = await desk.getStatus(document as DocumentId, by);
      if (context.json) context.printJson(status);
      else for (const line of context.words.describeStatus(status)) context.print(line);
      return EXIT.done;
    };
  });
}

async function findPublished(desk: ReviewDesk, version: string, by: Actor): Promise<string | undefined> {
  const { documentId } = await desk.getReview(version as VersionId, by);
  const status = await desk.getStatus(documentId, by);
  return status.published?.versionId === version ? undefined : status.published?.versionId;
}

function addDeciding(review: Command): void {
  allowOverride(
    define<[string], Override>(
      review,
      "propose <version>",
      "提交复核",
      (version) => async (desk, by, context, options) =>
        printDecision(await desk.submit(version as VersionId, by, given(options)), context),
    ),
  );
  allowOverride(
    define<[string], Override>(
      review,
      "approve <proposal>",
      "复核通过并生效（不能是提出人本人，除非设为一人即可）",
      (proposal) => async (desk, by, context, options) =>
        printDecision(await desk.approve(proposal, by, given(options)), context),
    ),
  );
  define<[string], object>(review, "reject <proposal>", "退回，须给出 --reason", (proposal) => {
    return async (desk, by, context, { reason }) => {
      if (!reason) throw usage("退回须用 --reason 写明原因。");
      const rejected = await desk.reject(proposal, by, reason);
      if (context.json) context.printJson(rejected);
      else context.print(`已退回：${context.words.describeProposal(rejected)}`);
      return EXIT.done;
    };
  });
  define<[string], object>(
    review,
    "cancel <proposal>",
    "取消自己提出的事项",
    (proposal) => async (desk, by, context) => {
      const cancelled = await desk.cancel(proposal, by);
      if (context.json) context.printJson(cancelled);
      else context.print(`已取消：${context.words.describeProposal(cancelled)}`);
      return EXIT.done;
    },
  );
  for (const [name, description] of [
    ["withdraw", "申请撤下文件"],
    ["rollback", "申请回退到上一个已发布版本"],
  ] as const) {
    allowOverride(
      define<[string], Override>(
        review,
        `${name} <document>`,
        description,
        (document) => async (desk, by, context, options) =>
          printDecision(await desk[name](document as DocumentId, by, given(options)), context),
      ),
    );
  }
}

interface Override {
  override?: boolean;
}

function allowOverride(command: Command): Command {
  return command.option("--override", "有回答变差时仍然办理，须同时给出 --reason");
}

function given(options: Override & OperatorOptions) {
  return { ...reasonOf(options), ...(options.override && { override: true }) };
}

function addSettings(review: Command): void {
  define<[string], { set: string[] }>(
    review,
    "correct <version>",
    "更正元数据，形成同一正文的新版本",
    (version) => {
      return async (desk, by, context, { set, reason }) => {
        const { readCorrections } = await import("../conversation/index.ts");
        const corrected = await desk.correctMetadata(
          version as VersionId,
          readCorrections(readPairs(set)),
          by,
          reason,
        );
        if (context.json) context.printJson(corrected);
        else for (const line of context.words.describeReview(corrected)) context.print(line);
        return EXIT.done;
      };
    },
  ).requiredOption("--set <field=value...>", "字段=值，如 expiresOn=2027-01-01；值为空表示未载明");
  define<[string, string], object>(
    review,
    "assign <version> <document|new>",
    "归入某文件成为其新版本；new 表示另立为新文件",
    (version, document) => {
      return async (desk, by, context) => {
        const target = document === "new" ? null : (document as DocumentId);
        const assigned = await desk.assignDocument(version as VersionId, target, by);
        if (context.json) context.printJson(assigned);
        else for (const line of context.words.describeReview(assigned)) context.print(line);
        return EXIT.done;
      };
    },
  );
  define<[string, string], { chat?: string[] }>(
    review,
    "visibility <document> <public|groups|internal>",
    "可见范围：public 公开、groups 指定群组、internal 内部",
    (document, kind) => {
      return async (desk, by, context, { chat = [], reason }) => {
        const status = await desk.setVisibility(
          document as DocumentId,
          readVisibility(kind, chat),
          by,
          reason,
        );
        if (context.json) context.printJson(status);
        else for (const line of context.words.describeStatus(status)) context.print(line);
        return EXIT.done;
      };
    },
  ).option("--chat <chat...>", "groups 的会话，形如 feishu:oc_xxx");
}

function readPairs(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      if (at < 1) throw usage(`“${pair}”应写成 字段=值。`);
      return [pair.slice(0, at).trim(), pair.slice(at + 1)];
    }),
  );
}

function readVisibility(kind: string, chats: string[]): Visibility {
  if (kind === "public" || kind === "internal") return { kind };
  if (kind !== "groups") throw usage(`可见范围“${kind}”不对，应为 public、groups 或 internal。`);
  if (chats.length === 0) throw usage("groups 须用 --chat 给出至少一个会话。");
  return { kind, chats };
}

function usage(safeMessage: string): AppError {
  return new AppError({ code: "usage", message: "bad review arguments", safeMessage });
}

function printDiff(diff: VersionDiff, context: ReviewContext): void {
  if (context.json) context.printJson(diff);
  else for (const line of context.words.writeDiffLines(diff)) context.print(line);
}

function printImpact(impact: Impact, context: ReviewContext): void {
  if (context.json) context.printJson(impact);
  else for (const line of context.words.describeImpact(impact)) context.print(line);
}

function printDecision(decision: Decision, context: ReviewContext): number {
  if (context.json) context.printJson(decision);
  else if (decision.outcome === "blocked") {
    context.print(
      "未生效：该变更会使部分回答变差或失去依据。确需办理的，用 --override 并以 --reason 写明原因。",
    );
    for (const line of context.words.describeImpact(decision.impact)) context.print(line);
  } else {
    const done = decision.outcome === "done" ? "已生效" : "已提交，需另一位管理员复核";
    context.print(`${done}：${context.words.describeProposal(decision.proposal)}`);
  }
  return decision.outcome === "blocked" ? EXIT.failed : EXIT.done;
}
