import { AppError, toAppError } from "../../shared/index.ts";
import type { TicketFile } from "../../triage/index.ts";
import type { InboundAttachment } from "../types.ts";
import { say } from "./ticket-parts.ts";
import type { TicketTurn } from "./ticket-turn.ts";

const MAX_FILE_BYTES = 20 * 1024 * 1024;
const MAX_FILES = 10;

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  pdf: "application/pdf",
  doc: "application/msword",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xls: "application/vnd.ms-excel",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  ppt: "application/vnd.ms-powerpoint",
  pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  txt: "text/plain",
  csv: "text/csv",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  zip: "application/zip",
};

export interface TakenFiles {
  files: TicketFile[];
  /** One line for each that was not taken, in words. */
  refused: string[];
}

/** The files of a message, kept for those of the ticket. What cannot be taken is said, and the rest goes on. */
export async function takeFiles(
  turn: TicketTurn,
  owner: { account: string; enterpriseId: string | null },
): Promise<TakenFiles> {
  const taken: TakenFiles = { files: [], refused: [] };
  const attachments = turn.message.attachments ?? [];
  for (const attachment of attachments.slice(0, MAX_FILES)) {
    const outcome = await takeFile(turn, attachment, owner);
    if (typeof outcome === "string") taken.refused.push(outcome);
    else taken.files.push(outcome);
  }
  if (attachments.length > MAX_FILES) {
    taken.refused.push(
      say(
        turn.language,
        `一次最多接收 ${MAX_FILES} 个文件，其余 ${attachments.length - MAX_FILES} 个未收，请再发一次。`,
        `At most ${MAX_FILES} files are taken at once; please send the others again.`,
      ),
    );
  }
  return taken;
}

async function takeFile(
  turn: TicketTurn,
  attachment: InboundAttachment,
  owner: { account: string; enterpriseId: string | null },
): Promise<TicketFile | string> {
  const { context, options, language, key, at } = turn;
  const isTooLarge = attachment.size !== undefined && attachment.size > MAX_FILE_BYTES;
  if (isTooLarge) return describeTooLarge(turn, attachment);
  try {
    const given = mediaTypeOf(attachment.name);
    if (given === undefined && attachment.kind === "file") return describeType(turn, attachment);
    const bytes = await context.fetchAttachment(attachment, MAX_FILE_BYTES);
    if (bytes.length > MAX_FILE_BYTES) return describeTooLarge(turn, attachment);
    const mediaType = given ?? mediaTypeOfPicture(bytes);
    if (mediaType === undefined) return describeType(turn, attachment);
    const name = given === undefined ? nameOfPicture(attachment.name, mediaType) : attachment.name;
    const fileId = await options.saveFile({ key, ...owner, name, mediaType, bytes, at });
    return { fileId, name, mediaType, bytes: bytes.length };
  } catch (thrown) {
    const error = thrown instanceof AppError ? thrown : toAppError(thrown);
    if (error.code !== "unusable-input" && error.code !== "not-found") throw thrown;
    return say(
      language,
      // What operators could do at the server is of no use here.
      `“${attachment.name}”没有收到：${error.safeMessage.replace(/[，；]?(?:或|仍不行的，可)在服务器上用 ingest 命令导入/u, "")}`,
      `“${attachment.name}” could not be taken. Please send it again.`,
    );
  }
}

function mediaTypeOf(name: string): string | undefined {
  const ending = /\.([a-z0-9]{1,5})$/iu.exec(name)?.[1]?.toLowerCase() ?? "";
  return Object.hasOwn(MEDIA_TYPES, ending) ? MEDIA_TYPES[ending] : undefined;
}

/** Pictures come without a name from some platforms. */
function mediaTypeOfPicture(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0x89 && bytes[1] === 0x50 && bytes[2] === 0x4e && bytes[3] === 0x47) return "image/png";
  return bytes[0] === 0xff && bytes[1] === 0xd8 ? "image/jpeg" : undefined;
}

function nameOfPicture(name: string, mediaType: string): string {
  const base = name.trim() === "" ? "图片" : name.trim();
  return `${base}.${mediaType === "image/png" ? "png" : "jpg"}`;
}

function describeTooLarge({ language }: TicketTurn, { name }: InboundAttachment): string {
  return say(
    language,
    `“${name}”超过 20 MB，没有接收。请压缩或拆分后再发。`,
    `“${name}” is larger than 20 MB and was not taken. Please make it smaller.`,
  );
}

function describeType({ language }: TicketTurn, { name }: InboundAttachment): string {
  return say(
    language,
    `“${name}”的文件类型不能接收。可发送 PDF、Word、Excel、PPT、TXT、CSV、PNG、JPG 或 ZIP。`,
    `“${name}” is of a kind that is not taken. PDF, Word, Excel, PowerPoint, TXT, CSV, PNG, JPG and ZIP are.`,
  );
}
