const NAMES: Readonly<Record<string, string>> = {
  feishu: "飞书",
  web: "网页",
  terminal: "命令行",
  rest: "接口",
  discord: "Discord",
};

export function nameChannel(channel: string): string {
  return NAMES[channel] ?? channel;
}
