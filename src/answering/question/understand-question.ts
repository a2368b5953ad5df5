import type { AnsweringLexicon, Attribute, ConductGroup } from "./load-lexicon.ts";
import { findNamedMatters, type NamedMatter } from "./load-matters.ts";

/** The shape of the answer that a question expects. */
export type QuestionForm = "list" | "definition" | "yes-no" | "comparison" | "choice" | "open";

/** A question about the document itself: who issued it, when, for which years, with what force. */
export type AboutDocument =
  | "issuer"
  | "date"
  | "period"
  | "status"
  | "number"
  | "validity"
  | "interpreter"
  | "title";

export interface UnderstoodQuestion {
  /** As typed. */
  text: string;
  /** Simplified, half-width, lower case. */
  normalized: string;
  language: "zh" | "en";
  conduct: ConductGroup | undefined;
  /** Where in `normalized` the words stand by which the conduct was recognised. */
  conductSpan: { start: number; end: number } | undefined;
  form: QuestionForm;
  attributes: readonly Attribute[];
  aboutDocument: AboutDocument | undefined;
  /** Nameable matters of policy, what the asker says to be left out. */
  matters: readonly NamedMatter[];
  /** Four-digit years named in the question. */
  years: readonly number[];
}

const CONDUCT_ORDER: readonly ConductGroup[] = [
  "injection",
  "human",
  "complaint",
  "greeting",
  "thanks",
  "identity",
  "abuse",
  "urging",
  "particles",
  "chatter",
  "other_matters",
];

const FORMS: readonly [QuestionForm, RegExp][] = [
  [
    "comparison",
    /(区别|不同|差别|差异|对比|相比|比较一下|哪个(更)?好|哪个高|一样吗|是一回事|difference|compare)/,
  ],
  [
    "definition",
    /(是什么(意思)?$|是啥(意思)?$|什么意思|啥意思|指(的)?(是)?(什么|啥|哪)|是指|什么叫|啥叫|是哪(几|两|三|四|五|六|七|八|九|十|些)|有哪(两|三|四|五|六|七|八|九|十)个|何谓|what (is|are|does .{1,30} mean))/,
  ],
  [
    "list",
    /(有?哪(些|几)|有啥|有什么|都有|哪(两|三|四|五|六|七|八)|包(括|含)(什么|啥|哪)|列(一下|举|出)|清单|名称|分别|各(是|有)|which|list)/,
  ],
  ["choice", /(还是|或者).{1,20}(\?|？|来着|呢|啊|$)/],
  [
    "yes-no",
    /(吗|么|不|没|没有|否|是不是|有没有|能不能|可不可以|是否|有无|算不算|可以.{0,6}吗)[?？。!~]*$|^(is|are|does|do|can|could|will)\b|有没有|能不能|是不是|是否|算不算|可不可以/,
  ],
];

const DOCUMENT_WORD =
  "(方案|文件|文|办法|意见|通知|规划|措施|细则|政策|规定|公告|指南|草案|稿子|稿|document|plan|policy)";
const THIS_DOCUMENT = `(这|该|本|此|上面|上述|你们?(的)?|咱们?的|我们看的|整个|the|this)(个|份|篇|项|部|一)?.{0,12}${DOCUMENT_WORD}`;

