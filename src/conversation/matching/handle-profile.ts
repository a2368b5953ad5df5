import {
  describeProfile,
  type Fact,
  type FieldId,
  profileForm,
  readForm,
  type Understanding,
} from "../../enterprises/index.ts";
import type { Reply, ReplyBlock } from "../types.ts";
import { describeField } from "./describe-fact.ts";
import { toButton, toMatchReply } from "./match-reply.ts";
import { findKnown, type MatchTurn, openKnown, peekKnown } from "./match-turn.ts";
import { type Language, say } from "./matching-parts.ts";
import { matchNow, showResult } from "./show-result.ts";
import { takeWords } from "./take-words.ts";
import { orderFacts, writeDoubts, writeKnown } from "./write-known.ts";

/** In the form beside what is asked next. */
const CORE_FIELDS: readonly FieldId[] = [
  ...["name", "credit-code", "industry-words", "stage", "founded-on", "district", "headcount"],
  ...["revenue", "rd-expense", "qualifications", "needs"],
];
const MAX_FORM_FIELDS = 12;

/** Said above the rest, as registered. */
const IDENTITY: ReadonlySet<FieldId> = new Set(["name", "credit-code"]);

/** “我的资料”. */
export async function showMine(turn: MatchTurn): Promise<Reply> {
  const { language, options } = turn;
  const known = await findKnown(turn);
  if (!known || (known.profile.facts.size === 0 && known.enterprise.name === null)) {
    const line = say(language, "目前没有保存您的企业资料。", "Nothing is kept about your company.");
    return toMatchReply("match-profile", language, line, writeFormHint(language));
  }
  const { enterprise, profile } = known;
  const identity = [
    {
      label: say(language, "企业", "Company"),
      value: enterprise.name ?? say(language, "未登记", "not given"),
    },
    {
      label: say(language, "统一社会信用代码", "Credit code"),
      value: enterprise.creditCode ?? say(language, "未登记", "not given"),
    },
  ];
  const viewer = turn.context.actor.account;
  const rows = describeProfile(profile, options.lexicon, { viewer, language }).filter(
    ({ field }) => !IDENTITY.has(field),
  );
  return toMatchReply("match-profile", language, say(language, "您的企业资料：", "Your company:"), [
    {
      type: "fields",
      items: [...identity, ...rows.map(({ label, value, note }) => ({ label, value, note }))],
    },
    ...writeDoubts(profile, [], options.lexicon, language),
    {
      type: "actions",
      actions: [
        toButton("corrections", say(language, "更正", "Correct"), {
          command: say(language, "更正", "correct"),
        }),
        toButton("export", say(language, "导出我的数据", "Export my data"), {
          command: say(language, "导出我的数据", "export my data"),
        }),
        toButton("delete", say(language, "删除我的数据", "Delete my data"), {
          style: "danger",
          command: say(language, "删除我的数据", "delete my data"),
        }),
      ],
    },
  ]);
}

function writeFormHint(language: Language): ReplyBlock[] {
  const button = toButton("form", say(language, "补充信息", "Add information"), {
    command: say(language, "补充信息", "form"),
  });
  return [{ type: "actions", actions: [button] }];
}

/** 补充信息: what is asked next first, then the core of a profile; empty fields change nothing. */
export async function showForm(turn: MatchTurn): Promise<Reply> {
  const { language, options } = turn;
  const known = await peekKnown(turn);
  const result = await matchNow(turn, known);
  const wanted = [...new Set([...result.ask.map(({ field }) => field), ...CORE_FIELDS])].slice(
    0,
    MAX_FORM_FIELDS,
  );
  const headline = say(
    language,
    "请填写知道的几项即可，不清楚的留空。也可以直接用一句话告诉我。",
    "Fill in what you know and leave the rest empty. A sentence will do as well.",
  );
  const fields = profileForm(known.profile, options.lexicon, wanted).map((field) => ({
    ...field,
    label: describeField(field.name, options.lexicon, language),
  }));
  return toMatchReply("match-form", language, headline, [
    {
      type: "form",
      name: "profile",
      fields,
      submit: toButton("supply", say(language, "提交", "Submit"), { style: "primary" }),
    },
    {
      type: "paragraph",
      text: say(
        language,
        `不用表单时，请逐项写成一句话发送，例如“${fields
          .slice(0, 2)
          .map(({ label }) => `${label}：…`)
          .join("，")}”。`,
        "Without a form, just write them in one sentence.",
      ),
    },
  ]);
}

