import type { Refusal, Ticket, TicketTask } from "../types.ts";

const refuse = (code: Refusal["code"], zh: string, en: string): Refusal => ({ code, zh, en });

export const refuseNotYours = (): Refusal =>
  refuse(
    "not-yours",
    "您没有办理该事项的权限；如需参与，请联系承办部门负责人或管理员。",
    "You may not do this on this matter. To take part, ask the department's lead or an administrator.",
  );

export function refuseClaimed(task: TicketTask, nameOf: (account: string) => string | null): Refusal {
  const name = task.assigneeName ?? (task.assignee === null ? null : nameOf(task.assignee));
  return refuse(
    "claimed-by-other",
    `该事项已由${name ?? "另一位专员"}认领，您可查看进展或添加备注。`,
    `${name ?? "Another specialist"} has already taken this matter. You can follow it or add a note.`,
  );
}

export function refuseEnded(ticket: Ticket): Refusal {
  if (ticket.mergedInto !== null)
    return refuse(
      "ended",
      "该工单已并入另一工单，请到合并后的工单中继续办理。",
      "This ticket was merged into another one. Please go on in that ticket.",
    );
  if (ticket.status === "已撤回")
    return refuse(
      "ended",
      "工单已撤回，如仍需办理请重新提交。",
      "This ticket was withdrawn. If the matter is still open, please submit a new request.",
    );
  return refuse(
    "ended",
    "工单已办结，如需继续办理请先重新打开。",
    "This ticket is closed. Please reopen it first to go on with it.",
  );
}

/** One task of several has ended; the ticket goes on. */
export const refuseEndedTask = (task: TicketTask): Refusal =>
  task.state === "cancelled"
    ? refuse(
        "ended",
        "该事项已撤回，无需继续办理。",
        "This matter was withdrawn; nothing is left to be done.",
      )
    : refuse(
        "ended",
        "该事项已办结；如属误操作，可由办结人或部门负责人在时限内撤销办结。",
        "This matter is closed. If that was a mistake, whoever closed it or the department's lead can undo it for a while.",
      );

export const refuseReopenLate = (days: number): Refusal =>
  refuse(
    "too-late",
    `工单办结已超过${days}天，不能再重新打开；如仍需办理，请重新提交。`,
    `The ticket was closed more than ${days} days ago and cannot be reopened. Please submit a new request.`,
  );

export const refuseUndoLate = (minutes: number): Refusal =>
  refuse(
    "too-late",
    `办结已超过${minutes}分钟，不能撤销；如需继续办理，请企业重新打开工单。`,
    `It was closed more than ${minutes} minutes ago and can no longer be undone. The asker may reopen the ticket.`,
  );

export const refuseNotClosed = (): Refusal =>
  refuse(
    "wrong-state",
    "该事项尚未办结，无需撤销办结。",
    "This matter is not closed, so there is nothing to undo.",
  );

export const refuseStillOpen = (): Refusal =>
  refuse(
    "wrong-state",
    "工单正在办理中，无需重新打开；您可直接在原会话中补充说明。",
    "The ticket is still being worked on. There is no need to reopen it; just add your message in the thread.",
  );

export const refuseRateEarly = (): Refusal =>
  refuse(
    "wrong-state",
    "工单办结后方可评价，感谢您的关注。",
    "A ticket can be rated once it has been closed. Thank you.",
  );

const STATE_NAMES = {
  queued: ["待认领", "waiting to be taken"],
  claimed: ["处理中", "being worked on"],
  asking: ["待企业补充", "waiting for the asker"],
  answered: ["已回复", "answered"],
  closed: ["已办结", "closed"],
  cancelled: ["已撤回", "withdrawn"],
} as const;

export function refuseState({ state }: TicketTask): Refusal {
  const [zh, en] = STATE_NAMES[state];
  return refuse(
    "wrong-state",
    `该事项目前“${zh}”，不能进行此操作；请查看最新工单状态后再试。`,
    `This matter is ${en}, so this cannot be done now. Please look at the ticket's present state.`,
  );
}

export const refuseUnknownTask = (): Refusal =>
  refuse(
    "unknown-task",
    "未找到该事项，请查看最新工单后再试。",
    "There is no such matter in this ticket. Please look at the latest card.",
  );

export const refuseUnknownDepartment = (): Refusal =>
  refuse(
    "unknown-department",
    "分派表中没有该部门，请从部门列表中选择，或联系管理员添加。",
    "The routing table has no such department. Please choose from the list or ask an administrator to add it.",
  );

export const refuseUnknownPerson = (): Refusal =>
  refuse(
    "unknown-person",
    "未在部门名单中找到该人员，请从名单中选择，或联系管理员添加。",
    "This person is not on the departments' lists. Please choose from the list or ask an administrator to add them.",
  );

export const refuseNoFallback = (): Refusal =>
  refuse(
    "unknown-department",
    "尚未设置兜底部门，无法退回；请转派到其他部门，或联系管理员设置。",
    "No fallback department is set, so it cannot be returned. Please transfer it, or ask an administrator to set one.",
  );

export const refuseSamePlace = (): Refusal =>
  refuse(
    "same-place",
    "该事项已在所选部门或人员处，无需再次转派。",
    "This matter is already there; no transfer is needed.",
  );

export const refuseReturnHere = (): Refusal =>
  refuse(
    "same-place",
    "该事项已在兜底部门，不能再退回；请转派到合适的部门，或直接办理。",
    "This matter is already with the fallback department. Please transfer it to a fitting department or handle it.",
  );

export const refuseDepartmentThere = (): Refusal =>
  refuse(
    "same-place",
    "该部门已在办理本工单的事项，无需重复添加。",
    "This department already works on this ticket; it need not be added again.",
  );

export const refuseSameTicket = (): Refusal =>
  refuse("same-place", "不能将工单并入自身，请选择另一工单。", "A ticket cannot be merged into itself.");

export const refuseTextMissing = (what: string, whatEn: string): Refusal =>
  refuse("text-missing", `请填写${what}后再提交。`, `Please write ${whatEn} before sending.`);

export const refuseTooLong = (what: string, whatEn: string, length: number, max: number): Refusal =>
  refuse(
    "text-too-long",
    `${what}共${length}字，超过${max}字的上限，请精简，或将详细内容作为附件发送。`,
    `The ${whatEn} has ${length} characters; at most ${max} are allowed. Please shorten it or attach a file.`,
  );

export const refuseReasonMissing = (): Refusal =>
  refuse(
    "reason-missing",
    "请填写原因，便于后续部门接续办理。",
    "Please give a reason for those who go on with it.",
  );

export const refuseRated = (): Refusal =>
  refuse(
    "already-rated",
    "您已对本工单作出评价，感谢您的反馈。",
    "You have already rated this ticket. Thank you.",
  );

export const refuseScore = (): Refusal =>
  refuse("bad-score", "请选择1至5分的整数分值。", "Please choose a whole score from 1 to 5.");
