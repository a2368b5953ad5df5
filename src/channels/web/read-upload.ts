import type { MultipartFile } from "@fastify/multipart";
import type { FastifyRequest } from "fastify";
import { cleanName, kindOf } from "../clean-name.ts";
import { filesRequestSchema } from "./schema.ts";
import type { Upload } from "./stores.ts";
import { type Language, readLanguage, type Word } from "./words.ts";

export const MAX_FILES = 5;
export const MAX_FILE_BYTES = 30 * 1024 * 1024;

/** A field beyond this is no text that anybody typed. */
const MAX_FIELD_BYTES = 64 * 1024;

/** For the parser: one file and one field more than allowed, so that too many can be told from broken. */
export const UPLOAD_LIMITS = {
  limits: {
    files: MAX_FILES + 1,
    fields: 8,
    parts: 20,
    fileSize: MAX_FILE_BYTES,
    fieldSize: MAX_FIELD_BYTES,
  },
  throwFileSizeLimit: false,
};

export type UploadFields = ReturnType<typeof filesRequestSchema.parse>;
export type ReadFile = Pick<Upload, "position" | "kind" | "name" | "size"> & { bytes: Uint8Array };

/** What came of an upload; `keep` has been called for every file before it. */
export type ReadUpload =
  | { outcome: "read"; fields: UploadFields; files: Omit<ReadFile, "bytes">[] }
  | { outcome: "refused"; word: Word; language: Language };

/**
 * Reads the parts one after another, so that memory holds one file of it. `keep` gets each file as it comes and may refuse
 * it. What is refused is read to its end all the same: a browser hears the answer only when it has sent everything.
 */
export async function readUpload(
  request: FastifyRequest,
  keep: (file: ReadFile, fields: UploadFields) => Promise<Word | undefined>,
): Promise<ReadUpload> {
  const given: Record<string, unknown> = {};
  const files: Omit<ReadFile, "bytes">[] = [];
  let refused: Word | undefined;
  try {
    for await (const part of request.parts()) {
      if (part.type === "field") {
        given[part.fieldname] = part.valueTruncated ? undefined : part.value;
        continue;
      }
      const outcome = refused ? await drain(part) : await takeFile(part, given, files.length, keep);
      if (typeof outcome === "string") refused ??= outcome;
      else if (outcome) files.push(outcome);
    }
  } catch (thrown) {
    refused ??= wordFor(thrown);
    if (!refused) throw thrown;
  }
  const fields = filesRequestSchema.safeParse(given);
  if (!refused && !fields.success) refused = "malformed";
  if (!refused && files.length === 0) refused = "no-file";
  if (refused || !fields.success) {
    const language = readLanguage(given["language"], request.headers);
    return { outcome: "refused", word: refused ?? "malformed", language };
  }
  return { outcome: "read", fields: fields.data, files };
}

async function takeFile(
  part: MultipartFile,
  given: Record<string, unknown>,
  position: number,
  keep: (file: ReadFile, fields: UploadFields) => Promise<Word | undefined>,
): Promise<Omit<ReadFile, "bytes"> | Word> {
  const fields = filesRequestSchema.safeParse(given);
  const early = !fields.success || part.fieldname !== "files" ? "malformed" : undefined;
  const refused = early ?? (position >= MAX_FILES ? "too-many-files" : undefined);
  if (refused || !fields.success) return drain(part, refused);
  const chunks: Buffer[] = [];
  for await (const chunk of part.file) chunks.push(chunk as Buffer);
  if (part.file.truncated) return "file-too-large";
  const bytes = Buffer.concat(chunks);
  if (bytes.length === 0) return "empty-file";
  const about = { position, kind: kindOf(bytes), name: cleanName(part.filename), size: bytes.length };
  return (await keep({ ...about, bytes }, fields.data)) ?? about;
}

async function drain<Outcome extends Word | undefined>(
  part: MultipartFile,
  outcome?: Outcome,
): Promise<Outcome> {
  for await (const _chunk of part.file);
  return outcome as Outcome;
}

/** The parser's own refusals; undefined: something else went wrong. */
function wordFor(thrown: unknown): Word | undefined {
  const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
  if (code === "FST_FILES_LIMIT" || code === "FST_PARTS_LIMIT") return "too-many-files";
  if (
    code === "FST_MULTIPART_PREMATURE_CLOSE" ||
    code === "ECONNRESET" ||
    code === "ERR_STREAM_PREMATURE_CLOSE"
  )
    return "cut-off";
  const isParsers =
    code.startsWith("FST_") || /multipart|boundary|unexpected end|part terminated/i.test(String(thrown));
  return isParsers ? "malformed" : undefined;
}
