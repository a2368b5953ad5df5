/**
 * Builds the web chat's page into dist/web. `npm ci` runs it, and the service does by itself when the page is missing or older
 * than its sources; by hand it tells the sizes.
 *
 *   node scripts/build-web.ts [--after-install]     with the option a failure is only told: the service will try again
 */
import { buildPage } from "../src/channels/web/page-build/build-page.ts";

const began = performance.now();
try {
  const { files } = await buildPage();
  const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1)} kB`;
  for (const { name, bytes, gzip, brotli } of files)
    console.log(`${name}: ${kilobytes(bytes)}, gzip ${kilobytes(gzip)}, brotli ${kilobytes(brotli)}`);
  console.log(`built in ${((performance.now() - began) / 1000).toFixed(1)} s`);
} catch (error) {
  console.error(`网页构建失败：${error instanceof Error ? error.message : String(error)}`);
  if (process.argv.includes("--after-install")) console.error("启动服务时会再次尝试构建。");
  else process.exitCode = 1;
}
