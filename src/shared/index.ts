export {
  type Clock,
  createManualClock,
  fromShanghaiDay,
  isDay,
  type ManualClock,
  systemClock,
  toShanghaiDay,
} from "./clock.ts";
export { AppError, type AppErrorDetails, type ErrorCode, toAppError } from "./errors.ts";
export {
  createCountingIds,
  type DocumentId,
  type Id,
  type IdSource,
  randomIds,
  type VersionId,
} from "./ids.ts";
export { createLogger, type Logger, type LogLevel, silentLogger } from "./logger.ts";
export { readLines } from "./read-lines.ts";
export { remember } from "./remember.ts";
export { rememberByText } from "./remember-by-text.ts";
