/** One line without edges of blanks; blanks of layout between Chinese characters stay as typed, but once. */
export function tidyLine(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000e-\u001f\u200b-\u200d\u2060\ufeff\u00ad]/g, "")
    .replace(/[\t\n\r\v\f\u00a0\u2028\u2029 ]+/g, " ")
    .replace(/^[ \u3000]+|[ \u3000]+$/g, "");
}
