import type { ProgramBlock, Reply, ReplyBlock, VerdictRow } from "../../src/conversation/index.ts";

/** Invented programs, criteria and figures. */
export function sampleRow(overrides: Partial<VerdictRow> = {}): VerdictRow {
  return {
    text: "成立满2年",
    verdict: "met",
    label: "满足",
    observed: "3年2个月",
    threshold: "不少于2年",
    section: "第五条",
    quote: "申请企业应当成立满2年。",
    url: "/documents/plan#10-21",
    ...overrides,
  };
}

export function sampleProgram(overrides: Partial<ProgramBlock> = {}): ProgramBlock {
  return {
    type: "program",
    programId: "P91",
    rank: 1,
    name: "青岚成果转化基金",
    kind: "基金",
    verdict: "likely",
    verdictLabel: "可能符合，待确认",
    status: "拟设立 · 征求意见稿",
    criteria: [
      sampleRow(),
      sampleRow({
        text: "上年度营业收入不低于1亿元",
        verdict: "unmet",
        label: "不满足",
        observed: "8800万元",
        threshold: "不低于1亿元",
        note: "还差1200万元",
        section: "第六条第一款",
        quote: "上年度营业收入不低于1亿元，以上均含本数。",
      }),
      withoutObserved(
        sampleRow({
          text: "研发投入占比不低于5%",
          verdict: "unknown",
          label: "待确认",
          threshold: "不低于5%",
          section: "第六条第二款",
          quote: "研发投入占营业收入的比例不低于5%。",
        }),
      ),
    ],
    quotes: [
      {
        title: "青岚区改革创新行动方案",
        section: "三（六）第2段",
        quote: "设立成果转化基金，支持早期项目。",
        url: "/documents/plan#40-56",
      },
    ],
    notStated: ["申报时间", "资助金额"],
    cautions: ["该文件为征求意见稿，尚未正式印发。"],
    nextStep: "请补充研发投入占比，或联系园区专员确认。",
    compact: false,
    reason: "产业方向与基金支持领域一致。",
    ...overrides,
  };
}

function withoutObserved({ observed: _observed, ...row }: VerdictRow): VerdictRow {
  return row;
}

/** Three programs in all their forms, a question, a form, buttons and a file. */
export function sampleMatch(overrides: Partial<Reply> = {}): Reply {
  const blocks: ReplyBlock[] = [
    { type: "paragraph", text: "按已知信息对照文件条件，结论仅供参考，以主管部门解释为准。" },
    sampleProgram(),
    sampleProgram({
      programId: "P92",
      rank: 2,
      name: "青岚生物医药孵化器",
      kind: "孵化",
      verdict: "needs-confirmation",
      verdictLabel: "文中未写条件，需确认",
      status: "已有 · 现行有效",
      criteria: [],
      compact: true,
      reason: "面向生物医药初创团队，文件没有写明入驻条件。",
    }),
    sampleProgram({
      programId: "P93",
      rank: 3,
      name: "青岚总部企业奖励",
      kind: "总部",
      verdict: "not-eligible",
      verdictLabel: "文字条件不符",
      status: "鼓励 · 现行有效",
      compact: true,
      reason: "注册资本低于文件写明的下限。",
    }),
    { type: "heading", text: "还想了解" },
    {
      type: "list",
      items: ["研发投入占营业收入的比例大约是多少？答这一项可判定 2 个项目。", "企业注册地在哪个镇？"],
    },
    {
      type: "form",
      name: "profile",
      fields: [
        { name: "staff", label: "职工人数", kind: "text", placeholder: "如：300人左右", required: true },
        { name: "founded", label: "成立日期", kind: "date", value: "2022-09-01" },
        {
          name: "stage",
          label: "发展阶段",
          kind: "select",
          options: [
            { value: "early", label: "初创期" },
            { value: "growth", label: "成长期" },
          ],
        },
        { name: "need", label: "最希望解决的问题", kind: "multiline" },
      ],
      submit: { name: "match.fill", label: "提交信息", style: "primary", values: { round: "1" } },
    },
    {
      type: "actions",
      actions: [
        {
          name: "match.basis",
          label: "查看依据",
          style: "primary",
          values: { program: "P91" },
          command: "依据 P91",
        },
        { name: "match.specialist", label: "找专员", style: "default", values: {}, command: "找专员" },
        {
          name: "match.forget",
          label: "删除我的数据",
          style: "danger",
          values: {},
          confirm: "删除后不能恢复，确定删除吗？",
          command: "删除我的数据",
        },
      ],
    },
    {
      type: "file",
      fileId: "file-1",
      name: "一企一策报告.docx",
      mediaType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
      bytes: 48_213,
    },
  ];
  return {
    kind: "match",
    language: "zh",
    headline: "找到 3 项可能相关的政策，其中 1 项可能符合。",
    blocks,
    plainText: "找到 3 项可能相关的政策。",
    generatedByAi: false,
    ...overrides,
  };
}
