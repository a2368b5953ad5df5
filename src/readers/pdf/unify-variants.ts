/**
 * Fonts for all of East Asia hold one shape for the old and the new form of a character, and files made with them name either.
 * In simplified text the new form is meant.
 */
const NEW_FORMS: Readonly<Record<string, string>> = {
  戶: "户",
  內: "内",
  吳: "吴",
  別: "别",
  沒: "没",
  呂: "吕",
  兌: "兑",
  稅: "税",
  脫: "脱",
  黃: "黄",
};
const OLD_FORM = /[戶內吳別沒呂兌稅脫黃]/g;
const SIMPLIFIED = /[这国发们业关机对会学规实务区请创办县门为应级个来时]/g;
const TRADITIONAL = /[這國發們業關機對會學規實務區請創辦縣門為應級個來時]/g;

/** Whether a document is so plainly simplified that an old form in it comes from its font. */
export function isSimplified(texts: readonly string[]): boolean {
  let [simplified, traditional] = [0, 0];
  for (const text of texts) {
    simplified += text.match(SIMPLIFIED)?.length ?? 0;
    traditional += text.match(TRADITIONAL)?.length ?? 0;
  }
  return simplified >= 10 && traditional <= simplified * 0.02;
}

export function toNewForms(text: string): string {
  return text.replace(OLD_FORM, (character) => NEW_FORMS[character] ?? character);
}
