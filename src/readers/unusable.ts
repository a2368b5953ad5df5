import { AppError } from "../shared/index.ts";

/** The error of every reader for what is no readable document. `safeMessage`: what it is and what to do, in Chinese. */
export function unusable(message: string, safeMessage: string, cause?: unknown): AppError {
  return new AppError({
    code: "unusable-input",
    message: `cannot read the document: ${message}`,
    safeMessage,
    ...(cause === undefined ? {} : { cause }),
  });
}

/** Bytes → `20 MB`, rounded up. */
export function toMegabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024 / 1024)} MB`;
}
