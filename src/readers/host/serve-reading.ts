import { Worker } from "node:worker_threads";
import { AppError } from "../../shared/index.ts";
import type { FormatReaders } from "./format-readers.ts";
import type { ReadOrder, ReadReport } from "./messages.ts";

/** The reading process: takes orders from its parent, one at a time, until the parent ends it or is gone. */
export function serveReading(readers: FormatReaders): void {
  const watch = new Worker(new URL("./watch-process.ts", import.meta.url), {
    workerData: { parentPid: process.ppid },
    name: "watch",
  });
  watch.unref();
  process.on("message", (order: ReadOrder) => {
    watch.postMessage({
      maxMemoryBytes: order.limits.maxMemoryBytes,
      maxMilliseconds: order.limits.maxMilliseconds,
    });
    void carryOut(order, readers).then((report) => {
      watch.postMessage(null);
      process.send?.(report);
    });
  });
  process.on("disconnect", () => process.exit(0));
  // A Ctrl-C in the terminal reaches the whole group; when to end is the parent's decision.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
  process.send?.({ kind: "ready" } satisfies ReadReport);
}

async function carryOut(order: ReadOrder, readers: FormatReaders): Promise<ReadReport> {
  try {
    const read = await readers[order.format]();
    const document = await read(toPlainBytes(order.bytes), {
      fileName: order.fileName,
      ...(order.url === undefined ? {} : { url: order.url }),
      limits: order.limits,
      onProgress: ({ page, pages }) => {
        process.send?.({ kind: "progress", page, pages } satisfies ReadReport);
      },
    });
    return { kind: "done", document, rss: process.memoryUsage.rss() };
  } catch (thrown) {
    return { kind: "failed", ...describe(thrown), rss: process.memoryUsage.rss() };
  }
}

/** What was sent as a Buffer comes as one; pdf.js takes only the plain kind. */
function toPlainBytes(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function describe(
  thrown: unknown,
): Pick<Extract<ReadReport, { kind: "failed" }>, "code" | "message" | "safeMessage"> {
  if (thrown instanceof AppError) {
    return { code: thrown.code, message: thrown.message, safeMessage: thrown.safeMessage };
  }
  const message = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return { code: null, message: message.slice(0, 2_000), safeMessage: "" };
}
