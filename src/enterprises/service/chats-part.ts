import { AppError } from "../../shared/index.ts";
import { checkCreditCode } from "../identity/check-credit-code.ts";
import type { EnterpriseService } from "../types.ts";
import { requireChangeable } from "./require-enterprise.ts";
import { type EnterpriseServiceOptions, toEnterprise } from "./service-parts.ts";

type ChatsPart = Pick<EnterpriseService, "bindChat" | "unbindChat" | "boundTo" | "requireSameCode">;

export function createChatsPart(options: EnterpriseServiceOptions): ChatsPart {
  const { store } = options;
  return {
    async bindChat(chat, enterpriseId, by, at) {
      const { creditCode } = await requireChangeable(options, enterpriseId, by);
      if (creditCode === null) throw codeWanted(enterpriseId);
      const bound = await store.boundTo(chat);
      if (bound && bound.enterpriseId !== enterpriseId) throw boundElsewhere(chat);
      await store.bindChat(chat, enterpriseId, at, { actor: by.account });
    },
    async unbindChat(chat, by, at) {
      const bound = await store.boundTo(chat);
      if (!bound) return;
      await requireChangeable(options, bound.enterpriseId, by);
      await store.unbindChat(chat, at, { actor: by.account });
    },
    async boundTo(chat) {
      const bound = await store.boundTo(chat);
      return bound && toEnterprise(bound);
    },
    async requireSameCode(chat, creditCode) {
      const bound = await store.boundTo(chat);
      const said = checkCreditCode(creditCode);
      if (!bound || said.outcome === "none" || bound.creditCode === said.code) return;
      throw boundElsewhere(chat);
    },
  };
}

function codeWanted(enterpriseId: string): AppError {
  return new AppError({
    code: "conflict",
    message: `enterprise ${enterpriseId} has no confirmed credit code`,
    safeMessage: "绑定本群前，请先在与我的私聊中发送并确认贵企业的统一社会信用代码。",
  });
}

/** Does not say which: not everybody in a group may know. */
function boundElsewhere(chat: string): AppError {
  return new AppError({
    code: "conflict",
    message: `chat ${chat} is bound to an enterprise of another code`,
    safeMessage:
      "本群已绑定另一家企业，您发来的统一社会信用代码与之不一致，本次内容未记入。如为笔误，请核对后重发；如要为另一家企业办理，请在与我的私聊中说明；如要更换本群绑定，请由原企业成员或管理员先解除绑定。",
  });
}
