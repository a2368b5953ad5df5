import type { ProfileLexicon } from "../../enterprises/index.ts";
import type { MaintainedList } from "../../storage/index.ts";
import { findIndustries } from "./find-industries.ts";
import type { ListWish } from "./list-types.ts";

interface ListNoun {
  list: MaintainedList;
  /** A thing of the list. */
  noun: string;
  /** True: asked for only by its name (扶持政策清单), since a question for the thing itself is one for the documents. */
  byNameOnly?: true;
  /** Narrows the list: those that are one. */
  text?: string;
}

const NOUNS: readonly ListNoun[] = [
  { list: "contacts", noun: "(?:沟通联络|联络人|联络|联系人|联系方式|对接人)", byNameOnly: true },
  { list: "policies", noun: "(?:扶持政策|支持政策|政策|扶持项目)", byNameOnly: true },
  { list: "projects", noun: "(?:研发项目|在建项目|攻关项目)" },
  { list: "space", noun: "(?:孵化器|众创空间|加速器)", text: "孵化器" },
  { list: "space", noun: "(?:空间载体|产业载体|创新载体|载体|产业园区|特色园区|产业园|产业基地|园区|空间)" },
  { list: "events", noun: "(?:创新创业大赛|创业大赛|挑战赛|比赛|大赛|赛事)", text: "赛事" },
  { list: "events", noun: "(?:活动与赛事|推介活动|对接活动|活动|展会|峰会|论坛|大会|推介会|对接会|研讨会)" },
];

const NAMES = "(?:清单|列表|名单|名录|目录|一览表?|日历|汇总表?)";
const ASKING = "(?:都?有哪些|有哪几[个家项]?|都?有什么|有啥|有没有|哪些|哪几[个家项])";
const TAIL =
  "(?:可以|能够?|可)?(?:入驻|入孵|落地|去|选|选择|参加|参与|报名|申请|推荐)?(?:的|呢|吗|呀|啊|嘛|么|了)*";
const BETWEEN = "[^，。；！？,;!?]{0,16}?";
/** What is asked about a list or a thing, not for it. */
const ABOUT =
  /是什么|什么意思|含义|怎么|如何|由谁|谁来|谁负责|为什么|为何|多久|更新|条件|要求|标准|政策支持|支持|补贴|奖励|措施|任务|目标|企业|部门|单位|服务|四清单/;
/** Who speaks of themselves wishes to be matched. */
const ABOUT_SELF = /我们|咱们|我司|我公司|本公司|我厂|敝司|贵区|适合/;
/** Words that carry nothing to look for. */
const FILLING =
  /张江高新区|张江|奉贤新城|奉贤区|奉贤园|奉贤|上海市?|本区|区里|区内|园里|最近|近期|目前|现在|今年|明年|本月|下个?月|麻烦|帮忙|请问|请|帮我|帮|给我|发给我|发我|我想要?|想要|需要|要|想|我|把|将|给|发|一份|一下|一个|一些|份|导出|列出|列一下|列|看看|看一下|看|查一下|查查|查|找一下|找|下载|提供|有关|相关|关于|方面|领域|行业|产业|专门|主要|面向|聚焦|做|搞|从事|在|里面|里|的|了|吗|呢|呀|啊|嘛|么|和|与|有|都|吧|？|\?|。|！|!|，|,|、|\s/g;

/** “有哪些做生物医药的载体？”, “载体清单发我”, “最近有什么比赛” → which list, filtered by what. Pure. */
export function findListWish(text: string, lexicon: ProfileLexicon): ListWish | undefined {
  const said = text.normalize("NFKC").trim();
  if (said.length > 60 || ABOUT_SELF.test(said)) return undefined;
  for (const kind of NOUNS) {
    const found = findAsking(said, kind);
    if (found === undefined || ABOUT.test(found.rest)) continue;
    const industries = findIndustries(found.rest, lexicon);
    const left = industries.reduce((words, one) => words.replace(one.words, " "), found.rest);
    const words = kind.text ?? left.replace(FILLING, "");
    return {
      list: kind.list,
      ...(industries.length > 0 ? { industries: [...new Set(industries.map(({ id }) => id))] } : {}),
      ...(words.length > 1 ? { text: words } : {}),
    };
  }
  return undefined;
}

/** What is said beside the list and the asking; undefined: it is not asked for. */
function findAsking(said: string, { noun, byNameOnly }: ListNoun): { rest: string } | undefined {
  const named = new RegExp(`${noun}的?${NAMES}`).exec(said);
  if (named) return { rest: cut(said, named.index, named[0].length) };
  if (byNameOnly) return undefined;
  const ahead = new RegExp(`${ASKING}(${BETWEEN})${noun}${TAIL}[？?。！!\\s]*$`).exec(said);
  if (ahead) return { rest: `${said.slice(0, ahead.index)} ${ahead[1] ?? ""}` };
  const behind = new RegExp(`${noun}${ASKING}(?:呢|吗|呀|啊)?[？?。！!\\s]*$`).exec(said);
  return behind ? { rest: said.slice(0, behind.index) } : undefined;
}

function cut(said: string, start: number, length: number): string {
  const rest = `${said.slice(0, start)} ${said.slice(start + length)}`;
  return rest.replace(new RegExp(ASKING, "g"), " ");
}
