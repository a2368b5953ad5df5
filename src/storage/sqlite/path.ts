import { join } from "node:path";

export function sqlitePath(dataDirectory: string): string {
  return join(dataDirectory, "xiance.sqlite");
}
