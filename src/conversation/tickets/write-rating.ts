import type { Ticket } from "../../triage/index.ts";
import type { Reply, ReplyBlock } from "../types.ts";
import { type Language, say } from "./ticket-parts.ts";
import { paragraph, toButton, toTicketReply } from "./ticket-reply.ts";
import { shortNumber } from "./ticket-words.ts";

/** 1–5 with a comment, as one form: a tap is the rating. */
export function writeRating(ticket: Pick<Ticket, "ticketId" | "number">, language: Language): ReplyBlock {
  const short = shortNumber(ticket.number);
  const labels: readonly [number, string, string][] = [
    [5, "5 非常满意", "5 very good"],
    [4, "4 满意", "4 good"],
    [3, "3 一般", "3 fair"],
    [2, "2 不满意", "2 poor"],
    [1, "1 非常不满意", "1 very poor"],
  ];
  const [best, ...others] = labels.map(([score, zh, en]) =>
    toButton("rate", say(language, zh, en), {
      values: { ticket: ticket.ticketId, score: String(score) },
      style: score === 5 ? "primary" : "default",
      command: say(language, `评价 ${short} ${score}`, `rate ${short} ${score}`),
    }),
  );
  return {
    type: "form",
    name: "ticket-rate",
    fields: [
      {
        name: "comment",
        label: say(
          language,
          "对本次办理的评价（意见选填，点分数即提交）",
          "How was it? (comment optional; tap a score to send)",
        ),
        kind: "text",
      },
    ],
    submit: best ?? toButton("rate", "5", { values: { ticket: ticket.ticketId, score: "5" } }),
    more: others,
  };
}

/** Where a person writes what they want to add. */
export function writeAddForm(
  ticket: Pick<Ticket, "ticketId" | "number">,
  language: Language,
  takesFiles = true,
): Reply {
  const short = shortNumber(ticket.number);
  return toTicketReply(
    "ticket-form",
    language,
    say(
      language,
      `请填写要补充到工单 ${ticket.number} 的内容：`,
      `What would you like to add to ticket ${ticket.number}?`,
    ),
    [
      {
        type: "form",
        name: "ticket-add",
        fields: [
          { name: "text", label: say(language, "补充内容", "Message"), kind: "multiline", required: true },
        ],
        submit: toButton("say", say(language, "提交", "Send"), {
          style: "primary",
          values: { ticket: ticket.ticketId },
          command: say(language, `补充 ${short} …`, `add ${short} …`),
        }),
      },
      paragraph(
        say(
          language,
          `也可以直接发送“补充 ${short} 内容”${takesFiles ? "，附件随这条消息一起发" : ""}。`,
          `Or send “add ${short} …”${takesFiles ? ", with files in the same message" : ""}.`,
        ),
      ),
    ],
  );
}
