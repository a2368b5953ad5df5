/**
 * Holds the directions between rooms (dependency-cruiser), the sizes and names of files, and words that must not stay. The floor on
 * the number of modules keeps the check from passing on an empty graph; raise it when the project grows.
 *
 *   node scripts/check-architecture.ts [DIRECTORY]     another checkout than this one
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

const HOME = resolve(import.meta.dirname, "..");
const ROOT = resolve(process.argv[2] ?? HOME);
const MODULE_FLOOR = 1300;
const MAX_LINES = 400;

/** Spelled so that this file does not find itself. */
const UNWANTED: readonly [pattern: RegExp, why: string][] = [
  [/["'`( ]\/(?:work|tmp|root)\//, "a path of one machine"],
  [/\b(?:TO[D]O|FIX[M]E)\b/, "work left undone; file an issue instead"],
  [/\b(?:it|test|describe)\.(?:skip|only)\(/, "a test that is switched off, or switches others off"],
  [/@ts-(?:ignore|nocheck)/, "a hole in the types"],
];

const problems = [...checkDirections(), ...sourceFiles(["src", "scripts", "tests"]).flatMap(checkFile)];
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;

function checkDirections(): string[] {
  const cruiser = join(HOME, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
  const options = ["--config", ".dependency-cruiser.json", "--output-type", "json", "src"];
  const { stdout, stderr } = spawnSync(process.execPath, [cruiser, ...options], {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  });
  if (!stdout) return [`dependency-cruiser said nothing: ${stderr}`];
  const { modules, summary } = JSON.parse(stdout) as {
    modules: { source: string }[];
    summary: { violations: { rule: { name: string }; from: string; to: string }[] };
  };
  const seen = modules.filter((module) => module.source.startsWith("src/")).length;
  const { violations } = summary;
  console.log(`architecture: ${seen} modules (floor ${MODULE_FLOOR}), ${violations.length} violations`);
  const found = violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
  return seen < MODULE_FLOOR ? [`only ${seen} modules seen, the floor is ${MODULE_FLOOR}`, ...found] : found;
}

function checkFile(file: string): string[] {
  const found: string[] = [];
  const name = relative(ROOT, file);
  const lines = readFileSync(file, "utf8").split("\n");
  if (lines.length - 1 > MAX_LINES)
    found.push(`${name} has ${lines.length - 1} lines, the limit is ${MAX_LINES}`);
  if (!/^[a-z0-9.-]+$/.test(name.split("/").at(-1) ?? "")) found.push(`${name} is not kebab-case`);
  for (const [index, line] of lines.entries()) {
    for (const [pattern, why] of UNWANTED)
      if (pattern.test(line)) found.push(`${name}:${index + 1}: ${why}: ${line.trim()}`);
  }
  return found;
}

function sourceFiles(folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(tsx?|js|css)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
}
