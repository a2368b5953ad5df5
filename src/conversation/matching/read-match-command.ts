import type { InboundMessage } from "../types.ts";

/** What a person asks of the matching part by a button or by a typed command. References are ids, names or “这个”. */
export type MatchCommand =
  | { do: "match" }
  | { do: "basis"; reference: string }
  | { do: "why"; reference: string }
  | { do: "package" }
  | { do: "report" }
  | { do: "form" }
  | { do: "supply"; fields: Readonly<Record<string, string>> }
  | { do: "answer"; field: string; value: string }
  | { do: "corrections" }
  | { do: "confirm" }
  | { do: "forget"; field: string }
  | { do: "specialist" }
  | { do: "subscribe"; cadence: "at-once" | "daily" | "weekly" }
  | { do: "subscribe-event"; topic: string }
  | { do: "unsubscribe" }
  | { do: "remind"; reference: string }
  | { do: "reminders" }
  | { do: "cancel-reminder"; reminder: string }
  | { do: "mine" }
  | { do: "export" }
  | { do: "delete" }
  | { do: "delete-now" }
  | { do: "name"; name: string }
  | { do: "confirm-code" }
  /** Another code than the one that is registered. */
  | { do: "replace-code"; code: string }
  | { do: "join"; code: string }
  | { do: "admit"; account: string; enterprise: string }
  | { do: "bind"; code: string }
  | { do: "unbind" };

/** Buttons of the matching part's replies are named so. */
const PREFIX = "match.";

export function readMatchCommand(message: Pick<InboundMessage, "text" | "action">): MatchCommand | undefined {
  return message.action ? readAction(message.action) : readTyped(message.text);
}

type Action = NonNullable<InboundMessage["action"]>;

function readAction({ name, values, form = {} }: Action): MatchCommand | undefined {
  if (!name.startsWith(PREFIX)) return undefined;
  const read = (key: string) => (values[key] ?? "").trim();
  const what = name.slice(PREFIX.length);
  switch (what) {
    case "match":
    case "package":
    case "report":
    case "form":
    case "corrections":
    case "confirm":
    case "specialist":
    case "unsubscribe":
    case "reminders":
    case "mine":
    case "export":
    case "delete":
    case "delete-now":
    case "confirm-code":
    case "unbind":
      return { do: what };
    case "basis":
    case "why":
    case "remind":
      return { do: what, reference: read("program") };
    case "supply":
      return { do: "supply", fields: form };
    case "answer":
      return { do: "answer", field: read("field"), value: read("value") };
    case "forget":
      return { do: "forget", field: read("field") };
    case "subscribe":
      return { do: "subscribe", cadence: readCadence(read("cadence")) };
    case "subscribe-event":
      return { do: "subscribe-event", topic: read("topic") };
    case "cancel-reminder":
      return { do: "cancel-reminder", reminder: read("reminder") };
    case "bind":
    case "join":
    case "replace-code":
      return { do: what, code: read("code") };
    case "admit":
      return { do: "admit", account: read("account"), enterprise: read("enterprise") };
    default:
      return undefined;
  }
}

type Make = (reference: string) => MatchCommand;

/** A name ends like one of a body; whole message, in its own case. */
const NAME =
  /^(?:我们?的?(?:公司|企业|单位)?|公司|企业|单位)(?:全称|名称|名字)?(?:是|叫做?|为|:)\s*(?<name>[^，。,;；:：?]{2,60}(?:公司|集团|厂|院|研究所|事务所|中心|大学|医院|合伙企业)(?:\([^)]{1,20}\))?)[。.!]?$/u;

/** Whole messages, after courtesies and closing marks are taken off. */
const PHRASES: readonly [MatchCommand, readonly string[]][] = [
  [
    { do: "match" },
    [
      ...[
        "匹配",
        "帮我匹配",
        "帮我匹配一下",
        "帮我们匹配",
        "帮我们匹配一下",
        "开始匹配",
        "匹配一下",
        "政策匹配",
      ],
      ...[
        "匹配政策",
        "重新匹配",
        "再匹配一次",
        "匹配项目",
        "项目匹配",
        "匹配结果",
        "能申请什么",
        "我们能申请什么",
      ],
      ...[
        "我能申请什么",
        "能申请哪些",
        "我们能申请哪些",
        "我们能申请哪些项目",
        "/match",
        "match",
        "match me",
      ],
      ...["what can we apply for", "what can i apply for"],
    ],
  ],
  [{ do: "package" }, ["套餐", "组合建议", "组合方案", "套餐建议", "怎么组合", "package"]],
  [
    { do: "report" },
    ["一企一策", "一企一策报告", "生成报告", "生成一企一策报告", "出一份报告", "匹配报告", "report"],
  ],
  [{ do: "form" }, ["补充信息", "补充资料", "填表", "补充企业信息", "add information", "form"]],
  [{ do: "corrections" }, ["更正", "更正信息", "修改资料", "我要更正", "改资料", "correct"]],
  [
    { do: "confirm" },
    ["以上都对", "以上信息都对", "以上无误", "信息无误", "确认以上信息", "都对", "confirm", "all correct"],
  ],
  [{ do: "specialist" }, ["找专员", "联系专员", "转专员", "specialist", "find a specialist"]],

  [{ do: "unsubscribe" }, ["退订", "取消订阅", "退订推送", "不要再推送", "td", "unsubscribe"]],
  [{ do: "reminders" }, ["我的提醒", "我的订阅", "查看提醒", "my reminders", "my subscriptions"]],
  [
    { do: "mine" },
    ["我的资料", "我的企业", "企业资料", "我的企业资料", "查看我的资料", "my data", "my profile"],
  ],
  [{ do: "export" }, ["导出我的数据", "导出数据", "导出我的资料", "export my data"]],
  [{ do: "delete" }, ["删除我的数据", "删除我的资料", "清除我的数据", "注销我的资料", "delete my data"]],
  [{ do: "delete-now" }, ["确认删除我的数据", "确认删除", "confirm deletion"]],
  [{ do: "confirm-code" }, ["代码无误", "信用代码无误", "the code is right"]],
  [{ do: "unbind" }, ["解除绑定", "解绑", "解绑本群", "解除本群绑定", "unbind this group", "unbind"]],
];

