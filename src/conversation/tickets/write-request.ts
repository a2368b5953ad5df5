import type { RoutedDepartment, TicketProposal } from "../../triage/index.ts";
import type { Reply, ReplyBlock } from "../types.ts";
import type { PendingRequest } from "./ticket-dialogue.ts";
import { type EnterpriseBrief, type Language, say } from "./ticket-parts.ts";
import { paragraph, toButton, toTicketReply } from "./ticket-reply.ts";
import { cut, nameUrgency, shortNumber } from "./ticket-words.ts";

const MAX_QUOTED = 300;
/** What a field of a form holds on every platform. */
const MAX_FIELD = 1_000;

export interface RequestCard {
  pending: PendingRequest;
  /** Null: there is no text yet. */
  proposal: TicketProposal | null;
  enterprise: EnterpriseBrief | undefined;
  /** A group reads it: nothing of the enterprise, no contact. */
  isOpenlyShown: boolean;
  /** Absent: files can be sent here. */
  takesFiles?: boolean;
  /** What a person wrote before it: “已改为…”. */
  opening?: string;
}

/** What will be handed over and to whom, before it is. */
export function writeRequest(card: RequestCard): Reply {
  const { pending, proposal, opening } = card;
  const { language } = pending;
  const title = proposal?.safetyNotice
    ? say(
        language,
        "险情请先按上述处置。如需同时转交专员，请核对后提交：",
        "Please deal with the danger first. To pass it on to a person as well, check and submit:",
      )
    : pending.text === ""
      ? say(
          language,
          "可以为您转交专员。请先写明要办的事。",
          "I can pass this on to a person. Please write what it is about.",
        )
      : say(language, "请确认要转交专员的内容：", "Please check what will be passed on:");
  const safety = proposal?.safetyNotice;
  const blocks: ReplyBlock[] = [
    ...(safety ? [paragraph(title)] : []),
    ...(opening ? [paragraph(opening)] : []),
    ...(proposal ? [describeRequest(card, proposal)] : []),
    ...describeSeveral(proposal, language),
    toForm(card),
    paragraph(writeConsent(card)),
    ...offerSimilar(pending),
  ];
  return toTicketReply("ticket-request", language, safety ?? title, blocks);
}

function describeRequest(
  { pending, enterprise, isOpenlyShown }: RequestCard,
  proposal: TicketProposal,
): ReplyBlock {
  const { language, text, context, files, draft } = pending;
  const { classification, routing } = proposal;
  const none = say(language, "无", "none");
  const profile = isOpenlyShown
    ? say(language, "企业概况（内容不在群里显示）", "company profile (not shown in a group)")
    : describeProfile(enterprise, language);
  const items = [
    { label: say(language, "将转交", "To be passed on"), value: `“${cut(text, MAX_QUOTED)}”` },
    ...(context.length > 0
      ? [
          {
            label: say(language, "此前的提问", "Earlier questions"),
            value: context.map((each) => `“${cut(each, 60)}”`).join(say(language, "；", "; ")),
          },
        ]
      : []),
    {
      label: say(language, "受理", "Goes to"),
      value: describeLead(routing.lead, language),
      note: say(language, "按园区分派表", "by the park's routing table"),
    },
    { label: say(language, "类别", "Category"), value: classification.categoryName },
    { label: say(language, "紧急程度", "Urgency"), value: nameUrgency(classification.urgency, language) },
    ...(enterprise
      ? [
          {
            label: say(language, "将一并提供", "Passed on with it"),
            value: pending.share ? profile : say(language, "不提供企业概况", "no company profile"),
          },
        ]
      : []),
    ...(files.length > 0
      ? [
          {
            label: say(language, "附件", "Files"),
            value: files.map(({ name }) => name).join(say(language, "、", ", ")),
          },
        ]
      : []),
    {
      label: say(language, "文件答复", "What the documents say"),
      value: draft ? cut(draft.text, 120) : none,
    },
  ];
  return { type: "fields", items };
}

function describeProfile(enterprise: EnterpriseBrief | undefined, language: Language): string {
  if (!enterprise) return say(language, "无", "none");
  const parts = [enterprise.name ?? say(language, "企业名称未登记", "name not given"), ...enterprise.lines];
  return parts.join(say(language, "；", "; "));
}

function describeLead(lead: readonly RoutedDepartment[], language: Language): string {
  const [first, ...others] = lead.map(({ name, queue }) => (queue ? `${name}（${queue}）` : name));
  if (!first) return say(language, "园区服务台", "the park's service desk");
  if (others.length === 0) return first;
  return say(
    language,
    `${first}（可协同：${others.join("、")}）`,
    `${first} (may work with ${others.join(", ")})`,
  );
}

