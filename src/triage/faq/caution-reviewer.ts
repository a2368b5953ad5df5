import { foldUnits } from "../redact/fold-units.ts";
import type { RedactedText } from "../redact/redact-types.ts";
import { describeRemoved } from "../redact/remove-personal-data.ts";
import type { Ticket } from "../types.ts";
import type { FoundAnswer } from "./clean-answer.ts";

const PROMISES =
  /保证|一定(?:能|会|可以|给)|肯定(?:能|会|可以|给)|绝对|百分之?百|100%|包过|必定|必然|承诺|没(?:有)?问题|放心|最高可(?:拿|得|获)|稳(?:拿|过)|内部消息|已批准|审核通过|特事特办|优先(?:安排|考虑|照顾)/gu;
const CASE_WORDS =
  /贵(?:企业|公司|司|单位)|(?:您|你们?)的?(?:公司|企业|项目|材料|申请)|该企业|某企业|某某|您(?:提|说|问|反映)/gu;
const PASSING_WORDS =
  /今天|明天|后天|昨天|本周|下周|上周|这周|本月|下个?月|近期|最近|目前|现阶段|暂时|马上|这两天|过几天|年底前|月底前/gu;
const BLAMES = /(?:文件|政策|方案|规定)[^，。；]{0,6}由[^，。；]{2,16}(?:负责|牵头|主管)/u;
const FIGURE =
  /\d[\d,]*(?:\.\d+)?\s?(?:%|％|‰|个?百分点|万元|亿元|元|万|亿|家|人|个|项|平方米|亩|年|个月|月|日|天|工作日|小时|倍|折|次|名|号)?|[一二三四五六七八九十百千两]+(?:万元|亿元|元|个工作日|个月|年内?|天|家|人|项|倍|成|折|%)|百分之[一二三四五六七八九十百]+/gu;
const LIST_NUMBER = /^\s*(?:\d{1,2}[.、)）]|[（(]\d{1,2}[)）])/gmu;
const MAX_NAMED = 6;

/** What the reviewer must look at before an entry is published; in Chinese, most important first. */
export function cautionReviewer(
  ticket: Ticket,
  answer: FoundAnswer,
  removed: { question: RedactedText["removed"]; answer: RedactedText["removed"] },
  sources: readonly { quote: string }[],
): string[] {
  const cautions: string[] = [];
  const add = (holds: boolean, caution: string) => {
    if (holds) cautions.push(caution);
  };
  add(sources.length === 0, "草稿没有出处：须补充至少一处已发布文件的原文，补充之前不能发布。");
  add(sources.length > 0, "出处取自系统当时的草拟答复，请确认与人工答复所依据的条款一致。");
  const drafts = (ticket.draft?.citations ?? []).filter(({ status }) => /征求意见/u.test(status));
  add(drafts.length > 0, "出处为征求意见稿，不具有正式效力，答复中请注明以正式印发的文件为准。");
  const figures = figuresWithoutSource(answer.text, sources);
  add(figures.length > 0, `以下数字未见于出处原文，请核对或删去：${figures.join("、")}。`);
  const promises = wordsOf(answer.text, PROMISES);
  add(promises.length > 0, `答复含承诺性用语（${promises.join("、")}），请改为文件原有的表述。`);
  add(BLAMES.test(answer.text), "答复写明由某部门负责，请核对文件是否载明；文件未载明的不要写“文件规定”。");
  const cases = wordsOf(answer.text, CASE_WORDS);
  add(cases.length > 0, `答复似针对个案（${cases.join("、")}），请改写为普遍适用的说法。`);
  const passing = wordsOf(answer.text, PASSING_WORDS);
  add(passing.length > 0, `答复含随时间变化的说法（${passing.join("、")}），请写明日期或删去。`);
  const fromQuestion = describeRemoved(removed.question);
  const fromAnswer = describeRemoved(removed.answer);
  add(fromQuestion !== "", `已从问题中略去个人或企业信息：${fromQuestion}；请再看一遍有无遗漏。`);
  add(fromAnswer !== "", `已从答复中略去个人或企业信息：${fromAnswer}；请再看一遍有无遗漏。`);
  add(answer.corrected, "专员曾更正答复，请确认草稿采用的是更正后的内容。");
  add(answer.messages > 1, `答复由 ${answer.messages} 条回复合并而成，请理顺文字。`);
  add(
    answer.files.length > 0,
    `答复另附 ${answer.files.length} 个文件，问答中不会带出，需要的内容请写入答复。`,
  );
  add(
    ticket.tasks.length > 1 || ticket.classification.also.length > 0,
    "本工单涉及多个事项，请考虑分成几条问答。",
  );
  return cautions;
}

function wordsOf(text: string, pattern: RegExp): string[] {
  const words = [...text.matchAll(pattern)].map(([word]) => `“${word}”`);
  return [...new Set(words)].slice(0, MAX_NAMED);
}

function figuresWithoutSource(answer: string, sources: readonly { quote: string }[]): string[] {
  const stated = new Set(sources.flatMap(({ quote }) => listFigures(quote)));
  const unstated = listFigures(answer).filter((figure) => !stated.has(figure));
  return [...new Set(unstated)].slice(0, MAX_NAMED).map((figure) => `“${figure}”`);
}

/** Numbers with their units, in one spelling; numbers of a list and of clauses in 《》 are none. */
function listFigures(text: string): string[] {
  const plain = text.replace(LIST_NUMBER, "").replace(/《[^《》]*》/gu, "");
  return [...foldUnits(plain).matchAll(FIGURE)].map(([figure]) => figure.replace(/[\s,]/gu, ""));
}
