import { innerTitleOf, namesSeveralTexts } from "../layout/inner-title.ts";
import { bareTitleOf } from "../layout/read-front.ts";
import type { MetadataSource } from "./metadata-source.ts";

export interface Titles {
  title: string;
  titleOuter: string | null;
  /** The title lines as printed, with stage notes; for reading the status. */
  printed: string;
}

/** Inner and outer title; the file name when the text has none. */
export function readTitles({ parts, fields, fileName }: MetadataSource): Titles {
  const notice = parts.find((part) => part.kind === "notice");
  const main = parts.find((part) => part.kind === "main");
  const printed = `${notice?.title ?? ""}\n${main?.title ?? ""}`;
  // Several texts under one notice: the notice names the whole.
  if (notice && !main) return { title: bareTitleOf(notice.title), titleOuter: null, printed };
  if (notice && notice.title !== "") {
    const inner = bareTitleOf(main?.title ?? "") || innerTitleOf(notice.title) || bareTitleOf(notice.title);
    return { title: inner, titleOuter: bareTitleOf(notice.title), printed };
  }
  const title = completeTitle(bareTitleOf(main?.title ?? ""), bareTitleOf(fields.name ?? ""));
  if (title === "") return { title: bareTitleOf(nameWithoutExtension(fileName)), titleOuter: null, printed };
  const inner = namesInnerText(title) && !namesSeveralTexts(title) ? innerTitleOf(title) : undefined;
  return inner ? { title: inner, titleOuter: title, printed } : { title, titleOuter: null, printed };
}

/** The page's table has the whole title where the lines of the text could not all be recognised as one. */
function completeTitle(read: string, named: string): string {
  return read === "" || (named.startsWith(read) && named.length > read.length) ? named : read;
}

/** 发布X申报指南的通知 without the guide's own text is titled by the notice; 印发《X》 always names a text. */
function namesInnerText(title: string): boolean {
  return /《/.test(title) || /印发|转发|批转|颁布/.test(title);
}

export function nameWithoutExtension(fileName: string): string {
  return fileName.replace(/^.*[\\/]/, "").replace(/\.[A-Za-z0-9]{1,5}$/, "");
}
