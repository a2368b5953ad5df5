import { AppError } from "../shared/index.ts";
import type { Actor, Operation, Role } from "./types.ts";

/** Drafting a FAQ entry is open to specialists; whatever changes what the public is told is for admins. */
const RIGHTS: Readonly<Record<Role, readonly Operation[]>> = {
  staff: [],
  specialist: ["manage-faq", "read-review", "read-programs", "work-tickets", "read-tickets"],
  admin: [
    "submit-document",
    "review-document",
    "publish-document",
    "withdraw-document",
    "change-visibility",
    "manage-faq",
    "read-review",
    "read-audit",
    "manage-roles",
    "read-answers",
    "read-enterprises",
    "manage-enterprises",
    "read-programs",
    "manage-programs",
    "work-tickets",
    "read-tickets",
    "manage-triage",
    "read-figures",
  ],
  auditor: ["read-review", "read-audit", "read-answers", "read-programs", "read-tickets", "read-figures"],
};

const OPERATION_NAMES: Readonly<Record<Operation, string>> = {
  "submit-document": "提交文件",
  "review-document": "复核文件",
  "publish-document": "发布文件",
  "withdraw-document": "撤下文件",
  "change-visibility": "调整可见范围",
  "manage-faq": "维护常见问答",
  "read-review": "查看待复核文件",
  "read-audit": "查看操作日志",
  "manage-roles": "管理人员权限",
  "read-answers": "查看历史回答",
  "read-enterprises": "查看企业资料",
  "manage-enterprises": "管理企业资料",
  "read-programs": "查看待审核项目",
  "manage-programs": "维护项目目录",
  "work-tickets": "办理工单",
  "read-tickets": "查看工单",
  "manage-triage": "维护分派表与办理时限",
  "read-figures": "查看统计",
};

const ROLE_NAMES: Readonly<Record<Role, string>> = {
  staff: "企业用户",
  specialist: "部门专员",
  admin: "管理员",
  auditor: "审计员",
};

export function can(roles: ReadonlySet<Role>, operation: Operation): boolean {
  return [...roles].some((role) => RIGHTS[role]?.includes(operation) ?? false);
}

/** Throws AppError `forbidden` that says, in Chinese, who can help. */
export function requireRight(actor: Actor, operation: Operation): void {
  if (can(actor.roles, operation)) return;
  const helpers = (["admin", "auditor", "specialist"] as const)
    .filter((role) => RIGHTS[role].includes(operation))
    .map((role) => ROLE_NAMES[role])
    .join("或");
  throw new AppError({
    code: "forbidden",
    message: `${actor.account} may not ${operation}`,
    safeMessage: `抱歉，您的账号暂无“${OPERATION_NAMES[operation]}”的权限，该操作由${helpers}办理。如工作需要，请联系管理员为账号 ${actor.account} 开通相应角色。`,
  });
}
