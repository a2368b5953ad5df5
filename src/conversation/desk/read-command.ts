import type { InboundMessage } from "../types.ts";

/** What an administrator asks the desk to do. References are ids, or words of a title. */
export type DeskCommand =
  | { do: "list"; search: string }
  | { do: "pending" }
  | { do: "help" }
  | { do: "status"; document: string }
  | { do: "review"; version: string }
  | { do: "impact"; version: string }
  | { do: "proposal"; proposal: string }
  | { do: "submit"; version: string; reason: string; override: boolean }
  | { do: "approve"; proposal: string; reason: string; override: boolean }
  | { do: "reject"; proposal: string; reason: string }
  | { do: "cancel"; proposal: string }
  | { do: "rollback"; document: string; reason: string; override: boolean }
  | { do: "withdraw"; document: string; reason: string; override: boolean }
  | { do: "correct"; version: string; fields: Readonly<Record<string, string>> }
  | { do: "assign"; version: string; document: string }
  | { do: "visibility"; document: string; scope: VisibilityScope; reason: string }
  | { do: "link"; url: string };

/** `here`: for the group in which it is said. */
export type VisibilityScope = "public" | "internal" | "here";

/** Buttons of the desk's cards are named so. */
const DESK_ACTION_PREFIX = "kb.";

/** A pressed button or a typed command; undefined for everything else, questions above all. */
export function readDeskCommand(message: Pick<InboundMessage, "text" | "action">): DeskCommand | undefined {
  return message.action ? readAction(message.action) : readTyped(message.text.normalize("NFC").trim());
}

function readAction({
  name,
  values,
  form = {},
}: NonNullable<InboundMessage["action"]>): DeskCommand | undefined {
  if (!name.startsWith(DESK_ACTION_PREFIX)) return undefined;
  const read = (key: string) => (values[key] ?? "").trim();
  const reason = (form["reason"] ?? values["reason"] ?? "").trim();
  const override = read("override") === "yes";
  switch (name.slice(DESK_ACTION_PREFIX.length)) {
    case "list":
      return { do: "list", search: read("search") };
    case "pending":
      return { do: "pending" };
    case "status":
      return { do: "status", document: read("document") };
    case "review":
      return { do: "review", version: read("version") };
    case "impact":
      return { do: "impact", version: read("version") };
    case "submit":
      return { do: "submit", version: read("version"), reason, override };
    case "proposal":
      return { do: "proposal", proposal: read("proposal") };
    case "approve":
      return { do: "approve", proposal: read("proposal"), reason, override };
    case "reject":
      return { do: "reject", proposal: read("proposal"), reason };
    case "cancel":
      return { do: "cancel", proposal: read("proposal") };
    case "rollback":
      return { do: "rollback", document: read("document"), reason, override };
    case "withdraw":
      return { do: "withdraw", document: read("document"), reason, override };
    case "visibility": {
      const scope = readScope(form["scope"] ?? "");
      return scope && { do: "visibility", document: read("document"), scope, reason };
    }
    case "correct":
      return { do: "correct", version: read("version"), fields: form };
    case "assign":
      return { do: "assign", version: read("version"), document: read("document") };
    default:
      return undefined;
  }
}

/** `回退文件 名称 原因`: the reason follows the reference after a blank or `，原因：`. */
const REFERENCE = String.raw`[\s:：]*[《“"]?(?<reference>[^\s，,。；;》”"]+)[》”"]?(?:[\s，,；;]+(?:原因[是为:：]?\s*)?(?<reason>.+))?`;

const SCOPES: Readonly<Record<string, VisibilityScope>> = {
  公开: "public",
  内部: "internal",
  本群: "here",
  public: "public",
  internal: "internal",
  here: "here",
};

function readScope(text: string): VisibilityScope | undefined {
  return Object.hasOwn(SCOPES, text) ? SCOPES[text] : undefined;
}

const TYPED: readonly [RegExp, (reference: string, reason: string) => DeskCommand | undefined][] = [
  [/^(?:文件列表|文件清单|知识库文件|列出文件|\/kb(?:\s+list)?)$/i, () => ({ do: "list", search: "" })],
  [/^(?:待复核|待复核文件|待办|\/kb\s+pending)$/i, () => ({ do: "pending" })],
  [/^(?:管理帮助|管理员帮助|\/kb\s+help)$/i, () => ({ do: "help" })],
  [
    /^(?:搜索文件|查找文件|找文件|\/kb\s+search)[\s:：]+(?<reference>.+)$/i,
    (search) => ({ do: "list", search }),
  ],
  [typed("文件状态|\\/kb\\s+status"), (document) => ({ do: "status", document })],
  [
    typed("可见范围|\\/kb\\s+visibility"),
    (document, rest) => {
      const [, word = "", reason = ""] = /^(\S+)(?:\s+(?:原因[是为:：]?\s*)?(.+))?$/u.exec(rest) ?? [];
      const scope = readScope(word);
      return scope && { do: "visibility", document, scope, reason };
    },
  ],
  [typed("查看版本|\\/kb\\s+review"), (version) => ({ do: "review", version })],
  [typed("影响预览|\\/kb\\s+impact"), (version) => ({ do: "impact", version })],
  [typed("查看申请|\\/kb\\s+proposal"), (proposal) => ({ do: "proposal", proposal })],
  [
    typed("提交复核|\\/kb\\s+submit"),
    (version, reason) => ({ do: "submit", version, reason, override: false }),
  ],
  [
    typed("仍然通过|仍然发布|\\/kb\\s+override"),
    (proposal, reason) => ({ do: "approve", proposal, reason, override: true }),
  ],
  [
    typed("复核通过|同意发布|\\/kb\\s+approve"),
    (proposal, reason) => ({ do: "approve", proposal, reason, override: false }),
  ],
  [typed("退回申请|退回修改|\\/kb\\s+reject"), (proposal, reason) => ({ do: "reject", proposal, reason })],
  [typed("取消申请|\\/kb\\s+cancel"), (proposal) => ({ do: "cancel", proposal })],
  [
    typed("回退文件|\\/kb\\s+rollback"),
    (document, reason) => ({ do: "rollback", document, reason, override: false }),
  ],
  [
    typed("撤下文件|\\/kb\\s+withdraw"),
    (document, reason) => ({ do: "withdraw", document, reason, override: false }),
  ],
];

function typed(words: string): RegExp {
  return new RegExp(`^(?:${words})(?=[\\s:：《“"])${REFERENCE}$`, "iu");
}

function readTyped(text: string): DeskCommand | undefined {
  if (/^https?:\/\/\S+$/i.test(text)) return { do: "link", url: text };
  for (const [pattern, make] of TYPED) {
    const match = pattern.exec(text);
    if (match)
      return make((match.groups?.["reference"] ?? "").trim(), (match.groups?.["reason"] ?? "").trim());
  }
  return undefined;
}
