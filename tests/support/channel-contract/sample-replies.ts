import type { ProgramBlock, Reply, ReplyBlock } from "../../../src/conversation/index.ts";

/** Replies of every kind. Documents, enterprises and people in them are invented. */
export const SAMPLE_REPLIES: ReadonlyMap<string, Reply> = new Map([
  ["an answer with citations", answer()],
  ["an answer in English, phrased by a model", answer({ language: "en", generatedByAi: true })],
  ["a conclusion in words alone", reply({ headline: "文件未载明申请电话。", blocks: [] })],
  ["headings, fields and marked changes", reply({ kind: "desk", blocks: workBlocks() })],
  ["programs with verdicts", reply({ kind: "match", blocks: [program(1, false), program(2, true)] })],
  ["a form with several buttons", reply({ kind: "profile", blocks: [form()] })],
  ["actions", reply({ blocks: [actions()] })],
  ["a file", reply({ blocks: [file()] })],
  ["a picture", reply({ blocks: [picture()] })],
  ["an enterprise's own data", answer({ confidential: true })],
  ["an answer of many long citations", reply({ blocks: manyCitations(24, 12) })],
  ["one quote longer than a message", reply({ blocks: [citation(1, sentences(1, 700))] })],
  ["a list longer than a message", reply({ blocks: [longList()] })],
  ["everything at once", reply({ kind: "match", blocks: everything() })],
]);

/** Names and texts that mean something in some platform's markup. */
export const MARKUP = [
  "<at id=all></at>",
  '<at user_id="all">所有人</at>',
  "@everyone",
  "@here",
  "<@123456789012345678>",
  "<@&123456789012345678>",
  "[点此领取](javascript:alert(1))",
  "<img src=x onerror=alert(1)>",
  "**粗体** ~~删除~~ `代码` ||剧透||",
  "# 标题",
  "> 引用",
] as const;

/** Markup wherever people's or documents' words may stand. */
export function markupReply(): Reply {
  const all = MARKUP.join(" ");
  return reply({
    headline: `${MARKUP[0]} 甲公司（虚构）`,
    blocks: [
      { type: "heading", text: MARKUP[8] },
      { type: "paragraph", text: all },
      { type: "list", title: MARKUP[2], items: [...MARKUP] },
      { type: "notice", text: MARKUP[6] },
      { type: "fields", items: MARKUP.map((value, index) => ({ label: `字段${index + 1}`, value })) },
      { ...citation(1, all), title: MARKUP[7], section: MARKUP[9], heading: [MARKUP[10]] },
      {
        type: "changes",
        items: [{ kind: "changed", section: "第一条", runs: [{ text: all, mark: "added" }] }],
        more: 0,
      },
      { ...program(1, false), name: MARKUP[6], reason: all },
      { ...citation(2, "第二条"), url: "javascript:alert(1)" },
    ],
  });
}

export function reply(overrides: Partial<Reply> = {}): Reply {
  const headline = overrides.headline ?? "到2026年，力争新增创新券服务机构三十家。";
  return {
    ...{ kind: "answered", language: "zh", headline, blocks: [], plainText: headline, generatedByAi: false },
    ...overrides,
  };
}

export function answer(overrides: Partial<Reply> = {}): Reply {
  return reply({
    blocks: [
      { type: "paragraph", text: "创新券用于购买研发服务。" },
      citation(1, "第六条 创新券用于购买研发服务，不得转让、买卖。"),
      citation(2, "第七条 单个企业每年申领额度由领导小组办公室另行公布。"),
      { type: "list", title: "文件未载明", items: ["金额", "申报时间"], role: "not-stated" },
      { type: "notice", text: "该文件为征求意见稿，尚不具有法律效力。" },
      { type: "paragraph", text: "下一步：以正式印发的文件为准。", role: "next-step" },
    ],
    ...overrides,
  });
}

type CitationBlock = Extract<ReplyBlock, { type: "citation" }>;

export function citation(index: number, quote: string): CitationBlock {
  return {
    type: "citation",
    index,
    title: "云川市科技创新券管理办法（虚构）",
    status: "征求意见稿",
    section: `二（${index}）`,
    heading: ["第二章 使用", `（${index}）范围`],
    quote,
    url: `/documents/vouchers#${index * 100}-${index * 100 + 50}`,
  };
}

/** Each of its own, so that a lost one is missed. */
export function sentences(part: number, count: number): string {
  return Array.from(
    { length: count },
    (_, index) => `第${part}章第${index + 1}条支持企业开展技术攻关并给予服务。`,
  ).join("");
}

function manyCitations(count: number, length: number): ReplyBlock[] {
  return Array.from({ length: count }, (_, index) => citation(index + 1, sentences(index + 1, length)));
}

function longList(): ReplyBlock {
  const items = Array.from(
    { length: 300 },
    (_, index) => `第${index + 1}项材料：${"营业执照与年度审计报告".repeat(3)}`,
  );
  return { type: "list", title: "申报材料", items };
}

