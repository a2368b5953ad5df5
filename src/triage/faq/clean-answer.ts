import type { KnownPersonalData, RedactedText } from "../redact/redact-types.ts";
import { removePersonalData } from "../redact/remove-personal-data.ts";
import type { Ticket, TicketEvent, TicketFile } from "../types.ts";

const GREETING =
  /^(?:尊敬的[^，。！]{0,12}[，,:：]\s*|[^，。！!?？\s]{0,8}?(?:您|你)好[啊呀，,。.!！:：~～\s]*)+/u;
/** Ends of letters and names under them. */
const SIGNATURE =
  /^(?:此致|敬礼|顺祝.{0,10}|祝(?:您|商祺|好|生活|工作|企业).{0,10}|以上[，,]?(?:供参考)?|特此(?:回复|答复)|[—–-]{1,4}\s?.{1,20}|(?:经办人|联系人|答复人|承办人|回复人|署名)[:：].{0,30}|.{0,16}(?:委|局|中心|办公室|科|处|园区|管委会)\s*(?:某某|负责人|联系人|经理|老师|主任)?|某某|\d{4}\s?[-年/.]\s?\d{1,2}\s?[-月/.]\s?\d{1,2}\s?日?)[。.!！]?$/u;
/** Without its number a sentence that gives a contact says nothing. */
const CONTACT = /〔(?:电话|邮箱|社交账号|链接|账号|证件号码|密码)〕/u;
const COURTESY =
  /^(?:好的?|收到|了解|明白|嗯+|已(?:处理|办结|回复|答复|解决|收到|完成)|不客气|不用谢|应该的|没事|祝好|再见|请查收|如上|见上|同上|同前|感谢(?:您的)?(?:来信|反馈|咨询|支持|理解|配合).{0,6}|谢谢.{0,6}|欢迎(?:随时|再次).{0,10}|(?:如|若)?(?:还|再)?有(?:其他|任何)?(?:问题|疑问).{0,16}|ok|thanks?)[。.!！~～]*$/iu;
const SENTENCE = /[^。！？!?；;\n]+[。！？!?；;]?/gu;
const ADDS_TO_BEFORE = /^(?:另外|补充|此外|还有|再补充|更正|纠正|刚才|上面|前面|对了|接上)/u;
const CORRECTS = /更正|纠正|刚才(?:说错|有误)|说错了|以此为准/u;

export interface FoundAnswer {
  text: string;
  removed: RedactedText["removed"];
  /** Tasks whose people answered. */
  departments: readonly string[];
  /** How many messages it is made of. */
  messages: number;
  corrected: boolean;
  files: readonly TicketFile[];
}

/** What people answered last, one part for every department, without courtesy, signatures and personal data. */
export function findAnswer(
  ticket: Ticket,
  events: readonly TicketEvent[],
  known: KnownPersonalData,
): FoundAnswer {
  const parts: { department: string; replies: TicketEvent[] }[] = [];
  for (const { taskId, department } of ticket.tasks) {
    const replies = lastReplies(
      events.filter((event) => event.taskId === taskId || event.kind === "asker-said"),
    );
    if (replies.length > 0) parts.push({ department, replies });
  }
  const all = parts.flatMap(({ replies }) => replies);
  const cleaned = all.map(({ text }) => cleanReply(text ?? "", known));
  const lines = [...new Set(cleaned.map(({ text }) => text).filter((text) => text !== ""))];
  return {
    text: lines.join("\n"),
    removed: addUp(cleaned.map(({ removed }) => removed)),
    departments: [...new Set(parts.map(({ department }) => department))],
    messages: lines.length,
    corrected: all.some(({ text }) => CORRECTS.test(text ?? "")),
    files: all.flatMap(({ files }) => files),
  };
}

/** The replies since the asker last spoke, back to one that says something; and what such a one adds to. */
function lastReplies(events: readonly TicketEvent[]): TicketEvent[] {
  const found: TicketEvent[] = [];
  for (const event of events.toReversed()) {
    const text = event.text?.trim() ?? "";
    if (event.kind === "asker-said") {
      const first = found[0]?.text?.trim() ?? "";
      if (found.length > 0 && !ADDS_TO_BEFORE.test(first)) break;
    } else if (event.kind === "replied" && text !== "" && !isCourtesy(text)) {
      found.unshift(event);
    }
  }
  return found;
}

function isCourtesy(text: string): boolean {
  return (text.match(SENTENCE) ?? []).every(
    (sentence) =>
      COURTESY.test(sentence.trim().replace(GREETING, "")) || sentence.trim().replace(GREETING, "") === "",
  );
}

function cleanReply(text: string, known: KnownPersonalData): RedactedText {
  const clean = removePersonalData(text, known);
  const lines = clean.text.split("\n").map(cleanLine);
  // Signatures stand at the end, after what is said.
  while (lines.length > 1 && (SIGNATURE.test(lines.at(-1) ?? "") || lines.at(-1) === "")) lines.pop();
  return { text: lines.filter((line) => line !== "").join("\n"), removed: clean.removed };
}

function cleanLine(line: string): string {
  const sentences = line.match(SENTENCE) ?? [];
  return sentences
    .map((sentence, at) => (at === 0 ? sentence.trim().replace(GREETING, "") : sentence.trim()))
    .filter((sentence) => sentence !== "" && !CONTACT.test(sentence) && !COURTESY.test(sentence))
    .join("");
}

export function addUp(all: readonly RedactedText["removed"][]): RedactedText["removed"] {
  const counts = new Map<RedactedText["removed"][number]["kind"], number>();
  for (const { kind, count } of all.flat()) counts.set(kind, (counts.get(kind) ?? 0) + count);
  return [...counts].map(([kind, count]) => ({ kind, count }));
}
