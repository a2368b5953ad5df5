import { OWN } from "./own-words.ts";

/** “给我…”, “跟我们…”: to whom it is told is nobody whose matters are asked for. */
const INTRODUCES =
  /^(?:你好|您好|请|麻烦|能否|能不能|可以|可否|帮忙|再|先|那|就|你|您|来|想|[，,\s])*(?:给|帮|跟|和|为|向|替|让)?(?:我们?|咱们?|大家|各位)?(?:再|简单|详细|大概|大致|好好|先|听)*(?:介绍|讲讲|讲解|讲一讲|讲一?下|说说|说一说|说一?下|聊聊|科普|解释|说明|简述|概述|概括|总结|列举|列出|列一?下|罗列)(?:一?下|说说|讲讲)*(?<matter>[^\s，,。:：；;].*)$/u;
const INTRODUCES_IN_ENGLISH =
  /^(?:please |can you |could you )*(?:tell (?:me|us) about|introduce|explain|describe)\b(?<matter>.+)$/iu;

/** Names a quantity and no number of it. */
const NAMES_FIGURE =
  /.{3}(?:数量|总数|总量|家数|个数|户数|规模|产值|目标|比例|占比|比重|增速|增幅|增长率|[业企构台]数)(?:是|为|呢|情况|有|达到|要求|方面)*[\s。.!！]*$/u;
const NUMBER = /\d|[一二两三四五六七八九十百千万亿几][个家人万亿千百十成%]/u;

/** Asks for a figure or an introduction of what documents write of, without a question mark: speaks for no enterprise. */
export function asksOfMatters(text: string): boolean {
  const said = text.trim();
  const matter = (INTRODUCES.exec(said) ?? INTRODUCES_IN_ENGLISH.exec(said))?.groups?.["matter"];
  if (matter !== undefined && !OWN.test(matter)) return true;
  return NAMES_FIGURE.test(said) && !NUMBER.test(said) && !OWN.test(said);
}