const BY_PHRASE: ReadonlyMap<string, MatchCommand> = new Map(
  PHRASES.flatMap(([command, phrases]) => phrases.map((phrase) => [phrase, command] as const)),
);

const PROGRAM = `(?<reference>[^，。,;；？?]{1,40})`;

const PATTERNS: readonly [RegExp, Make][] = [
  [/^(?:查看依据|看依据|依据|查看条件|basis|show the basis)$/iu, () => ({ do: "basis", reference: "" })],
  [
    new RegExp(`^(?:查看依据|看依据|查看条件|basis)[\\s:：]*${PROGRAM}$`, "iu"),
    (reference) => ({ do: "basis", reference }),
  ],
  [
    /^(?:为什么|为何|凭什么|怎么)(?:会)?推荐(?:这个|它|这些|这项)?(?:呢|啊)?$/iu,
    () => ({ do: "why", reference: "" }),
  ],
  [/^why (?:this|this one|these)$/iu, () => ({ do: "why", reference: "" })],
  [
    new RegExp(`^(?:为什么|为何)(?:会|给我们?|要)?推荐${PROGRAM}$`, "iu"),
    (reference) => ({ do: "why", reference }),
  ],
  [
    new RegExp(
      `^(?:为什么|为何|怎么)(?:没有?|不|未|没)(?:有|给我们?)?(?:推荐|匹配到?|列出)?${PROGRAM}$`,
      "iu",
    ),
    (reference) => ({ do: "why", reference }),
  ],
  [new RegExp(`^why (?:not )?${PROGRAM}$`, "iu"), (reference) => ({ do: "why", reference })],
  [
    /^(?:忘掉|忘记|不要记|别记|删掉|删除|清除|forget)[\s:：]*(?<reference>\S{1,20})$/iu,
    (field) => ({ do: "forget", field }),
  ],
  [/^(?:到时|到时候)(?:再)?(?:提醒我?|通知我?)$/iu, () => ({ do: "remind", reference: "" })],
  [
    new RegExp(`^(?:到时|到时候)?(?:再)?提醒我?[\\s:：]+${PROGRAM}$`, "iu"),
    (reference) => ({ do: "remind", reference }),
  ],
  [/^remind me(?: of)?\s*(?<reference>.{0,40})$/iu, (reference) => ({ do: "remind", reference })],
  [/^取消提醒[\s:：]*(?<reference>\S+)$/iu, (reminder) => ({ do: "cancel-reminder", reminder })],
  [
    /^(?:(?<reference>每天|每日|每周|即时|实时)?(?:订阅|开启推送)(?:推送|政策|政策推送)?|subscribe)$/iu,
    (cadence) => ({ do: "subscribe", cadence: readCadence(cadence) }),
  ],
  [
    /^(?:订阅|开启推送)(?:推送|政策|政策推送)?[\s:：，]*(?<reference>每天|每日|每周|即时|实时)$/iu,
    (cadence) => ({ do: "subscribe", cadence: readCadence(cadence) }),
  ],
  [/^订阅(?:赛事|活动)[\s:：]+(?<reference>.{1,40})$/iu, (topic) => ({ do: "subscribe-event", topic })],
  [/^(?:申请加入|加入企业|join)[\s:]+(?<reference>[0-9a-z]{15,20})$/iu, (code) => ({ do: "join", code })],
  [
    /^(?:更换信用代码|改信用代码|change the code to)[\s:]*(?<reference>[0-9a-z]{15,20})$/iu,
    (code) => ({ do: "replace-code", code }),
  ],
  [
    /^(?:绑定本群|绑定群|把本群绑定|bind this group)[\s:：到为]*(?<reference>[0-9a-z]{0,18})$/iu,
    (code) => ({ do: "bind", code }),
  ],
];

function readTyped(typed: string): MatchCommand | undefined {
  const text = toPhrase(typed);
  const whole = BY_PHRASE.get(text.toLowerCase());
  if (whole) return whole;
  if (text.length > 80) return undefined;
  const name = NAME.exec(typed.normalize("NFKC").trim())?.groups?.["name"];
  if (name) return { do: "name", name: name.trim() };
  for (const [pattern, make] of PATTERNS) {
    const match = pattern.exec(text);
    if (match) return make((match.groups?.["reference"] ?? "").trim());
  }
  return undefined;
}

/** Courtesies and closing marks are no part of a command. */
function toPhrase(text: string): string {
  return text
    .normalize("NFKC")
    .trim()
    .replace(/[\s。.!?~、]+$/u, "")
    .replace(/^(?:请问|请|麻烦|那么|那)[，,\s]*/u, "")
    .replace(/[（(]?(?:谢谢|吧|一下)[）)]?$/u, (end) => (end.includes("一下") ? end : ""))
    .trim();
}

function readCadence(word: string): "at-once" | "daily" | "weekly" {
  if (word === "每天" || word === "每日" || word === "daily") return "daily";
  return word === "即时" || word === "实时" || word === "at-once" ? "at-once" : "weekly";
}
