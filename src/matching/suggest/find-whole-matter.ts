import type { Clause } from "../../knowledge/index.ts";
import type { FoundMeasure } from "./find-measures.ts";
import { isFrontMatter } from "./sort-out-document.ts";
import { splitSentences } from "./split-text.ts";

const CALL =
  /^(?:.{0,20})?关于(?:组织|做好|开展|受理|启动|征集|发布|组织开展|开展组织)*(?:申报|申请|受理)?(?<matter>.+?)(?:申报|申请|受理|征集|兑现|评选|认定申报)?(?:有关)?(?:工作|事项)?的?(?:通知|公告|通告)$/;
const GUIDE =
  /^(?<matter>.*?(?:补贴|补助|贴息|奖励|资助|基金|创新券|公寓|认定|入库|项目|资金池))(?:资金)?(?:申请|申报|办理)?(?:管理|实施|操作|发放)?(?:暂行)?(?:办法|细则|规程|规定|办事指南|服务指南|申报指南|申请指南|指南)(?:[（(](?:试行|暂行)[）)])?$/;
const MANY =
  /暂停|停止|统计|专项资金|若干|措施|方案|规划|意见|和奖励|与奖励|修改|废止|印发|延长|问答|条例|公示|名单|培训|会议|检查|征求/;
const SAYS = /给予|补贴|补助|贴息|奖励|资助|投资|提供|享受|认定|申报|受理|配租|可以申请|申请/;

/** A document about one matter (a call, a guide, rules of one subsidy) is one measure as a whole. Pure. */
export function findWholeMatter(title: string, clauses: readonly Clause[]): FoundMeasure | undefined {
  if (MANY.test(title)) return undefined;
  const name = (CALL.exec(title) ?? GUIDE.exec(title))?.groups?.["matter"]?.replace(/的$/, "");
  if (name === undefined || name.length < 3) return undefined;
  const body = clauses.filter((clause) => !isFrontMatter(clause));
  const grants = body.flatMap((clause) =>
    splitSentences(clause.text)
      .filter(
        (sentence) =>
          /(?:给予|予以|补助|补贴|贴息|奖励|资助|标准|投资额|补偿)/.test(sentence) &&
          /[\d%％]/.test(sentence),
      )
      .filter(
        (sentence) =>
          !/绩效|抽查|工作日|列支|分担|追|退回|日期|申报时间|管理费|为降低|为/.test(sentence.slice(0, 12)) &&
          !/台账|填报|调查表|条件|工作日|分担|列支|追缴|退回|\d+月\d+日/.test(sentence),
      )
      .map((sentence) => ({ sentence, clause })),
  );
  const fallback = body
    .filter(({ section }) => section !== "导语")
    .flatMap((clause) => splitSentences(clause.text).map((sentence) => ({ sentence, clause })))
    .find(({ sentence }) => SAYS.test(sentence) && !/^为/.test(sentence));
  const given = grants.find(({ sentence }) => /给予|予以/.test(sentence)) ?? grants[0] ?? fallback;
  const verb = given && SAYS.exec(given.sentence)?.[0];
  if (!given || !verb) return undefined;
  return {
    ...{
      name,
      state: "明确措施",
      verb,
      quote: given.sentence,
      clause: given.clause,
      how: "grant",
      named: true,
    },
    sentences: [...new Set(grants.map(({ sentence }) => sentence))].slice(0, 12),
  };
}
