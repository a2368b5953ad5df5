/** The platform's kinds of files by the name's ending; what it has no kind for goes as a stream. */
export function toFileType(name: string): "pdf" | "doc" | "xls" | "ppt" | "stream" {
  const ending = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? "";
  if (ending === "pdf") return "pdf";
  if (ending === "doc" || ending === "docx") return "doc";
  if (ending === "xls" || ending === "xlsx") return "xls";
  return ending === "ppt" || ending === "pptx" ? "ppt" : "stream";
}
