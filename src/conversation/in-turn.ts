/** Work on one subject at a time, in the order in which it came. */
export function createTurns(): <T>(subject: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return async (subject, work) => {
    const before = last.get(subject) ?? Promise.resolve();
    const next = before.then(work, work);
    const settled = next.catch(() => undefined);
    last.set(subject, settled);
    try {
      return await next;
    } finally {
      if (last.get(subject) === settled) last.delete(subject);
    }
  };
}
