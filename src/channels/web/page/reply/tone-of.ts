/** What binds stands out from what does not. */
export function toneOf(status: string): "good" | "caution" | "plain" {
  if (status === "现行有效") return "good";
  return /稿|废止|到期|替代/.test(status) ? "caution" : "plain";
}
