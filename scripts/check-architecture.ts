/**
 * Holds the directions between rooms (dependency-cruiser) and the sizes of files. The floor on the number of modules
 * keeps the check from passing on an empty graph; raise it when the project grows.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "..");
const MODULE_FLOOR = 100;
const MAX_LINES = 400;

const cruiser = spawnSync(
  process.execPath,
  [
    join(ROOT, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs"),
    "--config",
    ".dependency-cruiser.json",
    "--output-type",
    "json",
    "src",
  ],
  { cwd: ROOT, encoding: "utf8", maxBuffer: 256 * 1024 * 1024 },
);
const problems: string[] = [];
if (!cruiser.stdout) {
  problems.push(`dependency-cruiser said nothing: ${cruiser.stderr}`);
} else {
  const { modules, summary } = JSON.parse(cruiser.stdout) as {
    modules: { source: string }[];
    summary: { violations: { rule: { name: string }; from: string; to: string }[] };
  };
  const seen = modules.filter((module) => module.source.startsWith("src/")).length;
  if (seen < MODULE_FLOOR) problems.push(`only ${seen} modules seen, the floor is ${MODULE_FLOOR}`);
  problems.push(...summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`));
  console.log(`architecture: ${seen} modules, ${summary.violations.length} violations`);
}

for (const file of sourceFiles(["src", "scripts", "tests"])) {
  const lines = readFileSync(file, "utf8").split("\n").length - 1;
  const name = relative(ROOT, file);
  if (lines > MAX_LINES) problems.push(`${name} has ${lines} lines, the limit is ${MAX_LINES}`);
  if (!/^[a-z0-9.-]+$/.test(name.split("/").at(-1) ?? "")) problems.push(`${name} is not kebab-case`);
}

for (const problem of problems) console.error(problem);
process.exit(problems.length === 0 ? 0 : 1);

function sourceFiles(folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|js|css)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
}
