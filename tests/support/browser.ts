import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { type Browser, chromium } from "playwright-core";

const ROOT = resolve(import.meta.dirname, "../..");
const require = createRequire(import.meta.url);

/**
 * A real Chromium, from npm, with a Chinese font from npm: nothing needs to be installed on the machine. The package has one for
 * Linux on x64; elsewhere `XIANCE_TEST_BROWSER` names an installed Chromium or Chrome.
 */
export async function launchBrowser(): Promise<Browser> {
  const installed = process.env["XIANCE_TEST_BROWSER"];
  if (installed) return chromium.launch({ executablePath: installed });
  if (process.platform !== "linux" || process.arch !== "x64")
    throw new Error(
      "No Chromium comes with npm for this machine. Set XIANCE_TEST_BROWSER to an installed one.",
    );
  const home = await unpackChromium();
  const executablePath = join(home, "chromium");
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none", "--disable-background-networking"],
    env: {
      ...environment(),
      FONTCONFIG_FILE: await writeFontConfiguration(home),
      ...(lacksLibraries(executablePath) && { LD_LIBRARY_PATH: join(home, "al2023", "lib") }),
    },
  });
}

/**
 * Unpacks once a version, beside the installed packages. The package itself unpacks file by file into the temporary
 * directory and takes a half-written one for whole; here a finished directory appears at once under its name.
 */
async function unpackChromium(): Promise<string> {
  const { version } = require(join(ROOT, "node_modules/@sparticuz/chromium/package.json")) as {
    version: string;
  };
  const home = join(ROOT, "node_modules/.cache", `chromium-${version}`);
  if (existsSync(home)) return home;
  await mkdir(dirname(home), { recursive: true });
  const unpacked = await mkdtemp(`${home}-`);
  const previous = { TMPDIR: process.env["TMPDIR"], AWS_EXECUTION_ENV: process.env["AWS_EXECUTION_ENV"] };
  // It unpacks into the temporary directory, and brings the libraries that a bare machine lacks only when told so.
  Object.assign(process.env, { TMPDIR: unpacked, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x" });
  try {
    const { default: packed } = await import("@sparticuz/chromium");
    packed.setGraphicsMode = false;
    await packed.executablePath();
  } finally {
    for (const [name, value] of Object.entries(previous)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
  await rename(unpacked, home).catch(() => rm(unpacked, { recursive: true, force: true }));
  return home;
}

function lacksLibraries(executable: string): boolean {
  return spawnSync("ldd", [executable], { encoding: "utf8" }).stdout?.includes("not found") ?? false;
}

/** Only the project's font: pages look the same on every machine. */
async function writeFontConfiguration(home: string): Promise<string> {
  const fonts = join(ROOT, "node_modules/@embedpdf/fonts-sc/fonts");
  const path = join(home, "fonts.conf");
  const lines = [
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    `<fontconfig><dir>${fonts}</dir><cachedir>${join(home, "font-cache")}</cachedir>`,
    "<alias><family>sans-serif</family><prefer><family>Noto Sans Hans</family></prefer></alias></fontconfig>",
  ];
  await writeFile(path, lines.join("\n"));
  return path;
}

function environment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(entries);
}
