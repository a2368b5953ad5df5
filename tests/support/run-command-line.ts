import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect } from "vitest";

const MAIN = join(import.meta.dirname, "../../src/main.ts");

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunSettings {
  environment?: Record<string, string>;
  stdin?: string;
  /** No file that the command writes may grow beyond so many blocks of 512 bytes: a full disk for everybody. */
  maxFileBlocks?: number;
  /** Root, too, may then only do what the modes of files allow. */
  heedModes?: boolean;
}

/** Another user than root might not reach the checkout; root without this right still does. */
const HEED_MODES = process.getuid?.() === 0 ? ["setpriv", "--bounding-set=-dac_override"] : [];

/** A command as an operator types it, without anything of the present environment. */
export async function runCommandLine(words: readonly string[], settings: RunSettings = {}): Promise<Ended> {
  const { environment = {}, stdin, maxFileBlocks, heedModes } = settings;
  const limited = `ulimit -f ${maxFileBlocks}; exec "$@"`;
  const [program = "", ...rest] = [
    ...(heedModes ? HEED_MODES : []),
    ...(maxFileBlocks === undefined ? [] : ["sh", "-c", limited, "sh"]),
    process.execPath,
    MAIN,
    ...words,
  ];
  const child = spawn(program, rest, {
    env: { PATH: process.env["PATH"] ?? "", ...environment },
    timeout: 60_000,
    killSignal: "SIGKILL",
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  child.stdin.on("error", () => undefined).end(stdin);
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr };
}

/** One line on stderr, in Chinese, with the number of the error; no trace of the program, no secret. */
export function expectOneClearLine(ended: Ended, code: number, says: RegExp): void {
  expect(ended.stderr).toMatch(/^错误：[^\n]*\p{Script=Han}[^\n]*（编号 [0-9a-f]{8}）\n$/u);
  expect(ended.stderr).toMatch(says);
  expectNoInternals(ended);
  expect(ended.code, ended.stderr).toBe(code);
}

export function expectNoInternals({ stdout, stderr }: Ended): void {
  expect(stdout + stderr).not.toMatch(/\n\s+at |node:internal|\.ts:\d+|undefined|\[object|topsecret/);
}

/** The words of an error as a program reads them. */
export function readError({ stdout }: Ended): { code: string; message: string; id: string } {
  return (JSON.parse(stdout) as { error: { code: string; message: string; id: string } }).error;
}
