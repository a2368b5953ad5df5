import { longestEndingAt, type Tile } from "./align-statement.ts";
import type { GroundingProblem } from "./grounding-types.ts";
import { GRAMMAR_CHARACTERS, NEUTRAL_PATTERN } from "./neutral-words.ts";
import type { Span } from "./normalize-text.ts";
import type { Support } from "./read-support.ts";
import { STRENGTH_VERBS } from "./strength-verbs.ts";

/** Endings of names of bodies, places, funds, services, programmes and honours. */
const NAME_ENDING =
  /委员会|领导小组|办公室|管委会|委办局|税务局|[局厅署院所](?=[、，。；和与及等将的由负]|$)|委(?=[、，。；和与及等将的由负具牵]|$)|中心|公司|集团|事务所|产业园区?|工业园区?|工业区|特色园区|基地|基金|大会|研讨会|推介会|论坛|大赛|挑战赛|平台|联盟|协会|学会|商会|研究院|研究所|实验室|大学|学院|医院|银行|服务站|服务港|驿站|服务卡|热线|窗口|工程|专项|行动|专班|孵化器|加速器|众创空间|创新体|联合体|示范区|集聚区|开发区|新区|新城|新片区|街道|大厦|广场|走廊|培育库|名单|称号|证书|奖项?(?=[、，。；的]|$)/g;
const GENERIC_BEFORE = /(?:该|此|这|上述|前述|有关|相关|各|各类|本|其|等|一批|若干|这些|所述)$/;
const ADMINISTRATIVE_END = /(?:国家级?|[省市区县镇]级?|全国|本市|我市|我区|本区|中央)$/;
const PLAIN_VERBS =
  "扩大|提升|增强|加强|强化|深化|整合|发挥|利用|盘活|开放|联合|依托|借助|引入|加入|进入|入驻|列入|完善|优化|完善优化|用好|通过|申报|申请|认定|推荐|联系|咨询|参加|参与|了解|培育|集聚|围绕|关注|名为|登录|登陆|提交|领取|使用|持有|配合|组织|牵头|包括|包含|等|如";
const VERB_END = new RegExp(`(?:${PLAIN_VERBS})$`);
const GENERIC_VERB = /(?:登录|登陆|进入|加入|设立|建设|搭建|打造|构建|依托|入驻|引入)$/;
const LEADING_WORDS = new RegExp(
  `^(?:[的由在对为将把被等以向从]|${PLAIN_VERBS}|${STRENGTH_VERBS.source}|${NEUTRAL_PATTERN.source})+`,
);
/** Characters that a name has before its ending, at least, when a verb is cut off before it. */
const SHORTEST_OWN_PART = 2;
const LATIN_WORD = /[A-Za-z][A-Za-z\d&+-]*/g;

/** Every name must stand in the clauses as a whole: with its own beginning, not spliced from two. */
export function checkNames(statement: string, support: Support): GroundingProblem[] {
  const problems: GroundingProblem[] = [];
  for (const match of statement.matchAll(NAME_ENDING)) {
    const end = match.index + match[0].length;
    const reason = judgeName(statement, { start: match.index, end }, support);
    if (reason)
      problems.push({ kind: "name", text: statement.slice(Math.max(0, match.index - 8), end), reason });
  }
  const known = new Set(support.text.toLowerCase().match(LATIN_WORD) ?? []);
  for (const [word] of statement.matchAll(LATIN_WORD)) {
    if (!known.has(word.toLowerCase())) problems.push({ kind: "name", text: word, reason: "no such name" });
  }
  return problems;
}

function judgeName(statement: string, ending: Span, support: Support): string | undefined {
  const before = statement.slice(0, ending.start);
  if (GENERIC_BEFORE.test(before)) return undefined;
  const tile = trimToWords(statement, longestEndingAt(statement, ending.end, support));
  const isWhole = tile !== undefined && tile.start <= ending.start - (ending.start === 0 ? 0 : 1);
  if (!isWhole) return isGeneric(before) && tile ? undefined : "no such name in the clauses";
  return isCleanStart(statement, tile, ending.start) ? undefined : "the beginning of the name differs";
}

function isGeneric(before: string): boolean {
  return (
    before === "" ||
    GENERIC_BEFORE.test(before) ||
    endsInMark(before) ||
    endsWith(before, NEUTRAL_PATTERN) ||
    GENERIC_VERB.test(before)
  );
}

/** A mark, a grammatical character, a neutral word or a verb: a name may begin here. */
function endsAtBoundary(before: string): boolean {
  if (endsInMark(before) || VERB_END.test(before)) return true;
  return endsWith(before, NEUTRAL_PATTERN) || endsWith(before, STRENGTH_VERBS);
}

function endsInMark(before: string): boolean {
  const last = before.at(-1) ?? "";
  return /[\u4e00-\u9fff]/.test(last) ? GRAMMAR_CHARACTERS.has(last) : !/[A-Za-z\d]/.test(last);
}

function endsWith(before: string, pattern: RegExp): boolean {
  const tail = before.slice(-6);
  return [...tail.matchAll(pattern)].some((match) => match.index + match[0].length === tail.length);
}

/** A name does not reach over a punctuation mark. */
function trimToWords(statement: string, tile: Tile | undefined): Tile | undefined {
  if (!tile) return undefined;
  const words = /[\u4e00-\u9fffA-Za-z\d·&()+-]*$/.exec(statement.slice(tile.start, tile.end))?.[0] ?? "";
  return { ...tile, start: tile.end - words.length };
}

/** The name begins where one begins in the clauses, not in the middle of another name. */
function isCleanStart(statement: string, tile: Tile, endingStart: number): boolean {
  if (tile.start === 0) return true;
  const before = statement.slice(0, tile.start);
  if (ADMINISTRATIVE_END.test(before)) return false;
  const isJoinedOn = /^[及和与或]/.test(statement.slice(tile.start)) && /[\u4e00-\u9fff]$/.test(before);
  if (isJoinedOn) return false;
  if (endsAtBoundary(before)) return true;
  // What was taken over begins with a verb or the like, and the name after it.
  const lead = statement.slice(tile.start, endingStart).match(LEADING_WORDS)?.[0].length ?? 0;
  return lead > 0 && endingStart - tile.start - lead >= SHORTEST_OWN_PART;
}
