import type { Knex } from "knex";
import { AppError } from "../../shared/index.ts";
import { appendAudit, describeChange } from "../audit/append-audit.ts";
import { changeWithin } from "../change-lock.ts";
import type { Database } from "../dialect.ts";
import { toInstant, toText } from "../row-values.ts";
import type { ChangeOrigin, EnterpriseStore } from "../types.ts";
import {
  type EnterpriseRow,
  enterpriseSubject,
  requireEnterprise,
  toEnterpriseRecord,
} from "./enterprise-rows.ts";

type ChatsPart = Pick<EnterpriseStore, "bindChat" | "unbindChat" | "boundTo" | "chatsOf">;

export function createChats({ read, write }: Database): ChatsPart {
  return {
    bindChat: (chat, enterpriseId, at, origin) =>
      changeWithin(write, (transaction) => bind(transaction, chat, enterpriseId, at, origin)),
    unbindChat: (chat, at, origin) =>
      changeWithin(write, (transaction) => unbind(transaction, chat, at, origin)),
    async boundTo(chat) {
      const row: EnterpriseRow | undefined = await read("chat_bindings as c")
        .join("enterprises as e", "e.enterprise_id", "c.enterprise_id")
        .where("c.chat", toText(chat))
        .first("e.*");
      return row && toEnterpriseRecord(row);
    },
    async chatsOf(enterpriseId) {
      const key = { enterprise_id: toText(enterpriseId) };
      return read("chat_bindings").where(key).orderBy("chat").pluck("chat");
    },
  };
}

async function bind(
  transaction: Knex.Transaction,
  chat: string,
  enterpriseId: string,
  at: Date,
  origin: ChangeOrigin,
): Promise<void> {
  const { enterprise_id } = await requireEnterprise(transaction, enterpriseId);
  const bound: { enterprise_id: string } | undefined = await transaction("chat_bindings")
    .where("chat", toText(chat))
    .first("enterprise_id");
  if (bound?.enterprise_id === enterprise_id) return;
  if (bound) {
    throw new AppError({
      code: "conflict",
      message: `chat ${chat} is bound to another enterprise`,
      safeMessage: "本群已绑定另一家企业，本次没有更改。如需更换，请先由原企业成员或管理员解除绑定。",
    });
  }
  await transaction("chat_bindings").insert({ chat: toText(chat), enterprise_id, bound_at: toInstant(at) });
  const subject = enterpriseSubject(enterprise_id);
  await appendAudit(transaction, describeChange("enterprise.bind", subject, { chat }, at, origin));
}

async function unbind(
  transaction: Knex.Transaction,
  chat: string,
  at: Date,
  origin: ChangeOrigin,
): Promise<boolean> {
  const binding = { chat: toText(chat) };
  const row: { enterprise_id: string } | undefined = await transaction("chat_bindings")
    .where(binding)
    .first("enterprise_id");
  if (!row) return false;
  await transaction("chat_bindings").where(binding).delete();
  const subject = enterpriseSubject(row.enterprise_id);
  await appendAudit(transaction, describeChange("enterprise.unbind", subject, { chat }, at, origin));
  return true;
}
