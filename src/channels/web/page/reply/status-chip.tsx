import { toneOf } from "./tone-of.ts";

/** The legal state of a document. */
export function StatusChip({ status }: { status: string }) {
  return (
    <span className={`status status--${toneOf(status)}`} lang="zh-CN">
      {status}
    </span>
  );
}
