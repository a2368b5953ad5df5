import { foldQuestion } from "./fold-question.ts";

/** Said in every second question here; they tell little apart however few questions were seen. */
const COMMON =
  "园区 企业 公司 奉贤 上海 项目 申请 支持 政策 平台 服务 产业 科技 创新 发展 建设 单位 补贴 奖励 企业 认定 管理 区里 市里 国家 办理 提供";
const COMMON_SEEN = 30;
/** As if so many questions had been seen before the first. */
const SEEN_BEFORE = 150;
/** What stands in every question still counts a little. */
const LEAST = 0.1;

/** How much a term tells: inverse frequency over the questions seen so far. */
export interface TermWeights {
  see(terms: Iterable<string>): void;
  weigh(term: string): number;
}

export function createTermWeights(): TermWeights {
  const seenIn = new Map<string, number>();
  let questions = SEEN_BEFORE;
  for (const word of COMMON.split(" ")) {
    for (const term of foldQuestion(word).terms.keys()) seenIn.set(term, COMMON_SEEN);
  }
  return {
    see(terms) {
      questions += 1;
      for (const term of terms) seenIn.set(term, (seenIn.get(term) ?? 0) + 1);
    },
    weigh(term) {
      const rarity = Math.log(questions / (1 + (seenIn.get(term) ?? 0))) / Math.log(questions);
      return Math.max(LEAST, rarity);
    },
  };
}
