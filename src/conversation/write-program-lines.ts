import type { ProgramBlock, Reply, VerdictRow } from "./types.ts";

const WORDS = {
  zh: {
    source: "依据：",
    notStated: "文件未载明：",
    caution: "请注意：",
    next: "下一步：",
    ours: "贵企业 ",
    asks: "要求 ",
  },
  en: {
    source: "Source: ",
    notStated: "Not stated in the document: ",
    caution: "Please note: ",
    next: "Next step: ",
    ours: "yours: ",
    asks: "required: ",
  },
} as const;

/** A program with its verdicts as lines of text. Compact: without criteria and quotes, but never without its source. */
export function writeProgramLines(block: ProgramBlock, language: Reply["language"] = "zh"): string[] {
  const { rank, name, verdictLabel, status } = block;
  const words = WORDS[language];
  const head = `${rank === null ? "" : `${rank}. `}${name}〔${verdictLabel}〕${status}`;
  const reason = block.reason ? [`   ${block.reason}`] : [];
  if (block.compact) {
    const [first] = block.quotes;
    return [head, ...reason, ...(first ? [`   ${words.source}《${first.title}》${first.section}`] : [])];
  }
  return [
    head,
    ...reason,
    ...block.criteria.map((row) => `   ${writeVerdict(row, language)}`),
    ...block.quotes.map(
      ({ title, section, quote }) => `   ${words.source}《${title}》${section}：“${quote}”`,
    ),
    ...(block.notStated.length > 0 ? [`   ${words.notStated}${block.notStated.join("、")}`] : []),
    ...block.cautions.map((caution) => `   ${words.caution}${caution}`),
    ...(block.nextStep === "" ? [] : [`   ${words.next}${block.nextStep}`]),
  ];
}

/** `〔待确认〕成立满2年：贵企业 未提供，要求 不少于2年（第五条：“…”）`. */
function writeVerdict(row: VerdictRow, language: Reply["language"]): string {
  const { label, text, observed, threshold, section, quote, note } = row;
  const words = WORDS[language];
  const ours = [
    ...(observed ? [`${words.ours}${observed}`] : []),
    ...(threshold ? [`${words.asks}${threshold}`] : []),
    ...(note ? [note] : []),
  ];
  return `〔${label}〕${text}${ours.length > 0 ? `：${ours.join("，")}` : ""}（${section}：“${quote}”）`;
}
