import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../../../..");

/** The browser's side as it is written. */
export const PAGE_SOURCE = join(import.meta.dirname, "../page");
/** What is served: made from it, never kept in the repository. */
export const BUILT_PAGE = join(ROOT, "dist/web");
export const BUILD_SCRIPT = join(ROOT, "scripts/build-web.ts");
/** The versions of what goes into it besides. */
export const LOCK_FILE = join(ROOT, "package-lock.json");
export const MANIFEST_NAME = "xiance-build.json";
