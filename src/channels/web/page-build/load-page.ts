import { randomBytes } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "../../../shared/index.ts";
import { ensurePage } from "./ensure-page.ts";
import { BUILT_PAGE } from "./page-places.ts";

export interface PageAsset {
  mediaType: string;
  bytes: Buffer;
  gzip?: Buffer;
  brotli?: Buffer;
}

export interface LoadedPage {
  /** The chat page; `nonce` is what the content security policy of the same response must allow for styles. */
  chat(options: { parkName: string; mode: "page" | "embed"; nonce: string }): string;
  document(options: { parkName: string }): string;
  /** By name: `chat-1a2b3c.js`. Names change with the contents. */
  assets: ReadonlyMap<string, PageAsset>;
}

const REPLACED_MS = 500;
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

let loaded: Promise<LoadedPage> | undefined;

/** Into memory, once a process: about a megabyte, and a build beneath a running service changes nothing. */
export function loadPage(logger: Logger): Promise<LoadedPage> {
  loaded ??= readPage(logger).catch((error) => {
    loaded = undefined;
    throw error;
  });
  return loaded;
}

async function readPage(logger: Logger): Promise<LoadedPage> {
  await ensurePage(logger);
  // Another process may be putting a newer one in its place this very moment.
  return readFiles().catch(() => sleep(REPLACED_MS).then(readFiles));
}

async function readFiles(): Promise<LoadedPage> {
  const [chat, document] = await Promise.all(["chat.html", "document.html"].map(readBuilt));
  const fill = (page: Buffer | undefined, values: Record<string, string>) =>
    (page?.toString("utf8") ?? "").replace(/\{\{(\w+)\}\}/g, (_, name) => escapeMarkup(values[name] ?? ""));
  return {
    chat: ({ parkName, mode, nonce }) => fill(chat, { park: parkName, mode, nonce }),
    document: ({ parkName }) => fill(document, { park: parkName }),
    assets: await readAssets(),
  };
}

async function readAssets(): Promise<Map<string, PageAsset>> {
  const names = await readdir(join(BUILT_PAGE, "assets"));
  const assets = new Map<string, PageAsset>();
  for (const name of names) {
    const mediaType = MEDIA_TYPES[extname(name)];
    if (!mediaType) continue;
    const asset: PageAsset = { mediaType, bytes: await readBuilt(`assets/${name}`) };
    if (names.includes(`${name}.gz`)) asset.gzip = await readBuilt(`assets/${name}.gz`);
    if (names.includes(`${name}.br`)) asset.brotli = await readBuilt(`assets/${name}.br`);
    assets.set(name, asset);
  }
  return assets;
}

function readBuilt(path: string): Promise<Buffer> {
  return readFile(join(BUILT_PAGE, path));
}

/** New for every response. */
export function createNonce(): string {
  return randomBytes(16).toString("base64");
}

function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
