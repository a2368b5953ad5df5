import { AppError } from "../../shared/index.ts";
import type { ProposalRecord } from "../types.ts";

export function proposalIsOpen(): AppError {
  return new AppError({
    code: "conflict",
    message: "there is an open proposal on the subject",
    safeMessage:
      "该文件（或问答）已有一份待复核的申请。请先处理那份申请（通过、退回或取消），再提交新的申请。",
  });
}

export function cannotBeProposed(state: string): AppError {
  const reasons: Readonly<Record<string, string>> = {
    published: "该版本（修订）已经发布，无需再次申请。",
    "in-review": "该版本（修订）正在复核中，请等待复核结果。",
  };
  return new AppError({
    code: "conflict",
    message: `what is ${state} cannot be proposed`,
    safeMessage: reasons[state] ?? "该版本（修订）的状态不允许提交复核。请查看最新状态后再试。",
  });
}

export function nothingPublished(): AppError {
  return new AppError({
    code: "conflict",
    message: "nothing is published that could be taken back",
    safeMessage: "该文件（或问答）当前没有已发布的内容，无法撤下或回退。请查看最新状态。",
  });
}

export function targetHasChanged(): AppError {
  return new AppError({
    code: "conflict",
    message: "the version is not the one that would be taken back or gone back to",
    safeMessage: "当前发布的版本与您看到的不一致，申请没有提交。请刷新后查看最新版本，再重新申请。",
  });
}

export function alreadyDecided(state: ProposalRecord["state"], decidedBy: string | null): AppError {
  const names = { open: "处理", approved: "通过", rejected: "退回", cancelled: "取消" };
  return new AppError({
    code: "conflict",
    message: `the proposal is ${state}`,
    safeMessage: `这份申请已由 ${decidedBy ?? "他人"} ${names[state]}，本次操作没有生效。请查看最新状态。`,
  });
}

export function baseHasChanged(): AppError {
  return new AppError({
    code: "conflict",
    message: "what is published has changed since the proposal was made",
    safeMessage:
      "提交申请之后，有人更改了该文件（或问答）的发布内容，本次复核没有生效。请重新查看变化；如仍需变更，请取消这份申请并重新提交。",
  });
}

export function unknownProposal(proposalId: string): AppError {
  return new AppError({
    code: "not-found",
    message: `proposal ${proposalId} does not exist`,
    safeMessage: `没有编号为 ${proposalId} 的申请。请核对编号，或在待复核列表中查找。`,
  });
}
