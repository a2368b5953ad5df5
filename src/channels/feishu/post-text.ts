/**
 * A text element of a post. Whether the platform looks for mentions in it (as it does in text messages) is told one way by
 * its pages and another by its tools: what would be one is written with a full-width bracket.
 */
export function toPostText(text: string): { tag: "text"; text: string } {
  return { tag: "text", text: text.replace(/<(?=\s*\/?\s*at\b)/giu, "＜") };
}
