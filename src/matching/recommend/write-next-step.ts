import type { FieldId, ProfileLexicon } from "../../enterprises/index.ts";
import type { CatalogueEntry, Program, ProgramState } from "../types.ts";

const MOST_TO_PREPARE = 4;

const STATE_WORDS: Record<ProgramState, string | null> = {
  已有: null,
  明确措施: null,
  推进建设: "该项目在文件中为推进建设，可能尚未开放，请先确认进展。",
  拟设立: "该项目在文件中为拟设立，可能尚未设立，请先确认进展。",
  鼓励: "文件对此为支持、鼓励等表述，具体办理以实施细则或申报通知为准。",
};

export interface NextStepContext {
  lexicon: ProfileLexicon;
  asOf: string;
  /** What they said already is not asked for again. */
  isKnown(field: FieldId): boolean;
}

/** What to do, from the text only: whom it names, what to have at hand, when. */
export function writeNextStep(
  { program, documentStatus }: CatalogueEntry,
  { lexicon, asOf, isKnown }: NextStepContext,
): string {
  const parts = [
    STATE_WORDS[program.state.state],
    writeWindow(program.window, asOf),
    program.responsibleBody
      ? `文件载明：${endSentence(program.responsibleBody.text)}`
      : "文件未载明受理部门和联系方式，可由园区服务专员协助对接。",
    writePreparation(program, lexicon, isKnown),
    documentStatus === "征求意见稿" ? "以正式印发的文件为准。" : null,
    documentStatus === "已到期" ? "所依据的文件已到期，请先确认是否仍在执行。" : null,
  ];
  return parts.filter((part) => part !== null).join("");
}

/** The window is half-open; people are told its last day. */
function writeWindow(window: Program["window"], asOf: string): string | null {
  if (window === null) return null;
  const { from, to } = window;
  const last = to === null ? null : dayBefore(to);
  if (to !== null && asOf >= to) return `文件载明的申报时间已于${last}截止，可关注下一批次的通知。`;
  if (from !== null && asOf < from) return `申报自${from}开始${last ? `，至${last}截止` : ""}。`;
  return last ? `正在申报期内，至${last}截止。` : null;
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

function writePreparation(
  { materials, intake }: Program,
  lexicon: ProfileLexicon,
  isKnown: (field: FieldId) => boolean,
): string | null {
  if (materials.length > 0) return `文件载明的材料：${materials.map(({ text }) => text).join("、")}。`;
  const labels = intake
    .filter((field) => !isKnown(field))
    .map((field) => lexicon.fields.get(field)?.label)
    .filter((label) => label !== undefined)
    .slice(0, MOST_TO_PREPARE);
  return labels.length > 0 ? `对接前可先备好：${labels.join("、")}。` : null;
}

function endSentence(text: string): string {
  return /[。！？]$/.test(text) ? text : `${text}。`;
}