/** The submitted form, against what stood in it: what came back as it was changes nothing. */
export async function takeForm(turn: MatchTurn, fields: Readonly<Record<string, string>>): Promise<Reply> {
  const { options, today, context, at } = turn;
  const { enterprise, profile } = await openKnown(turn);
  const read = readForm(fields, profile, options.lexicon, options.reader, { today, profile });
  for (const field of read.emptied) {
    await options.enterprises.forget(enterprise.enterpriseId, field, context.actor, at);
  }
  // What is written over something in a form is meant to take its place.
  const facts = read.facts.map((fact) => ({ ...fact, correction: true, start: 0, end: 0 }));
  return takeWords(turn, { ...NOTHING, facts, problems: read.problems }, "form");
}

const NOTHING: Understanding = { facts: [], problems: [], declined: [], aboutSelf: true, wishesMatch: false };

/** A tapped answer; empty: not known. */
export async function takeAnswer(turn: MatchTurn, field: string, value: string): Promise<Reply | undefined> {
  const { options, today } = turn;
  if (!options.lexicon.fields.has(field)) return undefined;
  if (value === "") return takeWords(turn, { ...NOTHING, declined: [field] }, "card");
  const { profile } = await peekKnown(turn);
  const read = options.reader.readValue(field, value, { today, asked: [field], profile });
  if (!read) return undefined;
  if ("problem" in read) return takeWords(turn, { ...NOTHING, problems: [read.problem] }, "card");
  return takeWords(
    turn,
    { ...NOTHING, facts: [{ ...read.fact, start: 0, end: 0, correction: true }] },
    "card",
  );
}

const MAX_FORGET_BUTTONS = 6;

/** 更正: what is known, how to write it right, a tap to take a fact out. */
export async function showCorrections(turn: MatchTurn): Promise<Reply> {
  const { language, options } = turn;
  const known = await findKnown(turn);
  const facts = known ? orderFacts(known.profile, options.lexicon).filter(isSaid) : [];
  if (!known || facts.length === 0) {
    const line = say(language, "目前没有可更正的企业资料。", "There is nothing to correct.");
    return toMatchReply("match-profile", language, line, writeFormHint(language));
  }
  const headline = say(
    language,
    "直接写出正确的即可，例如“人数改成50”“不对，是去年”；要去掉某一项，请发送“忘掉”加名称。",
    "Just write what is right, for example “headcount is 50”; to remove something, send “forget” and its name.",
  );
  const buttons = facts.slice(0, MAX_FORGET_BUTTONS).map(({ field }) => {
    const label = describeField(field, options.lexicon, language);
    return toButton("forget", say(language, `忘掉${label}`, `Forget ${label}`), {
      values: { field },
      command: say(language, `忘掉${label}`, `forget ${label}`),
    });
  });
  return toMatchReply("match-profile", language, headline, [
    ...writeKnown(known.profile, options.lexicon, language),
    ...writeDoubts(known.profile, [], options.lexicon, language),
    { type: "actions", actions: buttons },
  ]);
}

function isSaid({ value }: Fact): boolean {
  return value.kind !== "declined";
}

/** “以上都对”. */
export async function confirmAll(turn: MatchTurn): Promise<Reply | undefined> {
  const { language, options, context, at } = turn;
  const known = await findKnown(turn);
  if (!known || known.profile.facts.size === 0) return undefined;
  const profile = await options.enterprises.confirm(known.enterprise.enterpriseId, context.actor, at);
  const opening = say(language, "已确认以上信息。", "Confirmed.");
  return showResult(turn, { ...known, profile }, { opening });
}

/** “忘掉营收”. Undefined when it names no field. */
export async function forgetField(turn: MatchTurn, named: string): Promise<Reply | undefined> {
  const { language, options, context, at } = turn;
  const field = findField(named, turn);
  if (field === undefined) return undefined;
  const label = describeField(field, options.lexicon, language);
  const known = await findKnown(turn);
  if (!known?.profile.facts.has(field)) {
    const line = say(language, `资料中没有“${label}”。`, `“${label}” is not kept.`);
    return toMatchReply("match-profile", language, line);
  }
  const profile = await options.enterprises.forget(known.enterprise.enterpriseId, field, context.actor, at);
  const opening = say(language, `已忘掉“${label}”。`, `“${label}” is forgotten.`);
  return showResult(turn, { ...known, profile }, { opening });
}

function findField(named: string, { options }: MatchTurn): FieldId | undefined {
  const wanted = named
    .trim()
    .replace(/^(?:我们?的|公司的?)/u, "")
    .toLowerCase();
  for (const { id, label, labelEn, names } of options.lexicon.fields.values()) {
    if ([id, label, labelEn, ...names].some((name) => name.toLowerCase() === wanted)) return id;
  }
  return undefined;
}
