import type { Channel } from "./conversation/index.ts";
import type { ReadinessCheck } from "./server/index.ts";
import { toAppError } from "./shared/index.ts";
import type { Storage } from "./storage/index.ts";

/** What has to work before the service counts as ready, and what is shown beside it. */
export async function checkReadiness(
  { storage, retriever }: { storage: Pick<Storage, "ping">; retriever: { readonly size: number } },
  channels: ReadonlyMap<string, Channel>,
): Promise<ReadinessCheck[]> {
  const stored = await storage.ping().then(
    () => ({ healthy: true, detail: "正常" }),
    (thrown: unknown) => ({ healthy: false, detail: toAppError(thrown).safeMessage }),
  );
  return [
    { name: "storage", ...stored, required: true },
    {
      name: "index",
      healthy: retriever.size > 0,
      detail: retriever.size > 0 ? `${retriever.size} 个条款` : "没有已发布的条款，请用 ingest 导入文件。",
      required: true,
    },
    ...[...channels.values()].map((channel) => ({
      name: channel.name,
      ...channel.status(),
      required: channel.name === "web",
    })),
  ];
}
