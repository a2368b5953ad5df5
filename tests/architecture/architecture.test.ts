import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";

const HOME = resolve(import.meta.dirname, "../..");
const CHECKED = ["src", "scripts", "tests"];

/** A copy of the checkout with these files planted, or with these alone. */
async function plant(files: Record<string, string>, { alone = false } = {}): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "xiance-architecture-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const name of [".dependency-cruiser.json", "tsconfig.json", "package.json"])
    await cp(join(HOME, name), join(root, name));
  await symlink(join(HOME, "node_modules"), join(root, "node_modules"));
  for (const folder of CHECKED) {
    if (alone) await mkdir(join(root, folder));
    else await cp(join(HOME, folder), join(root, folder), { recursive: true });
  }
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return root;
}

function check(root: string) {
  const script = join(HOME, "scripts/check-architecture.ts");
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, root], { encoding: "utf8" });
  const [, modules, floor] = /(\d+) modules \(floor (\d+)\)/.exec(stdout) ?? [];
  return { status, modules: Number(modules), floor: Number(floor), problems: stderr.trim().split("\n") };
}

const importing = (specifier: string) => `import "${specifier}";\n`;

const directions = {
  "shared-is-a-leaf": ["src/shared/planted.ts", "../answering/index.ts"],
  "storage-below-all": ["src/storage/planted.ts", "../models/index.ts"],
  "models-below-all": ["src/models/planted.ts", "../retrieval/index.ts"],
  "knowledge-is-low": ["src/knowledge/planted.ts", "../retrieval/index.ts"],
  "readers-below-all": ["src/readers/planted.ts", "../knowledge/index.ts"],
  "access-is-low": ["src/access/planted.ts", "../answering/index.ts"],
  "enterprises-over-knowledge": ["src/enterprises/planted.ts", "../matching/index.ts"],
  "matching-over-enterprises": ["src/matching/planted.ts", "../answering/index.ts"],
  "triage-knows-no-answers": ["src/triage/planted.ts", "../answering/index.ts"],
  "publishing-over-evaluation": ["src/publishing/planted.ts", "../conversation/index.ts"],
  "retrieval-over-knowledge": ["src/retrieval/planted.ts", "../answering/index.ts"],
  "answering-over-retrieval": ["src/answering/planted.ts", "../conversation/index.ts"],
  "evaluation-over-answering": ["src/evaluation/planted.ts", "../conversation/index.ts"],
  "conversation-over-answering": ["src/conversation/planted.ts", "../channels/index.ts"],
  "channels-see-conversation-only": ["src/channels/planted.ts", "../answering/index.ts"],
  "server-does-not-compose": ["src/server/planted.ts", "../config.ts"],
  "composition-root-only-from-commands": ["src/evaluation/planted-root.ts", "../app.ts"],
  "commands-are-the-top": ["src/planted.ts", "./commands/index.ts"],
  "room-through-its-index": ["src/conversation/planted-door.ts", "../answering/create-answerer.ts"],
  "source-does-not-import-tests": ["src/shared/planted-test.ts", "../../tests/support/test-app.ts"],
  "no-unresolvable": ["src/shared/planted-nothing.ts", "./there-is-no-such-file.ts"],
} as const;

test("every rule has a planted fault here", () => {
  const { forbidden } = JSON.parse(readFileSync(join(HOME, ".dependency-cruiser.json"), "utf8"));
  const rules = forbidden.map((rule: { name: string }) => rule.name);
  expect([...Object.keys(directions), "no-cycles"].sort()).toEqual(rules.sort());
});

test("the check finds a planted fault of every kind", async () => {
  const planted = {
    ...Object.fromEntries(Object.values(directions).map(([path, target]) => [path, importing(target)])),
    "src/shared/planted-one.ts": importing("./planted-two.ts"),
    "src/shared/planted-two.ts": importing("./planted-one.ts"),
    "src/shared/planted-long.ts": "export {};\n".repeat(401),
    "src/shared/plantedName.ts": "export {};\n",
    "tests/planted-path.ts": `export const path = "${"/"}work/somewhere";\n`,
    "tests/planted-later.ts": `// ${"TO"}DO: later\n`,
    "tests/planted-skip.test.ts": `it${".skip"}("does nothing", () => {});\n`,
    "scripts/planted-types.ts": `// ${"@ts-"}ignore\n`,
  };
  const { status, problems } = check(await plant(planted));
  expect(status).toBe(1);
  for (const [rule, [path]] of Object.entries(directions))
    expect(problems).toContainEqual(expect.stringMatching(new RegExp(`^${rule}: ${path} → `)));
  for (const expected of [
    /^no-cycles: src\/shared\/planted-(one|two)\.ts/,
    /^src\/shared\/planted-long\.ts has 401 lines/,
    /^src\/shared\/plantedName\.ts is not kebab-case/,
    /^tests\/planted-path\.ts:1: a path of one machine/,
    /^tests\/planted-later\.ts:1: work left undone/,
    /^tests\/planted-skip\.test\.ts:1: a test that is switched off/,
    /^scripts\/planted-types\.ts:1: a hole in the types/,
  ])
    expect(problems).toContainEqual(expect.stringMatching(expected));
});

test("the check does not pass on a graph that it cannot see", async () => {
  const { status, problems } = check(await plant({ "src/main.ts": "export {};\n" }, { alone: true }));
  expect(status).toBe(1);
  expect(problems).toContainEqual(expect.stringMatching(/^only 1 modules seen, the floor is \d+/));
});

test("the floor stands close below the number of modules", () => {
  const { modules, floor } = check(HOME);
  expect(modules).toBeGreaterThanOrEqual(floor);
  expect(floor).toBeGreaterThanOrEqual(Math.floor(modules * 0.9));
});
