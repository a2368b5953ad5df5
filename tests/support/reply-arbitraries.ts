import fc from "fast-check";
import type { Reply, ReplyAction, ReplyBlock } from "../../src/conversation/index.ts";

/** Words of any kind, with line ends, marks and characters of two code units. */
const text = fc
  .array(
    fc.constantFrom("支持", "企业", "。", "，", "\n", "𠮷", "100万元", " ", "Fund", "；", "**", "第三条"),
    {
      minLength: 1,
      maxLength: 40,
    },
  )
  .map((words) => `文${words.join("")}字`);
const short = fc.stringMatching(/^[一-龥]{1,8}$/);

const action: fc.Arbitrary<ReplyAction> = fc
  .record({ name: short, label: short, command: fc.option(short, { nil: undefined }) })
  .map(({ name, label, command }) => ({
    name,
    label,
    style: "default" as const,
    values: { a: "b" },
    ...(command !== undefined && { command }),
  }));

const source = { title: short, section: short, quote: text };

const block: fc.Arbitrary<ReplyBlock> = fc.oneof(
  fc.record({ type: fc.constant("paragraph" as const), text }),
  fc.record({ type: fc.constant("paragraph" as const), text, role: fc.constant("next-step" as const) }),
  fc.record({ type: fc.constant("list" as const), items: fc.array(text, { maxLength: 6 }) }),
  fc.record({
    type: fc.constant("citation" as const),
    index: fc.integer({ min: 1, max: 9 }),
    status: short,
    heading: fc.array(short, { maxLength: 2 }),
    ...source,
  }),
  fc.record({ type: fc.constant("notice" as const), text }),
  fc.record({ type: fc.constant("heading" as const), text: short }),
  fc.record({
    type: fc.constant("fields" as const),
    items: fc.array(fc.record({ label: short, value: text }), { maxLength: 5 }),
  }),
  fc.record({
    type: fc.constant("actions" as const),
    actions: fc.array(action, { minLength: 1, maxLength: 5 }),
  }),
  fc.record({
    type: fc.constant("form" as const),
    name: short,
    fields: fc.array(fc.record({ name: short, label: short, kind: fc.constant("text" as const) }), {
      maxLength: 3,
    }),
    submit: action,
    more: fc.array(action, { maxLength: 2 }),
  }),
  fc.record({ type: fc.constant("picture" as const), fileId: short, alt: text }),
  fc.record({
    type: fc.constant("file" as const),
    fileId: short,
    name: short,
    mediaType: fc.constant("application/pdf"),
    bytes: fc.nat(),
  }),
  fc.record({
    type: fc.constant("program" as const),
    programId: short,
    rank: fc.constant(null),
    name: short,
    kind: short,
    verdict: fc.constant("likely" as const),
    verdictLabel: short,
    status: short,
    criteria: fc.array(
      fc.record({
        text: short,
        verdict: fc.constant("unknown" as const),
        label: short,
        section: short,
        quote: text,
      }),
      { maxLength: 4 },
    ),
    quotes: fc.array(fc.record(source), { maxLength: 3 }),
    notStated: fc.array(short, { maxLength: 3 }),
    cautions: fc.array(short, { maxLength: 2 }),
    nextStep: text,
    compact: fc.constant(false),
  }),
);

/** Replies of every kind of block, as no skill would write them. */
export const replyArbitrary: fc.Arbitrary<Reply> = fc
  .record({
    language: fc.constantFrom("zh" as const, "en" as const),
    headline: text,
    blocks: fc.array(block, { maxLength: 8 }),
  })
  .map((reply) => ({ ...reply, kind: "answered", plainText: reply.headline, generatedByAi: false }));

export const capabilitiesArbitrary = fc.record(
  { buttons: fc.boolean(), forms: fc.boolean(), pictures: fc.boolean(), files: fc.boolean() },
  { requiredKeys: [] },
);
