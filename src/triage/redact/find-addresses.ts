import type { PersonalSpan } from "./redact-types.ts";

const NUMBER = "(?:\\d{1,5}|[一二三四五六七八九十百]{1,5})";
/** Where the name of a road begins: after what is no part of it. District and town stay, they matter to policies. */
const ROAD_NAME = "[^\\s\\d在位于住址到是从的去搬迁和与至省市区县镇乡村，。、；：:,.()（）〔〕“”\"'!?！？]";
const ROAD = `(?:${ROAD_NAME}{1,7}?(?:公路|大道|大街|路|街|弄|巷|胡同)|${ROAD_NAME}{1,4}(?<![知报渠频跑轨赛管通难味])道)`;
/** 中央一号文件, 12号线, 3号前: these numbers are no houses. */
const NO_HOUSE = "(?!文|令|公告|通知|线|课题|项目|窗口|工程|前|之前|以前|后|之后|开始|截止|公报)";
const ROOM = `(?:\\s?(?:${NUMBER}|[a-z])\\s?(?:支弄|弄|号楼|号|栋|幢|座|单元|层|楼|室|户|房|铺|f)${NO_HOUSE}[东南西北]?){0,5}(?:\\s?[a-z]?\\d{2,4}(?:室|房)?)?`;

const PATTERNS: readonly RegExp[] = [
  new RegExp(`${ROAD}\\s?${NUMBER}(?:[-~－]\\d{1,5})?\\s?(?:支弄|弄|号)${NO_HOUSE}${ROOM}`, "gu"),
  new RegExp(
    `[^\\s\\d在位于住址到是从的和与，。、；：:省市区县镇乡]{0,6}(?:小区|花园|公寓|家园|新村|新苑|公馆|大厦|广场|大楼|商务楼|商务中心)\\s?(?:${NUMBER}|[a-z])\\s?(?:号楼|号|栋|幢|座|单元|楼|层|室|房)${ROOM}`,
    "gu",
  ),
  /(?<![\da-z])(?:\d{1,4}|[a-z])\s?(?:号楼|栋|幢|座)\s?(?:[一二三四五六七八九\d]{1,2}\s?单元)?\s?(?:\d{1,2}\s?(?:层|楼))?\s?[a-z]?\d{2,4}\s?(?:室|房|户|铺)?(?!\d)/gu,
  /(?<![\d.])\d{1,3}\s?(?:单元|号楼|栋|幢)\s?\d{2,4}\s?(?:室|房|户)/gu,
  /(?<=[村队])\s?\d{1,3}\s?(?:组|队)?\s?\d{0,4}\s?号(?!文|令|线|楼)/gu,
  /(?<![a-z\d])(?:room|rm|unit|suite|flat)\.? ?[a-z]?\d{1,5}[a-z]?,?(?: (?:building|block) ?[a-z\d]{1,3})?/gu,
  /(?<![a-z\d])(?:no\.? ?)?\d{1,5},? (?:[a-z]+ ){1,3}(?:road|rd|street|st|avenue|ave|lane|highway)\b\.?/gu,
];

/** Addresses with a house number. Of folded text. */
export function findAddresses(folded: string): PersonalSpan[] {
  return PATTERNS.flatMap((pattern) =>
    [...folded.matchAll(pattern)].map((match) => {
      const blank = match[0].length - match[0].trimStart().length;
      const start = match.index + blank;
      return {
        kind: "address",
        start,
        end: match.index + match[0].trimEnd().length,
        put: "〔地址〕",
      } as const;
    }),
  );
}
