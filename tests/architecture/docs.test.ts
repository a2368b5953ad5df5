import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");

const pages = globSync("**/*.md", {
  cwd: ROOT,
  exclude: (path) => /^(node_modules|data|coverage)$/.test(path) || path.endsWith("/node_modules"),
}).filter((path) => !path.startsWith("prompts/"));

test("there are pages to check", () => {
  expect(pages).toEqual(expect.arrayContaining(["README.md", "AGENTS.md", "docs/architecture.md"]));
});

test.each(pages)("%s: every relative link leads somewhere", (page) => {
  const links = [...withoutCode(read(page)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? "");
  const dead = links
    .filter((target) => !/^(https?:|mailto:|#)/.test(target))
    .filter((target) => {
      const path = decodeURIComponent(target.replace(/[#?].*$/, ""));
      return !existsSync(join(ROOT, dirname(page), path));
    });
  expect(dead).toEqual([]);
});

test.each(["AGENTS.md", "docs/architecture.md"])("%s: every file that it names is there", (page) => {
  const named = [...read(page).matchAll(/`((?:docs|src|tests|scripts|knowledge|prompts)\/[\w./-]+)`/g)]
    .map(([, path]) => path ?? "")
    .filter((path) => !/[A-Z]{4}/.test(path));
  expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

describe("the two READMEs", () => {
  const [english, chinese] = [read("README.md"), read("README.zh-CN.md")];

  test("have the same headings, one for one", () => {
    expect(headingLevels(chinese)).toEqual(headingLevels(english));
  });

  test("have the same rows in every table", () => {
    const rows = (text: string) => tables(text).map((table) => table.map(rowNames));
    expect(rows(english).flat(2)).toEqual(expect.arrayContaining(["ask", "XIANCE_DATA_DIR"]));
    expect(rows(chinese)).toEqual(rows(english));
  });

  test("show the same commands to type", () => {
    expect(typedCommands(chinese)).toEqual(typedCommands(english));
  });

  test("name every variable that the configuration reads", () => {
    const variables = read("src/config.ts").matchAll(/"([A-Z]+_[A-Z_]+)"/g);
    const missing = [...variables]
      .map(([, name]) => name ?? "")
      .filter((name) => !english.includes(`\`${name}\``));
    expect(missing).toEqual([]);
  });

  test("name every command", () => {
    const commands = globSync("src/commands/*.ts", { cwd: ROOT }).flatMap((path) =>
      [...read(path).matchAll(/\.command\("([a-z-]+)/g)].map(([, name]) => name ?? ""),
    );
    expect(commands.length).toBeGreaterThan(5);
    expect(commands.filter((name) => !new RegExp(`\`${name}[ \`]`).test(english))).toEqual([]);
  });
});

test("the decisions name every direct dependency", () => {
  const { dependencies, devDependencies } = JSON.parse(read("package.json"));
  const records = globSync("docs/decisions/*.md", { cwd: ROOT }).map(read).join("\n");
  const names = Object.keys({ ...dependencies, ...devDependencies }).filter(
    (name) => !name.startsWith("@types/"),
  );
  expect(names.filter((name) => !records.includes(`\`${name}\``))).toEqual([]);
});

function withoutCode(text: string): string {
  return text.replace(/^```[\s\S]*?^```/gm, "").replace(/`[^`\n]*`/g, "");
}

function headingLevels(text: string): string[] {
  return [...text.replace(/^```[\s\S]*?^```/gm, "").matchAll(/^(#+) /gm)].map(([, marks]) => marks ?? "");
}

/** The rows of each table, header and rule left out. */
function tables(text: string): string[][] {
  return [...text.matchAll(/(?:^\|.*\n)+/gm)].map(([table]) => table.trim().split("\n").slice(2));
}

/** What a row is about: the Latin words in the code of its first cell, as far as they are no placeholders. */
function rowNames(row: string): string[] {
  const first = row.split("|")[1] ?? "";
  return [...first.matchAll(/`([^`]+)`/g)].flatMap(([, code]) =>
    (code ?? "").split(/[\s[\]]+/).filter((word) => /^(--)?[a-z-]+$|^[A-Z]+_[A-Z_]+$/.test(word)),
  );
}

function typedCommands(text: string): string[] {
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block]) =>
    (block ?? "").split("\n").map((line) => line.replace(/\s*#.*$/, "")),
  );
}
