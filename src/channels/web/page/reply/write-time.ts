/** 14:05, or with its day when that is another than today. */
export function writeTime(at: string): string {
  const date = new Date(at);
  const sameDay = date.toDateString() === new Date().toDateString();
  const day = sameDay ? {} : ({ month: "long", day: "numeric" } as const);
  return new Intl.DateTimeFormat("zh-CN", { ...day, hour: "2-digit", minute: "2-digit" }).format(date);
}
