import type { Command } from "commander";
import { AppError } from "../shared/index.ts";
import { type CommandIo, processIo, toErrorJson } from "./run-command.ts";

const TITLES: Readonly<Record<string, string>> = {
  "Usage:": "用法：",
  "Arguments:": "参数：",
  "Options:": "选项：",
  "Commands:": "命令：",
};

/** What commander says → what we say; `$1` is the part in quotes. */
const REFUSALS: readonly (readonly [RegExp, string])[] = [
  [/unknown command '([^']*)'/, "没有“$1”这个命令"],
  [/unknown option '([^']*)'/, "没有“$1”这个选项"],
  [/missing required argument '([^']*)'/, "缺少参数 <$1>"],
  [/option '([^']*)' argument missing/, "选项 $1 缺少取值"],
  [/option '([^']*)' argument '[^']*' is invalid\. (.*)/s, "选项 $1 的取值不对：$2"],
  [/too many arguments for '([^']*)'\. Expected (\d+) arguments? but got \d+/, "命令 $1 的参数太多"],
];

/** Commander's own words in Chinese; a refusal is one line with the next step, and under `--json` also a line of JSON. */
export function speakChinese(
  program: Command,
  openIo: () => CommandIo = processIo,
  words: readonly string[] = process.argv,
): void {
  program
    .configureHelp({ styleTitle: (title) => TITLES[title] ?? title })
    .configureOutput({ outputError: (text) => refuse(text, openIo(), words.includes("--json")) });
}

function refuse(text: string, io: CommandIo, json: boolean): void {
  const error = new AppError({ code: "usage", message: text.trim(), safeMessage: translate(text.trim()) });
  io.stderr.write(`错误：${error.safeMessage}（编号 ${error.id}）\n`);
  if (json) io.stdout.write(`${JSON.stringify({ error: toErrorJson(error) })}\n`);
}

function translate(text: string): string {
  const similar = /\(Did you mean (?:one of )?([^?]+)\?\)/.exec(text)?.[1];
  const refusal = text.replace(/^error: /, "").replace(/\s*\(Did you mean [\s\S]*$/, "");
  const [pattern, words] = REFUSALS.find(([known]) => known.test(refusal)) ?? [/^/, ""];
  const said = refusal.replace(pattern, words).replace(/[。.]?\s*$/, "");
  return `${said}。${similar ? `是否想用 ${similar}？` : ""}加 --help 可查看用法。`;
}
