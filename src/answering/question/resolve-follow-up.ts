/** A question together with what earlier questions of the asker contribute. */
export interface ResolvedQuestion {
  /** The question alone. */
  question: string;
  /** For people and the log: the question with the earlier topic in front when it leans on it. */
  text: string;
  /** Earlier questions that count, the latest last; empty when the question stands on its own. */
  context: readonly string[];
}

const OPENING =
  /^(那(么)?(?!边|里|儿|家)|然后|还有(?!哪些.{6})|另外|再问|继续|接着|所以|如果(是)?|要是|换成|and |what about|how about)/i;
const PRONOUN =
  /(它|他们|她|这(个|些|种|家|项|块|里|边|样|俩|两个)?(?!几年|份|方案|文件|次|意见稿)|那(个|些|种|家|项|里|边)(?!么)|该(项|基金|政策|园区|平台|名单)|上面|前面|前者|后者|刚才|刚刚|其中|此(项|类)|\b(it|they|them|that|those|this one)\b)/i;
const TRAILING = /(呢|咧|捏)[?？!。~]*$/;
const SELF_CONTAINED_LENGTH = 16;

/**
 * Decides whether a question leans on earlier ones: an opening like 那…呢, a pronoun, or so few words of its own that it
 * names no matter. `topicWords` is the number of content words of the question that the index knows.
 */
export function resolveFollowUp(
  question: string,
  earlier: readonly string[],
  topicWords: number,
): ResolvedQuestion {
  const trimmed = question.trim();
  const usable = earlier.map((text) => text.trim()).filter((text) => text !== "");
  if (usable.length === 0 || !leansOnContext(trimmed, topicWords))
    return { question, text: trimmed, context: [] };
  const context = usable.slice(-2);
  return { question, text: `${context.at(-1)}；${trimmed}`, context };
}

function leansOnContext(question: string, topicWords: number): boolean {
  if (OPENING.test(question) || PRONOUN.test(question)) return question.length <= 40;
  if (TRAILING.test(question) && question.length <= SELF_CONTAINED_LENGTH) return true;
  return topicWords === 0 || (question.length <= SELF_CONTAINED_LENGTH && topicWords <= 1);
}
