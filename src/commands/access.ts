import type { Command } from "commander";
import { toShanghaiDay } from "../shared/index.ts";
import { lookAtDesk, runAtDesk } from "./open-publishing.ts";
import { addOperatorOptions, type OperatorOptions } from "./operator.ts";
import { addSharedOptions, EXIT } from "./run-command.ts";
import { writeColumns } from "./write-columns.ts";

const ROLE_HELP = "角色：staff 企业用户、specialist 部门专员、admin 管理员、auditor 审计员";
const ACCOUNT_HELP = "账号，形如 feishu:ou_xxx、api:系统名";

/** `grant`, `revoke`, `roles`, `token`: who may do what. */
export function addAccessCommands(program: Command): void {
  addGrant(program);
  addRoles(program);
  addToken(program);
}

function addGrant(program: Command): void {
  const change = (name: "grant" | "revoke", description: string) =>
    addOperatorOptions(addSharedOptions(program.command(name)))
      .description(description)
      .argument("<role>", ROLE_HELP)
      .argument("<account>", ACCOUNT_HELP)
      .action((role: string, account: string, options: OperatorOptions) =>
        runAtDesk(options, async ({ application: { access }, by, context }) => {
          const changed = await access[name](account, role, by, options.reason);
          if (context.json) context.printJson({ account, role, outcome: changed ? name : "unchanged" });
          else context.print(changed ? DONE[name](account, role) : UNCHANGED[name](account, role));
          return EXIT.done;
        }),
      );
  change("grant", "授予角色；第一位管理员由此产生");
  change("revoke", "收回角色");
}

const DONE = {
  grant: (account: string, role: string) => `已授予 ${account} 角色 ${role}。`,
  revoke: (account: string, role: string) => `已收回 ${account} 的角色 ${role}。`,
};
const UNCHANGED = {
  grant: (account: string, role: string) => `${account} 已有角色 ${role}，未作改动。`,
  revoke: (account: string, role: string) => `${account} 没有角色 ${role}，未作改动。`,
};

function addRoles(program: Command): void {
  addOperatorOptions(addSharedOptions(program.command("roles")))
    .description("列出已授予的角色")
    .argument("[role]", ROLE_HELP)
    .action((role: string | undefined, options: OperatorOptions) =>
      lookAtDesk(options, async ({ application: { access }, by, context }) => {
        const bindings = await access.list(by, role);
        if (context.json) for (const binding of bindings) context.printJson(binding);
        else if (bindings.length === 0)
          context.print("尚未授予任何角色。用 grant admin feishu:ou_xxx 设定第一位管理员。");
        else {
          const rows = bindings.map((each) => [
            each.account,
            each.role,
            each.grantedBy,
            toShanghaiDay(new Date(each.grantedAt)),
          ]);
          for (const line of writeColumns([["账号", "角色", "授予人", "日期"], ...rows])) context.print(line);
        }
        return EXIT.done;
      }),
    );
}

function addToken(program: Command): void {
  addOperatorOptions(addSharedOptions(program.command("token")))
    .description("为接口账号签发访问令牌（只显示一次）；--revoke 作废该账号的全部令牌")
    .argument("<account>", "接口账号，形如 api:系统名；其权限由 grant 授予")
    .option("--revoke", "作废该账号的全部令牌")
    .action((account: string, options: OperatorOptions & { revoke?: boolean }) =>
      runAtDesk(options, async ({ application: { access }, by, context }) => {
        if (options.revoke) {
          const revoked = await access.revokeTokens(account, by, options.reason);
          if (context.json) context.printJson({ account, revoked });
          else context.print(`已作废 ${account} 的 ${revoked} 个令牌。`);
          return EXIT.done;
        }
        const token = await access.issueToken(account, by, options.reason);
        if (context.json) context.printJson({ account, token });
        else {
          context.print(token);
          context.print("请立即妥善保存：令牌只显示这一次，库内只存其摘要。");
        }
        return EXIT.done;
      }),
    );
}
