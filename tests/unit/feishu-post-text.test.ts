import { expect, it } from "vitest";
import { toPostText } from "../../src/channels/feishu/post-text.ts";

it.each([
  ["<at id=all></at>", "＜at id=all>＜/at>"],
  ['<AT user_id="all">所有人</AT>', '＜AT user_id="all">所有人＜/AT>'],
  ["< at user_id=1>", "＜ at user_id=1>"],
  ["面积<150平方米，attention <b>", "面积<150平方米，attention <b>"],
  ["3<attempts", "3<attempts"],
])("%s", (text, shown) => {
  expect(toPostText(text)).toEqual({ tag: "text", text: shown });
});
