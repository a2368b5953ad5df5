import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { LOCK_FILE, PAGE_SOURCE } from "./page-places.ts";

const CONTENTS = /\.(?:tsx?|css|html|svg)$/;

/** Changes with every source of the page, with how it is built, and with the versions of the packages in it. */
export async function digestSources(): Promise<string> {
  const hash = createHash("sha256");
  for (const directory of [PAGE_SOURCE, import.meta.dirname]) {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() && CONTENTS.test(entry.name));
    for (const path of files.map((entry) => join(entry.parentPath, entry.name)).sort()) {
      hash.update(`${relative(directory, path)}\0`).update(await readFile(path));
    }
  }
  hash.update(await readPackageVersions());
  return hash.digest("hex").slice(0, 32);
}

/** Only of what the page is made of: another database driver makes no other page. */
async function readPackageVersions(): Promise<string> {
  const text = await readFile(LOCK_FILE, "utf8").catch(() => '{"packages":{}}');
  const { packages } = JSON.parse(text) as { packages: Record<string, { version?: string }> };
  const names = Object.keys(packages).filter((name) => PARTS.test(name));
  return names.map((name) => `${name}@${packages[name]?.version}`).join("\n");
}

const PARTS = /^node_modules\/(?:antd|react|react-dom|vite|rolldown|@ant-design\/|@rc-component\/|@vitejs\/)/;
