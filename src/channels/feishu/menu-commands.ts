/** What the entries of the bot's menu stand for, by the key that the set-up guide has an administrator give them. */
const COMMANDS: ReadonlyMap<string, string> = new Map([
  ["help", "帮助"],
  ["match", "匹配政策"],
  ["profile", "我的画像"],
  ["tickets", "我的工单"],
  ["specialist", "找专员"],
]);

export function readMenuCommand(eventKey: string): string | undefined {
  return COMMANDS.get(eventKey);
}
