import { checkCreditCode } from "../../enterprises/index.ts";
import { checkProgram } from "./check-program.ts";
import { refuseForeignCode, setCode } from "./handle-code.ts";
import { asksForAllLists, showAllLists, showList } from "./handle-lists.ts";
import { findKnown, type MatchStep, type MatchTurn, openly, privately } from "./match-turn.ts";
import { OWN } from "./own-words.ts";
import { readMatchCommand } from "./read-match-command.ts";
import { findNamed } from "./resolve-programs.ts";
import { toStep } from "./run-command.ts";
import { takeWords } from "./take-words.ts";
import { isForMatching, isQuestion, withoutBorrowedAnswers } from "./understand-words.ts";

/** Longer texts are pasted documents. */
const MAX_TEXT = 2_000;
/** A code beside few other words: what they send is the code. */
const MAX_CODE_MESSAGE = 60;

/** What a message wants of the matching part; undefined: a question, or nothing for it. */
export async function chooseStep(turn: MatchTurn): Promise<MatchStep | undefined> {
  const { message } = turn;
  const command = readMatchCommand(message);
  if (command) return toStep(turn, command);
  const text = message.text.trim();
  if (message.action || message.unsupported || text === "" || text.length > MAX_TEXT) return undefined;
  return (
    (await chooseCode(turn, text)) ??
    chooseList(turn, text) ??
    (await chooseCheck(turn, text)) ??
    (await chooseWords(turn, text))
  );
}

/** A code by itself, or another company's in a bound group. */
async function chooseCode(turn: MatchTurn, text: string): Promise<MatchStep | undefined> {
  const checked = checkCreditCode(text);
  if (checked.outcome === "none" || isQuestion(text)) return undefined;
  if (checked.outcome === "sound") {
    const refusal = await refuseForeignCode(turn, checked.code);
    if (refusal) return openly(async () => refusal);
  }
  return text.length <= MAX_CODE_MESSAGE ? privately(() => setCode(turn, checked)) : undefined;
}

function chooseList(turn: MatchTurn, text: string): MatchStep | undefined {
  const { lists } = turn.options;
  if (!lists) return undefined;
  if (asksForAllLists(text)) return openly(() => showAllLists(turn, lists));
  const wish = lists.findListWish(text);
  return wish && openly(() => showList(turn, wish, lists));
}

/** Asks whether one's own enterprise fits. */
const ASKS_FIT =
  /(?:够不够|够格|够条件|够资格|有资格|没资格|合不合|符合|符不符合|满足|达标|达到要求|能不能|能否|可不可以|可以|能|是否能|行不行)(?:.{0,6}(?:申请|申报|拿|享受|进|入|用|参加|报|要求|条件|标准|吗|么|不))?|\b(?:eligible|qualify|apply)\b/iu;
/** Asks for something else about a program than whether one fits. */
const ASKS_ELSE =
  /怎么|怎样|如何|哪里|在哪|什么时候|何时|多少|多久|流程|材料|联系|电话|谁|\b(?:how|where|when|who)\b/iu;

/** “天使基金我们够格吗”: asks about oneself, and names a program. */
async function chooseCheck(turn: MatchTurn, text: string): Promise<MatchStep | undefined> {
  if (
    text.length > 100 ||
    ASKS_ELSE.test(text) ||
    !OWN.test(text) ||
    !ASKS_FIT.test(text) ||
    !isQuestion(text)
  )
    return undefined;
  const programId = await findNamed(turn, text);
  return programId === undefined ? undefined : privately(() => checkProgram(turn, programId));
}

async function chooseWords(turn: MatchTurn, text: string): Promise<MatchStep | undefined> {
  const known = await findKnown(turn);
  const { asked } = turn.dialogue.state;
  const isHere = turn.message.chatKind === "direct" || turn.dialogue.state.chat === turn.chat;
  const open = isHere ? asked : [];
  const { lexicon, reader } = turn.options;
  const read = await reader.read(text, {
    today: turn.today,
    ...(open.length > 0 && { asked: open }),
    ...(known && { profile: known.profile }),
  });
  const isFlag = (field: string) => open.includes(field) && lexicon.fields.get(field)?.kind === "flag";
  const understanding = withoutBorrowedAnswers(read, isFlag);
  const context = { asked: open, isKnown: (known?.profile.facts.size ?? 0) > 0 };
  if (!isForMatching(text, understanding, context)) return undefined;
  const code = checkCreditCode(text);
  const refusal = code.outcome === "sound" ? await refuseForeignCode(turn, code.code) : undefined;
  if (refusal) return openly(async () => refusal);
  return privately(() => takeWords(turn, understanding));
}
