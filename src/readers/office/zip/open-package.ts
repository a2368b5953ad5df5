import { inspectCompound } from "../../detect/inspect-compound.ts";
import { refuse } from "../../detect/refusals.ts";
import type { ReadLimits } from "../../types.ts";
import { toMegabytes, unusable } from "../../unusable.ts";
import { type Archive, openArchive } from "./open-archive.ts";
import { recogniseContainer } from "./recognise-container.ts";

export type OfficeKind = "word" | "sheet";

const WANTED: Readonly<Record<OfficeKind, { app: string; ending: string }>> = {
  word: { app: "Word", ending: "docx" },
  sheet: { app: "Excel", ending: "xlsx" },
};

/** Opens a docx or xlsx; throws AppError `unusable-input` that says what the file is instead. */
export async function openPackage(
  bytes: Uint8Array,
  limits: Pick<ReadLimits, "maxBytes" | "maxUnpackedBytes">,
  kind: OfficeKind,
): Promise<Archive> {
  checkSize(bytes, limits.maxBytes);
  const { app, ending } = WANTED[kind];
  switch (recogniseContainer(bytes)) {
    case "zip":
      return await openArchive(bytes, limits);
    case "compound":
      // Says so itself for locked files, xls and others.
      inspectCompound(bytes);
      throw unusable(
        `a doc, not a ${ending}`,
        `这是旧版 Word 文件（doc），扩展名不符。请用 Word 或 WPS 打开，另存为 ${ending} 后再提交。`,
      );
    case "program":
      return refuse("program");
    case "rtf":
      return refuse("rtf");
    default:
      throw unusable(
        `no ${ending}`,
        `内容不是 ${app} 文档（${ending}），或文件已损坏。请用 ${app} 或 WPS 打开原件，另存为 ${ending} 后再提交。`,
      );
  }
}

export function checkSize(bytes: Uint8Array, maxBytes: number): void {
  if (bytes.length === 0) refuse("empty");
  if (bytes.length <= maxBytes) return;
  throw unusable(
    `file of ${bytes.length} bytes`,
    `文件有 ${toMegabytes(bytes.length)}，超过 ${toMegabytes(maxBytes)} 上限。请删去图片或拆成几个文件后再提交。`,
  );
}
