import { foldWidth } from "../tickets/ticket-words.ts";
import type { OfficeCommand } from "./office-command.ts";
import { readPartAlone } from "./read-part-name.ts";

type Groups = Readonly<Record<string, string | undefined>>;
type Row = readonly [RegExp, (groups: Groups) => OfficeCommand | undefined];

/** Only where it is announced as one: what follows a command otherwise is no command. */
const REASON = String.raw`(?:[\s，,；;。]*(?:原因|理由|因为|because|reason)\s*[:：是为]?\s*(?<reason>.{1,200}))?`;
const DEPARTMENT = String.raw`(?<department>[^\s，,。：:；;？?]{1,20}?)`;
const TICKET = String.raw`(?:工单|ticket)?\s*[#＃]?\s*(?<ticket>\d{8}-\d{3,6}|\d{3,6})`;
const DATE = String.raw`\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?`;
const PERIOD = String.raw`(?:今天|今日|本周|这周|上周|本月|这个月|上月|上个月|最?近七天|最?近一周|从?${DATE}(?:\s*(?:到|至|—|–|~|～|-)\s*${DATE})?)`;
const PERIOD_EN = `(?:today|this week|last week|this month|last month|(?:from )?${DATE}(?: (?:to|until) ${DATE})?)`;

function words(alternatives: string): RegExp {
  return new RegExp(`^(?:${alternatives})$`, "iu");
}

const NAME = String.raw`(?<name>[\p{Script=Han}·]{2,8}|[A-Za-z][A-Za-z .'’-]{1,40})`;
/** What stands in a name's place in a question. */
const NO_NAME = /如何|怎么|怎样|什么|哪|吗|呢|需要|条件|流程|材料|手续|办理|申请|资格|多少|可以|是否|要求/u;

const GROUP: readonly Row[] = [
  [
    new RegExp(
      `^(?:本群|这个群|此群)(?:今后|以后)?(?:负责)?(?:受理|接收|办理|处理)${DEPARTMENT}的?工单$`,
      "u",
    ),
    ({ department = "" }) => ({ do: "bind", department }),
  ],
  [
    /^this group (?:handles|takes|receives) (?:the )?tickets (?:of|for) (?<department>.{1,40})$/iu,
    ({ department = "" }) => ({ do: "bind", department }),
  ],
  [
    words(
      "(?:本群|这个群|此群)不再(?:受理|接收|办理|处理)工单|this group no longer (?:handles|takes|receives) tickets",
    ),
    () => ({ do: "unbind" }),
  ],
];

const PEOPLE: readonly Row[] = [
  [
    new RegExp(
      `^(?:请|我|我要|我想|申请|我申请)?(?:登记|注册)(?:我)?(?:为|成)(?<department>[^\\s，,。：:；;？?]{0,20}?)的?专员(?:[\\s，,：:]+(?:姓名|我是|我叫)?\\s*[:：]?\\s*${NAME})?$`,
      "u",
    ),
    register,
  ],
  [
    new RegExp(
      `^register (?:me )?as (?:a |the )?specialist (?:of|for) (?<department>[^\\s,，:：]{1,40})(?:\\s*[,，:：]\\s*|\\s+)?${NAME}?$`,
      "iu",
    ),
    register,
  ],
  [words("登记申请|专员登记申请|待登记|registration requests"), () => ({ do: "requests" })],
  [/^(?:同意登记|approve registration)\s+(?<who>\S{1,80})$/iu, ({ who = "" }) => ({ do: "approve", who })],
  [
    /^(?:不同意登记|拒绝登记|refuse registration)\s+(?<who>[^\s，,]{1,80})(?:[\s，,：:]+(?:原因\s*[:：是为]?\s*)?(?<reason>.{1,200}))?$/iu,
    ({ who = "", reason = "" }) => ({ do: "refuse", who, reason: reason.trim() }),
  ],
  [
    /^(?<sure>确认)?退出(?<department>[^\s，,。？?]{0,20}?)的?专员(?:登记|身份)?$/u,
    ({ sure, department = "" }) => ({ do: "leave", department, confirmed: sure !== undefined }),
  ],
  [
    /^(?<sure>confirm )?(?:stop being|resign as) (?:a )?specialist$/iu,
    ({ sure }) => ({ do: "leave", department: "", confirmed: sure !== undefined }),
  ],
  [
    new RegExp(
      `^(?:移除专员|删除专员|remove specialist)[\\s:：]+(?<person>[^\\s，,]{1,80})(?:[\\s，,]+${DEPARTMENT})??${REASON}$`,
      "iu",
    ),
    ({ person = "", department = "", reason = "" }) => ({
      do: "remove",
      person,
      department,
      reason: reason.trim(),
    }),
  ],
  [
    new RegExp(
      `^(?<verb>设为|设|取消|撤销|set |unset |remove )(?:负责人|lead)[\\s:：]+(?<person>[^\\s，,]{1,80})(?:[\\s，,]+${DEPARTMENT})??${REASON}$`,
      "iu",
    ),
    ({ verb = "", person = "", department = "", reason = "" }) => ({
      do: "lead",
      person,
      department,
      isLead: /^(?:设|set)/iu.test(verb),
      reason: reason.trim(),
    }),
  ],
];

