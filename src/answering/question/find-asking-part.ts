const ASKING =
  /(吗|么|呢|有没有|有无|哪|什么|啥|怎么|如何|咋|谁|几|多少|能不能|能否|可以|可不可以|是否|是不是|算不算|想(问|找|要|了解|知道|咨询)|求|请问|请教|\?|\b(what|which|how|who|where|when|is|are|does|do|can|any)\b)/;

/** A stretch of the normalised question. */
export interface QuestionPart {
  text: string;
  start: number;
  end: number;
}

/**
 * The parts of a question that ask, between commas and stops; people tell their story first. Empty when none asks or
 * when there is no more than the asking part.
 */
export function findAskingParts(normalized: string): QuestionPart[] {
  const parts = [...normalized.matchAll(/[^，。；！？,;!?\n]+[！？!?]?/g)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
  const asking = parts.filter(({ text }) => ASKING.test(text));
  return asking.length === parts.length ? [] : asking;
}
