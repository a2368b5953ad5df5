import type { Paragraph } from "../reading/join-paragraphs.ts";
import type { Label } from "./read-label.ts";

const ASKED = /^(?:问题?|提问|Q)[ ]?([0-9０-９]{0,2})[ ]?[：:、.．]\s*/;
const ANSWERED = /^(?:答复?|回答|解答|回复|A)[ ]?[0-9０-９]{0,2}[ ]?[：:]\s*/;
const SPEAKER = /^([一-龥A-Za-z·（）() ]{2,24})[：:]\s*(?=\S)/;
const SPEAKS_BUT_IS_A_LABEL =
  /条件|标准|对象|材料|时间|方式|流程|地点|地址|电话|期限|范围|依据|要求|程序|附件|注意|说明|内容|如下|包括|例如|其中|单位|部门|金额|补贴|链接|网址/;

/**
 * Questions of an interview or a list of questions and answers become labels of their own, in place. `answers` holds the
 * indexes of the paragraphs with which an answer starts.
 */
export function markQuestions(
  paragraphs: readonly Paragraph[],
  labels: (Label | undefined)[],
): { answers: Set<number> } {
  const answers = new Set<number>();
  const transcript = isTranscript(paragraphs, labels);
  let count = 0;
  for (const [index, { text }] of paragraphs.entries()) {
    if (labels[index]) continue;
    if (ANSWERED.test(text)) answers.add(index);
    const end = questionStart(text, transcript);
    if (end === undefined) {
      if (transcript && count > 0 && isSpeech(text)) answers.add(index);
      continue;
    }
    count += 1;
    labels[index] = { style: "question", value: count, mark: `问${count}`, printed: "", end, apart: true };
  }
  return { answers };
}

function questionStart(text: string, transcript: boolean): number | undefined {
  const asked = ASKED.exec(text);
  if (asked) return asked[0].length;
  if (!transcript || !isSpeech(text) || !isQuestion(text)) return undefined;
  return SPEAKER.exec(text)?.[0].length;
}

/** Named speakers, questions and answers in turn, at least twice. */
function isTranscript(paragraphs: readonly Paragraph[], labels: readonly (Label | undefined)[]): boolean {
  let turns = 0;
  for (let index = 0; index + 1 < paragraphs.length; index += 1) {
    const text = paragraphs[index]?.text ?? "";
    const next = paragraphs[index + 1]?.text ?? "";
    if (labels[index] || labels[index + 1]) continue;
    if (isSpeech(text) && isQuestion(text) && isSpeech(next) && !isQuestion(next)) turns += 1;
  }
  return turns >= 2;
}

function isSpeech(text: string): boolean {
  const speaker = SPEAKER.exec(text)?.[1];
  return speaker !== undefined && !SPEAKS_BUT_IS_A_LABEL.test(speaker);
}

function isQuestion(text: string): boolean {
  return text.length <= 400 && /[？?][”」]?(?:谢谢[^。？]{0,8}[。！]?)?$/.test(text);
}