function register({ department = "", name = "" }: Groups): OfficeCommand | undefined {
  if (NO_NAME.test(name) || NO_NAME.test(department)) return undefined;
  return { do: "register", department, name: name.trim() };
}

const SETTINGS: readonly Row[] = [
  [
    /^(?:分派表|工单分派表|routing table)\s+(?<words>[^\s？?]{1,20})$/iu,
    ({ words: wanted = "" }) => ({ do: "show", part: "routing", words: wanted }),
  ],
  [
    /^(?:设置历史|修改历史|settings history)[\s:：]+(?<part>[^？?]{1,20})$/iu,
    ({ part = "" }) => ({ do: "history", part: part.trim() }),
  ],
  [
    new RegExp(
      `^(?:退回设置|恢复设置|回退设置|roll ?back settings)\\s*(?<part>[^\\s\\d？?][^\\d？?]{0,20}?)\\s*(?:到|至|to)?\\s*第?\\s*(?<revision>\\d{1,5})\\s*版?${REASON}$`,
      "iu",
    ),
    ({ part = "", revision = "", reason = "" }) => ({
      do: "rollback",
      part,
      revision: Number(revision),
      reason: reason.trim(),
    }),
  ],
  [
    new RegExp(
      `^(?<matter>[^，,。？?]{2,30}?)(?:类|类别)?的?(?:工单|事项|诉求)?(?:改由|改为由)${DEPARTMENT}(?:受理|承办|办理|牵头|处理)${REASON}$`,
      "u",
    ),
    reroute,
  ],
  [
    new RegExp(
      `^route (?<matter>[^，,。？?]{2,40}?) to (?<department>[^，,。：:；;？?]{2,40}?)${REASON}$`,
      "iu",
    ),
    reroute,
  ],
  [
    new RegExp(`^(?:确认修改|confirm (?:the )?change)${REASON}$`, "iu"),
    ({ reason = "" }) => ({ do: "confirm", reason: reason.trim() }),
  ],
  [words("取消修改|放弃修改|(?:cancel|drop) (?:the )?change"), () => ({ do: "drop" })],
  [
    words("分派建议|分派表建议|分派修改建议|分派表修改建议|routing suggestions"),
    () => ({ do: "suggestions" }),
  ],
  [
    /^(?:采纳建议|adopt suggestion)\s*(?<which>\d{1,2})(?:[\s，,：:]+(?:原因\s*[:：是为]?\s*)?(?<reason>.{1,200}))?$/iu,
    ({ which = "", reason = "" }) => ({ do: "adopt", which, reason: reason.trim() }),
  ],
];

