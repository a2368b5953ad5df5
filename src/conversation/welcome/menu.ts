/**
 * Entries of a bot's menu on a platform: the key that the administrator gives an entry → the typed command that has the
 * same effect. Keys stay as they are: menus of running installations name them.
 */
export const MENU_COMMANDS: Readonly<Record<string, string>> = {
  help: "帮助",
  ask: "怎么用",
  match: "匹配",
  profile: "我的资料",
  programs: "匹配结果",
  report: "一企一策",
  specialist: "找专员",
  my_tickets: "我的工单",
  subscribe: "订阅推送",
  unsubscribe: "退订",
  reminders: "我的提醒",
  export_my_data: "导出我的数据",
  delete_my_data: "删除我的数据",
  reset: "重置",
  about: "你是谁",
};

/** An unknown key, of a menu that somebody made by hand, shows what there is. */
export function readMenuKey(eventKey: string): string {
  const key = eventKey.trim().toLowerCase().replaceAll("-", "_");
  return Object.hasOwn(MENU_COMMANDS, key) ? (MENU_COMMANDS[key] ?? "帮助") : "帮助";
}