const ABOUT_DOCUMENT: readonly [AboutDocument, RegExp][] = [
  [
    "period",
    new RegExp(
      `(从?哪年(到|至)哪年|(${DOCUMENT_WORD}).{0,8}(管|覆盖|适用|针对|是|涵盖|规划|实施)?.{0,4}((到)?哪(几|一|些)?年|几年到几年|什么(时间段|期间|年份)|年限|规划期|起止|多少年)|(规划|方案|实施)(期|周期|年限|期限).{0,6}(多久|几年|是|到|哪|$)|(方案|规划|计划)(到|管到)(什么时候|哪年|几几年|何时))`,
    ),
  ],
  [
    "issuer",
    new RegExp(
      `(谁|哪个(部门|单位|机关)|哪(级|家)(政府|单位)?|什么(部门|单位)|啥部门)(来)?(发布?|出台?|印发|制定?|颁布?|下发|起草|写|公布|拟)(的|了)?.{0,6}(${DOCUMENT_WORD}|$|呢|\\?)|${DOCUMENT_WORD}.{0,6}(是)?(谁|哪个(部门|单位|机关)|哪(级|家)(政府|单位)?|什么(部门|单位)|啥部门)(发布?|出台?|印发|制定?|颁布?|下发|起草|写|公布|拟)|发文(机关|单位)|制定(机关|单位)|issued by|who (issued|published|wrote)`,
    ),
  ],
  [
    "status",
    /(正式(稿|版|文件|的|发布|印发|生效|实施|出台)|征求意见|草案|草稿|定稿|(有|具)?没?有?(法律)?效力|生效(了)?(没|吗|么)|作数|算数|有效吗|还有效|作废|失效|废止|过期|到期了?(没|吗|么)|生效|是不是最终|final version|in force|draft)/,
  ],
  [
    "validity",
    /(有效期|失效(日期|时间)|什么时候(到期|失效|过期)|(到|至)(什么时候|哪天|何时)(为止|截止|失效|到期)|执行到)/,
  ],
  ["interpreter", /(谁|哪个部门|哪个单位|什么部门)(来|负责)*解释|解释权|由谁解释|负责解释/],
  ["number", /(文号|发文字号|发文号|文件号|字号)/],
  [
    "date",
    new RegExp(
      `(${THIS_DOCUMENT}|^|什么|哪).{0,6}(什么时候|哪(一)?天|何时|哪年|几月|几号|日期|时间)(发布?|出台?|印发|公布|下发|成文|落款|签发|出)(的|了|来)?|(发布|印发|成文|落款|公布|签发|发文)(的)?(日期|时间|日子)|(${DOCUMENT_WORD}).{0,4}(是)?(什么时候|哪(一)?天|何时|哪年|几月|几号)(的|发|出|印|公布)`,
    ),
  ],
  [
    "title",
    new RegExp(
      `((这|该|本)(个|份)?${DOCUMENT_WORD}|文件|${DOCUMENT_WORD}).{0,4}(的)?(全称|名称|标题|名字|叫什么|叫啥)`,
    ),
  ],
];

/** Understands one question. `normalized` comes from the retriever, so that search and understanding read the same text. */
export function understandQuestion(
  text: string,
  normalized: string,
  lexicon: AnsweringLexicon,
): UnderstoodQuestion {
  const conduct = CONDUCT_ORDER.find((group) => lexicon.conduct[group].test(normalized));
  const match = conduct && lexicon.conduct[conduct].exec(normalized);
  const attributes = findAttributes(normalized, lexicon);
  return {
    text,
    normalized,
    language: detectLanguage(text),
    conduct,
    conductSpan: match ? { start: match.index, end: match.index + match[0].length } : undefined,
    form: FORMS.find(([, pattern]) => pattern.test(normalized))?.[0] ?? "open",
    attributes,
    aboutDocument: findAboutDocument(normalized, attributes),
    matters: findNamedMatters(normalized, lexicon.matters),
    years: [...normalized.matchAll(/(?<!\d)(20\d{2})(?!\d|号)/g)].map((match) => Number(match[1])),
  };
}

function findAttributes(normalized: string, { attributes }: AnsweringLexicon): Attribute[] {
  const asked = attributes.filter((attribute) => attribute.asked.test(normalized));
  const replaced = new Set(asked.flatMap(({ replaces }) => replaces));
  const special = asked.filter(({ id, fallback }) => !fallback && !replaced.has(id));
  return special.some(({ need }) => need === "hard") ? special : asked;
}

/** Not when the question means another document that this one mentions, or what comments can be sent until when. */
function findAboutDocument(normalized: string, attributes: readonly Attribute[]): AboutDocument | undefined {
  if (/(提到|提的|提及|导语|依据|里面|引用|上位|附件|反馈|号文|规划和)/.test(normalized)) return undefined;
  const about = ABOUT_DOCUMENT.find(([, pattern]) => pattern.test(normalized))?.[0];
  // 征求意见截止到几号，意见发到哪: of the draft's comments, not of its force.
  const asksElse = attributes.some(({ id }) => OTHER_WISHES.has(id));
  return about === "status" && asksElse ? undefined : about;
}

const OTHER_WISHES: ReadonlySet<string> = new Set(["calendar-day", "phone", "address", "website"]);

/** Pinyin is written in Latin letters too; English hardly does without these. */
const ENGLISH =
  /\b(the|a|an|is|are|do|does|did|can|could|will|what|which|who|where|when|why|how|of|for|in|on|to|and|or|any|there|we|you|i|my|our|with|it|this|that|please|support|company|fund|policy|plan)\b/i;

/** English when Latin words prevail and next to no Chinese characters are there. */
export function detectLanguage(text: string): "zh" | "en" {
  const chinese = text.match(/[\u3400-\u9fff]/g)?.length ?? 0;
  const latinWords = text.match(/[A-Za-z]{2,}/g)?.length ?? 0;
  return latinWords >= 3 && chinese * 2 < latinWords && ENGLISH.test(text) ? "en" : "zh";
}
