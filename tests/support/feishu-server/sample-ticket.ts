import type { Reply, ReplyBlock } from "../../../src/conversation/index.ts";
import { sampleReply } from "./run-channel.ts";

/** A specialist's card with everything that one may have. The enterprise and the people are invented. */
export function sampleTicket(overrides: Partial<Reply> = {}): Reply {
  const blocks: ReplyBlock[] = [
    {
      type: "fields",
      items: [
        { label: "状态", value: "待认领" },
        { label: "企业", value: "青岚智造（虚构）" },
        { label: "首次响应", value: "2026-11-24 10:30 前" },
      ],
    },
    { type: "paragraph", text: "研发费用加计扣除和高企认定，应当先办哪一项？" },
    {
      type: "list",
      title: "此前的提问",
      items: ["高企认定的条件是什么？", "认定后有没有奖励？", "加计扣除的比例是多少？", "在哪里申报？"],
    },
    citation(1),
    citation(2),
    {
      type: "form",
      name: "reply",
      fields: [{ name: "text", label: "答复", kind: "multiline", required: true }],
      submit: { name: "ticket.reply", label: "答复", style: "primary", values: { task: "t1" } },
      more: [
        { name: "ticket.ask", label: "追问", style: "default", values: { task: "t1" } },
        {
          name: "ticket.close",
          label: "办结",
          style: "danger",
          values: { task: "t1" },
          confirm: "办结后企业会收到通知，确定？",
        },
      ],
    },
    {
      type: "actions",
      actions: [{ name: "ticket.claim", label: "认领", style: "primary", values: { task: "t1" } }],
    },
  ];
  return sampleReply({ kind: "ticket-card", headline: "工单 20261123-0007 · 税务", blocks, ...overrides });
}

function citation(index: number): ReplyBlock {
  return {
    type: "citation",
    index,
    title: "云川市科技创新券管理办法（虚构）",
    status: "现行有效",
    section: `第${index}条`,
    heading: ["第一章 总则"],
    quote: `第${index}条 创新券用于购买研发服务，不得转让、买卖。`,
  };
}

export interface Tagged {
  tag?: string;
  name?: string;
  behaviors?: { value: { name: string; values: Record<string, string> } }[];
  [key: string]: unknown;
}

/** Everything in a card that has this tag, in reading order. */
export function findTagged(value: unknown, tag: string): Tagged[] {
  if (typeof value === "string") return findTagged(JSON.parse(value), tag);
  if (Array.isArray(value)) return value.flatMap((each) => findIn(each, tag));
  return findIn(value, tag);
}

function findIn(value: unknown, tag: string): Tagged[] {
  if (Array.isArray(value)) return value.flatMap((each) => findIn(each, tag));
  if (typeof value !== "object" || value === null) return [];
  const own = (value as Tagged).tag === tag ? [value as Tagged] : [];
  return [...own, ...Object.values(value).flatMap((each) => findIn(each, tag))];
}

/** What a button of the card carries. */
export function findValue(content: string | undefined, action: string): object {
  const values = findTagged(content ?? "{}", "button").flatMap(({ behaviors }) => behaviors ?? []);
  const found = values.find(({ value }) => value.name === action);
  if (!found) throw new Error(`no button ${action}`);
  return found.value;
}
