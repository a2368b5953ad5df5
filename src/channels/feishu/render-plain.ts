import type { Reply } from "../../conversation/index.ts";
import { WORDS } from "../labels.ts";
import { toPostText } from "./post-text.ts";
import type { ReplyPart } from "./render.ts";
import { splitText } from "./split-text.ts";

const MAX_TEXT_BYTES = 22_000;

/**
 * A reply as text that can be selected and copied. As a post: in a message of the kind `text` a mention could hide.
 */
export function renderPlain({ plainText, headline, language }: Reply): ReplyPart[] {
  const text = plainText.trim() || headline.trim() || WORDS[language].empty;
  const locale = language === "zh" ? "zh_cn" : "en_us";
  return splitText(text, MAX_TEXT_BYTES).map((part) => {
    const content = { [locale]: { title: "", content: [[toPostText(part)]] } };
    const message = { msgType: "post" as const, content: JSON.stringify(content) };
    return { card: message, fallback: message };
  });
}
