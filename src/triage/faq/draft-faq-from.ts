import type { FaqDraft } from "../desk/desk-parts.ts";
import { foldUnits } from "../redact/fold-units.ts";
import type { KnownPersonalData } from "../redact/redact-types.ts";
import type { Ticket, TicketEvent } from "../types.ts";
import { cautionReviewer } from "./caution-reviewer.ts";
import { findAnswer } from "./clean-answer.ts";
import { rewriteQuestion } from "./rewrite-question.ts";

/** Limits of a frequent question. */
const MAX_ANSWER = 4000;
const MAX_SOURCES = 20;
const MAX_QUOTE = 2000;

export interface FaqDraftOptions {
  /** Default: the department's id stands as the owner. */
  departmentNames?: Readonly<Record<string, string>>;
  /** Known beyond the ticket. */
  known?: KnownPersonalData;
}

export type FaqDraftOutcome = (FaqDraft & { cautions: readonly string[] }) | { refused: string };

/** A ticket that a person answered, as the draft of a frequent question for an administrator to review. Pure. */
export function draftFaqFrom(
  ticket: Ticket,
  events: readonly TicketEvent[],
  options: FaqDraftOptions = {},
): FaqDraftOutcome {
  const refused = whyNot(ticket);
  if (refused !== null) return { refused };
  const names = options.departmentNames ?? {};
  const known = gatherKnown(ticket, events, options);
  const answer = findAnswer(ticket, events, known);
  if (answer.text === "")
    return { refused: "这张工单没有可用的人工答复（没有答复，或已被撤回、只有客套），不能据以起草问答。" };
  const { question, removed } = rewriteQuestion(ticket.text, known);
  if (question === "")
    return { refused: "去掉称呼和个人信息后，这张工单没有剩下可以普遍回答的问题，请由管理员直接编写问答。" };
  const sources = listSources(ticket);
  const cautions = cautionReviewer(ticket, answer, { question: removed, answer: answer.removed }, sources);
  if (answer.text.length > MAX_ANSWER)
    cautions.unshift(`答复超过 ${MAX_ANSWER} 字，草稿只保留前一部分，请精简。`);
  const owner = answer.departments.map((department) => names[department] ?? department).join("、");
  return { question, answer: answer.text.slice(0, MAX_ANSWER), sources, owner, cautions };
}

function whyNot({ status, classification }: Ticket): string | null {
  if (status === "已合并") return "这张工单已并入另一张，请在那一张上起草问答。";
  if (status === "已撤回") return "这张工单已由提问人撤回，不能据以起草问答。";
  if (status !== "已回复" && status !== "已办结") return "这张工单还没有办结，请在答复之后再起草问答。";
  if (classification.spam) return "这张工单被识别为无关信息，不能据以起草问答。";
  if (classification.safety) return "这张工单涉及险情，属于个案，不宜编成常见问答。";
  return null;
}

/** Who asked and who answered; the names of departments and documents are no secrets. */
function gatherKnown(
  ticket: Ticket,
  events: readonly TicketEvent[],
  { departmentNames = {}, known = {} }: FaqDraftOptions,
): KnownPersonalData {
  const people = [
    ticket.asker.name,
    ...ticket.tasks.map(({ assigneeName }) => assigneeName),
    ...events.map(({ byName }) => byName),
    ...(foldUnits(ticket.contact ?? "").match(
      /(?<![\p{Script=Han}])\p{Script=Han}{2,4}(?![\p{Script=Han}])/gu,
    ) ?? []),
  ];
  return {
    names: [...people.filter((name): name is string => !!name && !isTitle(name)), ...(known.names ?? [])],
    enterprises: [...(ticket.enterprise?.name ? [ticket.enterprise.name] : []), ...(known.enterprises ?? [])],
    keep: [
      ...Object.values(departmentNames),
      ...(ticket.draft?.citations ?? []).map(({ title }) => title),
      ...(known.keep ?? []),
    ],
  };
}

/** What stands for a person without naming one. */
function isTitle(name: string): boolean {
  return /^(?:手机|电话|微信|邮箱|联系人|联系|系统|管理员|专员|经理|负责人)$/u.test(name);
}

function listSources({ draft }: Ticket): FaqDraft["sources"] {
  const seen = new Set<string>();
  return (draft?.citations ?? [])
    .filter(({ documentId, section, quote }) => {
      const key = JSON.stringify([documentId, section, quote]);
      if (quote.trim() === "" || quote.length > MAX_QUOTE || seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .slice(0, MAX_SOURCES)
    .map(({ documentId, section, quote }) => ({ documentId, section, quote }));
}