/** 云上会商: each department with its part. */
function describeSeveral(proposal: TicketProposal | null, language: Language): ReplyBlock[] {
  if (!proposal || proposal.routing.also.length === 0) return [];
  const { classification, routing } = proposal;
  const first = routing.lead[0];
  const all = [...(first ? [first] : []), ...routing.also];
  const items = all.map(({ name, category }) => {
    const words = classification.parts.find((part) => part.category === category)?.words ?? "";
    return words === ""
      ? name
      : say(language, `${name}：“${cut(words, 80)}”`, `${name}: “${cut(words, 80)}”`);
  });
  const title = say(
    language,
    "涉及多个事项，将由各部门在同一工单中会商办理（云上会商）：",
    "Several matters; the departments work on them in one ticket:",
  );
  return [{ type: "list", title, items }];
}

/** A field would cut it off at its end, and what was cut would be lost. */
function isLong(text: string): boolean {
  return [...text].length > MAX_FIELD;
}

function toForm({ pending, enterprise, isOpenlyShown }: RequestCard): ReplyBlock {
  const { language, text, contact, share, requestKey } = pending;
  const values = { request: requestKey };
  return {
    type: "form",
    name: "ticket-request",
    fields: [
      ...(isLong(text)
        ? []
        : [
            {
              name: "text",
              label: say(language, "内容", "Message"),
              kind: "multiline" as const,
              value: text,
              required: true,
            },
          ]),
      ...(isOpenlyShown
        ? []
        : [
            {
              name: "contact",
              label: say(
                language,
                "联系方式（选填，填写即同意提供给承办专员）",
                "Contact (optional; filling it in passes it on)",
              ),
              kind: "text" as const,
              value: contact ?? "",
            },
          ]),
      ...(enterprise
        ? [
            {
              name: "share",
              label: say(language, "是否提供企业概况", "Pass on the company profile"),
              kind: "select" as const,
              value: share ? "yes" : "no",
              options: [
                { value: "yes", label: say(language, "是", "yes") },
                { value: "no", label: say(language, "否", "no") },
              ],
            },
          ]
        : []),
    ],
    submit: toButton("submit", say(language, "提交", "Submit"), {
      style: "primary",
      values,
      command: say(language, "提交", "submit"),
    }),
    more: [
      toButton("drop", say(language, "取消", "Cancel"), { values, command: say(language, "取消", "cancel") }),
    ],
  };
}

function writeConsent({ pending, enterprise, isOpenlyShown, takesFiles = true }: RequestCard): string {
  const { language, text } = pending;
  const consent = say(
    language,
    "在您提交之前，以上内容不会转给任何人；联系方式只提供给承办专员。",
    "Nothing is passed on before you submit. A contact is shown only to the person who takes it.",
  );
  const share = enterprise ? say(language, "“不提供企业概况”", ", “no profile”") : "";
  const contact = isOpenlyShown ? "" : say(language, "“电话 …”", ", “phone …”");
  const typed =
    text === ""
      ? say(language, "也可以直接把内容发给我。", "You can also simply type it.")
      : say(
          language,
          `还可以直接发送“改成：…”${contact}${share}${takesFiles ? "，或发送附件" : ""}。`,
          `You can also type “change to: …”${contact}${share}${takesFiles ? ", or send files" : ""}.`,
        );
  const whole = isLong(text)
    ? say(language, "内容较长，提交时原文照转。", "The text is long; all of it is passed on.")
    : "";
  return [consent, whole, typed].filter((each) => each !== "").join(language === "zh" ? "" : " ");
}

function offerSimilar({ similar, requestKey, language }: PendingRequest): ReplyBlock[] {
  if (!similar) return [];
  const short = shortNumber(similar.number);
  return [
    {
      type: "notice",
      text: say(
        language,
        `您有一张内容相近、正在办理的工单 ${similar.number}，可补充到该工单；如是另一件事，直接提交即可。`,
        `Your open ticket ${similar.number} looks alike. Add this to it, or submit it as a new one.`,
      ),
    },
    {
      type: "actions",
      actions: [
        toButton("add-to", say(language, "补充到该工单", "Add to that ticket"), {
          values: { request: requestKey, ticket: similar.ticketId },
          command: say(language, `补充到 ${short}`, `add to ${short}`),
        }),
        toButton("submit", say(language, "另提一单", "Submit as a new one"), {
          values: { request: requestKey },
          command: say(language, "另提一单", "submit as new"),
        }),
      ],
    },
  ];
}