function workBlocks(): ReplyBlock[] {
  return [
    { type: "heading", text: "文件信息" },
    {
      type: "fields",
      items: [
        { label: "文号", value: "云科规〔2026〕3号", note: "原文载明" },
        { label: "施行日期", value: "2026年12月1日" },
      ],
    },
    {
      type: "changes",
      items: [
        {
          kind: "changed",
          section: "第三条",
          runs: [
            { text: "每年申领不超过" },
            { text: "十万元", mark: "removed" },
            { text: "二十万元", mark: "added" },
          ],
        },
        { kind: "added", section: "第九条", runs: [{ text: "本办法有效期五年。", mark: "added" }] },
      ],
      more: 4,
    },
  ];
}

export function program(rank: number, compact: boolean): ProgramBlock {
  return {
    type: "program",
    programId: `program-${rank}`,
    rank,
    name: `云川市科技创新券第${rank}类（虚构）`,
    kind: "补贴",
    verdict: rank === 1 ? "likely" : "needs-confirmation",
    verdictLabel: rank === 1 ? "可能符合，待确认" : "文中未写条件，需确认",
    status: "拟设立 · 征求意见稿",
    criteria: [
      {
        text: "注册在本市",
        verdict: "met",
        label: "满足",
        observed: "云川市",
        section: "第四条",
        quote: "第四条 申领企业应当在本市登记注册。",
        url: "/documents/vouchers#400-420",
      },
      {
        text: "上年度研发投入不低于一百万元",
        verdict: "unknown",
        label: "待确认",
        section: "第五条",
        quote: "第五条 上年度研发费用不低于一百万元。",
        note: "请补充上年度研发费用",
      },
    ],
    quotes: [
      {
        title: "云川市科技创新券管理办法（虚构）",
        section: "第六条",
        quote: "第六条 创新券用于购买研发服务，不得转让、买卖。",
        url: "/documents/vouchers#600-650",
      },
    ],
    notStated: ["金额", "申报时间"],
    cautions: ["该文件为征求意见稿，尚不具有法律效力。"],
    nextStep: "请补充上年度研发费用后再看一次。",
    compact,
    reason: "所属行业与研发投入与条款相近",
  };
}

function form(): ReplyBlock {
  return {
    type: "form",
    name: "profile",
    fields: [
      { name: "name", label: "企业名称", kind: "text", required: true, placeholder: "营业执照上的全称" },
      { name: "note", label: "补充说明", kind: "multiline", value: "主营精密减速器" },
      { name: "since", label: "成立日期", kind: "date", value: "2019-05-06" },
      {
        name: "size",
        label: "企业规模",
        kind: "select",
        value: "small",
        options: [
          { value: "small", label: "小型" },
          { value: "medium", label: "中型" },
        ],
      },
    ],
    submit: {
      name: "profile.save",
      label: "保存",
      style: "primary",
      values: { draft: "d1" },
      command: "画像 保存",
    },
    more: [
      {
        name: "profile.clear",
        label: "清空",
        style: "danger",
        values: { draft: "d1" },
        confirm: "确定清空？",
        command: "画像 清空",
      },
    ],
  };
}

export function actions(): ReplyBlock {
  return {
    type: "actions",
    actions: [
      {
        name: "ticket.start",
        label: "找专员",
        style: "primary",
        values: { question: "创新券怎么用？" },
        command: "转人工",
      },
      { name: "feedback", label: "有帮助", style: "default", values: { mark: "yes" }, command: "有帮助" },
    ],
  };
}

function file(): ReplyBlock {
  return {
    type: "file",
    fileId: "file-report",
    name: "匹配报告.md",
    mediaType: "text/markdown",
    bytes: 17,
    url: "/files/file-report",
  };
}

function picture(): ReplyBlock {
  return {
    type: "picture",
    fileId: "file-picture",
    alt: "近十二个月各类诉求的件数",
    url: "/files/file-picture",
  };
}

function everything(): ReplyBlock[] {
  return [
    ...answer().blocks,
    ...workBlocks(),
    program(1, false),
    program(2, true),
    picture(),
    form(),
    actions(),
    file(),
  ];
}

/** A card that is worked on and edited later. */
export function workCard(state: string): Reply {
  const blocks: ReplyBlock[] = [
    {
      type: "fields",
      items: [
        { label: "状态", value: state },
        { label: "企业", value: "青岚智造（虚构）" },
      ],
    },
    { type: "paragraph", text: "研发费用加计扣除和高企认定，应当先办哪一项？" },
    actions(),
  ];
  return reply({ kind: "ticket-card", headline: "工单 20261123-0007 · 税务", blocks });
}

export function quietReply(overrides: Partial<Reply> = {}): Reply {
  return reply({ kind: "ticket-said", headline: "已转给专员。", quiet: true, ...overrides });
}
