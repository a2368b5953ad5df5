/** For fixed replies, which also answer a lone `help`: Chinese unless the text holds at least one Latin word of two letters and no Han character. */
export function detectLanguage(text: string): "zh" | "en" {
  if (/\p{Script=Han}/u.test(text)) return "zh";
  return /[A-Za-z]{2}/.test(text) ? "en" : "zh";
}

/** Said in every language: it does not tell which one somebody speaks. */
const COURTESY =
  /^(?:(?:ok(?:ay)?|thanks?|thank you|thx|ty|got it|i see|noted|understood|sure|great|perfect|fine|cool|alright|bye|hi|hello|hey|yes|no|so much|very much|a lot|many|[?？!！。,.，~～\s])+)$/iu;

/** Words of courtesy, or no words at all. */
export function isCourtesy(text: string): boolean {
  return COURTESY.test(text.trim());
}
