import type { ProgramBlock, VerdictRow } from "./types.ts";

/** A program with its verdicts as lines of text. */
export function writeProgramLines(block: ProgramBlock): string[] {
  const { rank, name, verdictLabel, status } = block;
  const head = `${rank === null ? "" : `${rank}. `}${name}〔${verdictLabel}〕${status}`;
  if (block.compact) return [head, ...(block.reason ? [`   ${block.reason}`] : [])];
  return [
    head,
    ...(block.reason ? [`   ${block.reason}`] : []),
    ...block.criteria.map((row) => `   ${writeVerdict(row)}`),
    ...block.quotes.map(({ title, section, quote }) => `   依据：《${title}》${section}：“${quote}”`),
    ...(block.notStated.length > 0 ? [`   文件未载明：${block.notStated.join("、")}`] : []),
    ...block.cautions.map((caution) => `   请注意：${caution}`),
    `   下一步：${block.nextStep}`,
  ];
}

/** `〔待确认〕成立满2年：贵企业 未提供，要求 不少于2年（第五条：“…”）`. */
function writeVerdict({ label, text, observed, threshold, section, quote, note }: VerdictRow): string {
  const ours = [
    ...(observed ? [`贵企业 ${observed}`] : []),
    ...(threshold ? [`要求 ${threshold}`] : []),
    ...(note ? [note] : []),
  ];
  return `〔${label}〕${text}${ours.length > 0 ? `：${ours.join("，")}` : ""}（${section}：“${quote}”）`;
}