function reroute({ matter = "", department = "", reason = "" }: Groups): OfficeCommand {
  return { do: "reroute", matter: matter.trim(), department, reason: reason.trim() };
}

const FIGURES: readonly Row[] = [
  [
    new RegExp(`^(?<file>导出)?(?<period>${PERIOD})?的?工单统计$`, "u"),
    ({ file, period = "" }) => ({ do: "figures", period, file: file !== undefined }),
  ],
  [
    new RegExp(`^(?<file>导出)?(?:本部门|我部门|我们部门)?的?(?<period>${PERIOD})?的?(?:工单)?统计$`, "u"),
    ({ file, period = "" }) => ({ do: "figures", period, file: file !== undefined }),
  ],
  [
    /^(?<file>导出)?工单统计[\s：:]*(?<period>[^\s？?，,][^？?，,]{0,40})$/u,
    ({ file, period = "" }) => ({ do: "figures", period: period.trim(), file: file !== undefined }),
  ],
  [
    new RegExp(
      `^(?<file>export )?(?:the )?(?:ticket|desk) (?:figures|statistics)(?: (?<period>${PERIOD_EN}))?$`,
      "iu",
    ),
    ({ file, period = "" }) => ({ do: "figures", period, file: file !== undefined }),
  ],
  [
    /^(?:查看)?(?:答复|回答)评价(?:统计)?(?:[\s：:]+(?<period>[^？?，,]{1,40}))?$/u,
    ({ period = "" }) => ({ do: "feedback", period: period.trim() }),
  ],
  [words("知识缺口|知识缺口列表|查看知识缺口|knowledge gaps"), () => ({ do: "gaps" })],
  [
    /^(?:知识)?缺口\s*(?<gap>[\w-]{4,40})\s*(?<state>已补充|不处理)(?:[\s，,：:]+(?<note>.{1,300}))?$/u,
    ({ gap = "", state, note = "" }) => ({
      ...{ do: "gap", gap, note: note.trim() },
      state: state === "已补充" ? "answered" : "dismissed",
    }),
  ],
  [
    new RegExp(`^(?:由|从|按|根据)?${TICKET}\\s*起草(?:常见)?问答$`, "iu"),
    ({ ticket = "" }) => ({ do: "draft-faq", ticket }),
  ],
  [new RegExp(`^起草(?:常见)?问答\\s*${TICKET}$`, "iu"), ({ ticket = "" }) => ({ do: "draft-faq", ticket })],
  [
    new RegExp(`^draft (?:an? )?faq from ${TICKET}$`, "iu"),
    ({ ticket = "" }) => ({ do: "draft-faq", ticket }),
  ],
  [
    words("工单管理帮助|工单管理|服务台帮助|服务台管理帮助|desk help|ticket administration help"),
    () => ({ do: "help" }),
  ],
];

const ROWS: readonly Row[] = [...GROUP, ...PEOPLE, ...SETTINGS, ...FIGURES];
const LONGEST = 320;

/** Without what does not count; undefined: nothing, too much, or a question. */
export function readStatement(text: string): string | undefined {
  const plain = foldWidth(text.normalize("NFC").trim())
    .replace(/^\//u, "")
    .replace(/[。.!！~～]+$/u, "")
    .trim();
  if (plain === "" || plain.length > LONGEST || /[?？]|(?:吗|么|呢)$/u.test(plain)) return undefined;
  return plain;
}

/** Whole messages only; a question mark makes it a question. */
export function readOfficeWords(text: string): OfficeCommand | undefined {
  const plain = readStatement(text);
  if (plain === undefined) return undefined;
  const part = readPartAlone(plain);
  if (part) return { do: "show", part, words: "" };
  for (const [pattern, make] of ROWS) {
    const found = pattern.exec(plain);
    const command = found && make(found.groups ?? {});
    if (command) return command;
  }
  return undefined;
}
