import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError, type Logger } from "../../../shared/index.ts";
import { digestSources } from "./digest-sources.ts";
import { BUILD_SCRIPT, BUILT_PAGE, MANIFEST_NAME } from "./page-places.ts";

/** Builds the page when there is none, or its sources have changed since; `npm ci` has done so before, as a rule. */
export async function ensurePage(logger: Logger): Promise<void> {
  const digest = await digestSources();
  if ((await readBuiltDigest()) === digest) return;
  logger.info({ reason: "missing or older than its sources" }, "building the web page");
  const failure = await runBuild();
  if (failure !== undefined && (await readBuiltDigest()) !== digest) throw cannotBuild(failure);
  logger.info({ digest }, "web page built");
}

async function readBuiltDigest(): Promise<string | undefined> {
  try {
    const manifest = JSON.parse(await readFile(join(BUILT_PAGE, MANIFEST_NAME), "utf8"));
    return manifest.digest;
  } catch {
    return undefined;
  }
}

/** In a process of its own: the bundler's memory and threads end with it. Resolves with what went wrong. */
function runBuild(): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [BUILD_SCRIPT], { stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-2_000);
    });
    child.on("error", (error) => resolve(error.message));
    child.on("close", (code) => resolve(code === 0 ? undefined : said || `exit code ${code}`));
  });
}

function cannotBuild(reason: string): AppError {
  return new AppError({
    code: "configuration",
    message: `the web page cannot be built: ${reason}`,
    safeMessage:
      "网页对话的页面尚未构建，且无法构建。请在项目目录执行 npm ci（可加 --omit=dev）后重新启动；若仍失败，请执行 node scripts/build-web.ts 查看原因。",
  });
}
