import { type DestinationStream, pino } from "pino";

export type LogLevel = "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";

/** Structured log. Never pass secrets, message texts of users or whole vendor errors (they carry credentials). */
export interface Logger {
  error(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  info(fields: object, message: string): void;
  debug(fields: object, message: string): void;
  child(fields: object): Logger;
}

const SECRET_PATHS = ["appSecret", "app_secret", "apiKey", "authorization", "token", "encryptKey"].flatMap(
  (name) => [name, `*.${name}`, `*.*.${name}`],
);

/** Logs JSON lines to stderr, so that stdout stays clean for `--json`. */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  return pino(
    { level, redact: { paths: SECRET_PATHS, censor: "[redacted]" }, base: null },
    destination ?? pino.destination({ fd: 2, sync: true }),
  );
}

export const silentLogger: Logger = createLogger("silent");
