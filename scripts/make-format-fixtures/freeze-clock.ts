/** Archives and documents carry the time of their making; the same description shall give the same bytes. */
export function freezeClock(): void {
  const moment = Date.UTC(2026, 0, 1);
  globalThis.Date = new Proxy(Date, {
    construct: (target, args: unknown[]) =>
      Reflect.construct(target, args.length === 0 ? [moment] : args) as object,
  });
}
