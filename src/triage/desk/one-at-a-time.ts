/**
 * Two turns at once would put two cards where one belongs. Whoever calls while a turn runs gets the next one, which begins
 * when that has ended, together with all who called meanwhile.
 */
export function oneAtATime<Given, Result>(
  run: (given: Given) => Promise<Result>,
): (given: Given) => Promise<Result> {
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<Result> | undefined;
  return (given) => {
    next ??= running.then(() => {
      const started = run(given);
      next = undefined;
      running = started.catch(() => undefined);
      return started;
    });
    return next;
  };
}
