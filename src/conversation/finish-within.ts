/** True when the work ended in time. The work itself goes on. */
export function finishWithin(work: Promise<unknown>, milliseconds: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(false), milliseconds);
    work.then(() => resolve(true), reject).finally(() => clearTimeout(timer));
  });
}
