import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { digestSources } from "./digest-sources.ts";
import { BUILT_PAGE, MANIFEST_NAME, PAGE_SOURCE } from "./page-places.ts";

const COMPRESSED = /\.(?:js|css|svg)$/;

export interface PageBuild {
  /** Of the sources that it was made from. */
  digest: string;
  /** Bytes of every file, as it is and compressed. */
  files: { name: string; bytes: number; gzip: number; brotli: number }[];
}

/** Builds the page and puts it in its place at once: whoever reads meanwhile gets the old one or the new one, whole. */
export async function buildPage(): Promise<PageBuild> {
  const digest = await digestSources();
  await mkdir(dirname(BUILT_PAGE), { recursive: true });
  const made = await mkdtemp(`${BUILT_PAGE}-`);
  try {
    // Who installs need not be who serves.
    await chmod(made, 0o755);
    await bundle(made);
    const files = await compressFiles(join(made, "assets"));
    const built = { digest, files };
    await writeFile(join(made, MANIFEST_NAME), JSON.stringify(built, null, 2));
    await takePlace(made);
    return built;
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

async function bundle(outDir: string): Promise<void> {
  // Whoever starts the build: tests and development have other words here, and would get another page.
  process.env["NODE_ENV"] = "production";
  // Only here: a service whose page is built never loads the bundler.
  const { build } = await import("vite");
  await build({
    configFile: false,
    root: PAGE_SOURCE,
    logLevel: "error",
    resolve: {
      // The chat components ask for the CommonJS copies of what the others take as modules.
      alias: [{ find: /^@rc-component\/util\/lib\//, replacement: "@rc-component/util/es/" }],
    },
    build: {
      outDir,
      emptyOutDir: true,
      target: "baseline-widely-available",
      // Files of their own, under our content security policy.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 1000,
      rolldownOptions: {
        input: { chat: join(PAGE_SOURCE, "chat.html"), document: join(PAGE_SOURCE, "document.html") },
      },
    },
  });
}

const gzipAsync = promisify(gzip);
const brotliAsync = promisify(brotliCompress);

async function compressFiles(directory: string): Promise<PageBuild["files"]> {
  const names = (await readdir(directory)).filter((name) => COMPRESSED.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const path = join(directory, name);
      const bytes = await readFile(path);
      const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } };
      const [zipped, brotli] = await Promise.all([
        gzipAsync(bytes, { level: 9 }),
        brotliAsync(bytes, options),
      ]);
      await Promise.all([writeFile(`${path}.gz`, zipped), writeFile(`${path}.br`, brotli)]);
      return { name, bytes: bytes.length, gzip: zipped.length, brotli: brotli.length };
    }),
  );
}

/** Two processes may build at once; the last one wins, and both have made the same. */
async function takePlace(made: string): Promise<void> {
  const previous = `${made}.old`;
  await rename(BUILT_PAGE, previous).catch(() => undefined);
  await rename(made, BUILT_PAGE).catch(() => undefined);
  await rm(previous, { recursive: true, force: true });
}
