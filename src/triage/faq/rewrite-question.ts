import type { KnownPersonalData, RedactedText } from "../redact/redact-types.ts";
import { removePersonalData } from "../redact/remove-personal-data.ts";

const MAX_QUESTION = 300;
const SENTENCE = /[^。！？!?；;\n]+[。！？!?；;]?/gu;
const ENGLISH_STOP = /(?:(?<=[\p{L}\d〕])\.|(?<=〕))\s+(?=[A-Z])/gu;
const GREETING =
  /^(?:(?:各位)?(?:领导|老师|专员|同志|客服|工作人员|亲|大家|科委|您|你)?(?:们)?(?:您|你)?好(?:啊|呀)?|早上好|上午好|中午好|下午好|晚上好|哈喽|在吗|在么|在不在|hi|hello|不好意思|打扰(?:一?下|了)?|冒昧(?:打扰|请教)?|辛苦(?:了|一下)?|麻烦(?:您|你)?(?:了|一下)?)[啊呀哦，,。.!！~～\s]*/iu;
const ASKING_FRAME =
  /^(?:(?:我们?|我司|我公司|本公司|本人|企业)?(?:这边|现在)?(?:是)?(?:想|要|就是想|主要想|特)?(?:请问|请教|问|咨询|了解|知道|打听|请你们?看看|(?:请|麻烦)?帮忙看看|帮(?:我们|我)?看看)(?:一?下)?(?:关于)?|请问(?:一?下)?|(?:请|麻烦)?帮忙看(?:看|一下)|麻烦问(?:一?下)?|求助|另外|还有|顺便)[，,:：、\s]*/u;
/** Says who writes and nothing of the matter. */
const SELF =
  /^(?:我们?|我司|本人|这里|这边)?(?:是|叫|姓|来自|代表)(?:一家|位于)?.{0,12}(?:某某?|某企业|企业|经理|负责人|联系人|老师|主任|总监|助理|会计|工程师|博士|教授|先生|女士)(?:的)?.{0,4}$/u;
const CONTACT =
  /〔(?!出生日期|地址|编号|工单号)|(?:联系|回复|回电|通知|致电|打给|拨打|发给|私信|加)(?:我|一下我|本人|我们)|联系(?:人|方式|电话)[:：是为]|我的?(?:电话|手机|微信|邮箱)|电话(?:同|就是)?微信|微信同号|手机号|方便(?:的话|时)(?:联系|回|加)/u;
const COURTESY =
  /^(?:非常|十分|先)?(?:谢谢|感谢|多谢|拜托|辛苦|麻烦|盼复|望回复|期待(?:您的)?(?:回复|答复)|在线等|急|很急|比较急|请尽快(?:回复|答复)|请(?:予以)?(?:回复|答复|解答)|请帮忙|求回复|thanks?|thank you)[^，,？?]{0,10}$/iu;
const HAS_QUESTION =
  /[？?吗呢]|什么|哪|怎么|如何|怎样|多少|几|谁|是否|能否|可否|有没有|有无|能不能|可不可以|要不要|需不需要|是不是|多久|多长|为什么|为何|啥|咋|how|what|where|when|who|which|can|does|is there/iu;
const LEANS_ON_BEFORE = /^(?:那|这|它|该|其|此|上述|以上|如果这样|对此|这种|这个)/u;

export interface RewrittenQuestion {
  /** Empty: nothing is left that could be asked. */
  question: string;
  removed: RedactedText["removed"];
}

/** What was asked, as anybody could ask it: no greeting, no introduction, nothing personal. */
export function rewriteQuestion(text: string, known: KnownPersonalData = {}): RewrittenQuestion {
  const { text: clean, removed } = removePersonalData(text, known);
  const sentences = (clean.replace(ENGLISH_STOP, "。").match(SENTENCE) ?? [])
    .map(stripSentence)
    .filter((each) => each !== "");
  const chosen = chooseSentences(sentences);
  const joined = chosen.map((each) => each.replace(/[。！？!?；;，,、\s]+$/u, "")).join("；");
  const general = generalise(joined).slice(0, MAX_QUESTION);
  if ([...general.replace(/[^\p{L}\p{N}]/gu, "")].length < 4) return { question: "", removed };
  return { question: endAsQuestion(general), removed };
}

function endAsQuestion(text: string): string {
  const isEnglish = !/\p{Script=Han}/u.test(text);
  if (HAS_QUESTION.test(text)) return isEnglish ? `${text}?` : `${text.replace(/[呀啊哦嘛哈啦]+$/u, "")}？`;
  return isEnglish ? `${text}: how is this done?` : `${text}，应当如何办理？`;
}

function stripSentence(sentence: string): string {
  const end = /[。！？!?；;]$/u.exec(sentence)?.[0] ?? "";
  let left = sentence.slice(0, sentence.length - end.length).trim();
  for (let before = ""; before !== left; ) {
    before = left;
    left = left.replace(GREETING, "").trim();
  }
  const clauses = left
    .split(/[，,]/u)
    .map((clause) => clause.trim())
    .filter(
      (clause) => clause !== "" && !SELF.test(clause) && !CONTACT.test(clause) && !COURTESY.test(clause),
    )
    .map((clause) => clause.replace(GREETING, "").replace(ASKING_FRAME, "").trim())
    .filter((clause) => clause !== "");
  return clauses.length === 0 ? "" : clauses.join("，") + end;
}

/** The sentences that ask, each with the one before it when it leans on that; without any, all of them. */
function chooseSentences(sentences: readonly string[]): string[] {
  const chosen = new Set<number>();
  for (const [at, sentence] of sentences.entries()) {
    if (!HAS_QUESTION.test(sentence)) continue;
    if (at > 0 && ([...sentence].length < 12 || LEANS_ON_BEFORE.test(sentence))) chosen.add(at - 1);
    chosen.add(at);
  }
  return chosen.size === 0 ? [...sentences] : sentences.filter((_, at) => chosen.has(at));
}

function generalise(text: string): string {
  return text
    .replace(/(?:我们|咱们)(?=园区|区里|这里|这边|这儿)/gu, "")
    .replace(
      /(?:我们|咱们|我|本|贵|你们|俺们)(?:公司|企业|厂|单位)|我司|贵司|我们(?!国|市|区)|咱们|俺们/gu,
      "企业",
    )
    .replace(/企业(?:某企业|企业|公司)/gu, "企业")
    .replace(/某企业/gu, "企业")
    .replace(/(?:^|(?<=[，；]))(?:我|本人)(?=[想要在是有能可的])/gu, "")
    .trim();
}
