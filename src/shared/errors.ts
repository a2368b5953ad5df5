import { randomBytes } from "node:crypto";

export type ErrorCode =
  | "configuration"
  | "usage"
  | "unusable-input"
  | "not-found"
  | "conflict"
  | "data-directory"
  | "storage"
  | "model"
  | "channel"
  | "untrusted"
  | "forbidden"
  | "internal";

export interface AppErrorDetails {
  code: ErrorCode;
  /** For the log, in English, without secrets. */
  message: string;
  /** For a person, in Chinese: what happened and the next step. */
  safeMessage: string;
  /** True when the same call may succeed later. Default false. */
  retryable?: boolean;
  cause?: unknown;
}

/** The one error class. `id` is shown to the user and written to the log, so that the two can be joined. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly safeMessage: string;
  readonly retryable: boolean;
  readonly id: string;

  constructor(details: AppErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "AppError";
    this.code = details.code;
    this.safeMessage = details.safeMessage;
    this.retryable = details.retryable ?? false;
    this.id = randomBytes(4).toString("hex");
  }
}

/** Anything thrown → an AppError; an AppError stays itself. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  return new AppError({
    code: "internal",
    message: thrown instanceof Error ? thrown.message : String(thrown),
    safeMessage: "系统内部错误，请稍后重试；若仍出现，请把错误编号告诉管理员。",
    cause: thrown,
  });
}
