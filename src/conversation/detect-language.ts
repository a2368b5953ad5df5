/** For fixed replies, which also answer a lone `help`: Chinese unless the text holds at least one Latin word of two letters and no Han character. */
export function detectLanguage(text: string): "zh" | "en" {
  if (/\p{Script=Han}/u.test(text)) return "zh";
  return /[A-Za-z]{2}/.test(text) ? "en" : "zh";
}
