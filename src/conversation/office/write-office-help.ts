import { can } from "../../access/index.ts";
import type { Reply } from "../types.ts";
import type { OfficeTurn } from "./office-parts.ts";
import { list, toOfficeReply } from "./office-reply.ts";

export function writeOfficeHelp({ context }: Pick<OfficeTurn, "context">): Reply {
  const isAdmin = can(context.actor.roles, "manage-triage");
  return toOfficeReply("help", "管理工单服务台的指令：", [
    ...list(
      [
        "登记为区科委专员 姓名（由本人发送，在该部门的群里或私聊均可）；退出专员",
        "部门设置；分派表；分派表 融资；时限设置；日历；答复模板；值班电话",
        "工单统计；工单统计 上周；工单统计 2026-11-01 到 2026-11-15；导出工单统计（管理员，或负责人看本部门）",
        "由工单 0007 起草问答",
      ],
      "专员与负责人：",
    ),
    ...list(
      isAdmin
        ? [
            "在部门的群里@我：本群受理区科委的工单；本群不再受理工单",
            "登记申请；移除专员 姓名 区科委；设为负责人 姓名 区科委；取消负责人 姓名 区科委",
            "融资与基金改由区财政局受理，原因：…（先列明变化，确认后生效）；也可写规则编号",
            "设置历史 分派表；退回设置 分派表 3",
            "分派建议；采纳建议 2 原因：…",
            "答复评价；答复评价 上周",
            "知识缺口；缺口 编号 已补充；缺口 编号 不处理",
          ]
        : [],
      "管理员：",
    ),
    {
      type: "notice",
      text: "设置与统计只在私聊中显示；每次修改都记入操作日志。办理工单的指令见“工单帮助”。",
    },
  ]);
}
