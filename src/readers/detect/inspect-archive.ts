import { text } from "node:stream/consumers";
import { fromBuffer, type ZipFile } from "yauzl";
import { type Refusal, refuse } from "./refusals.ts";

const MAX_ENTRIES = 20_000;
const MAX_CONTENT_TYPES = 2 * 1024 * 1024;

/** Which kind of document a ZIP container is. Throws AppError `unusable-input` for all that are not read. */
export async function inspectArchive(bytes: Uint8Array): Promise<"docx" | "xlsx"> {
  const { names, contentTypes } = await list(bytes);
  const kind = kindByType(contentTypes) ?? kindByNames(names);
  return kind === "docx" || kind === "xlsx" ? kind : refuse(kind);
}

type Kind = "docx" | "xlsx" | Refusal;

const MAIN_PARTS: readonly (readonly [part: RegExp, kind: Kind])[] = [
  [
    /wordprocessingml\.(?:document|template)\.main\+xml|ms-word\.[a-z]+\.macroenabledtemplate\.main\+xml/,
    "docx",
  ],
  [/ms-word\.(?:document|template)\.macroenabled(?:template)?\.main\+xml/, "docx"],
  [/ms-excel\.sheet\.binary\.macroenabled\.main/, "xlsb"],
  [/spreadsheetml\.(?:sheet|template)\.main\+xml/, "xlsx"],
  [/ms-excel\.(?:sheet|template)\.macroenabled\.main\+xml/, "xlsx"],
  [
    /presentationml\.(?:presentation|slideshow|template)\.main\+xml|ms-powerpoint\.[a-z.]+\.main\+xml/,
    "pptx",
  ],
];

function kindByType(contentTypes: string): Kind | undefined {
  const types = contentTypes.toLowerCase();
  return MAIN_PARTS.find(([part]) => part.test(types))?.[1];
}

const NAMED: readonly (readonly [name: RegExp, kind: Kind])[] = [
  [/^word\/document\d*\.xml$/i, "docx"],
  [/^xl\/workbook\.xml$/i, "xlsx"],
  [/^xl\/workbook\.bin$/i, "xlsb"],
  [/^ppt\/presentation\.xml$/i, "pptx"],
  [/^OFD\.xml$/i, "ofd"],
  [/^META-INF\/container\.xml$/i, "epub"],
  [/^(?:styles|content)\.xml$/i, "odt"],
  [/^(?:AndroidManifest\.xml|META-INF\/MANIFEST\.MF)$/i, "disk"],
];

function kindByNames(names: readonly string[]): Kind {
  return NAMED.find(([pattern]) => names.some((name) => pattern.test(name)))?.[1] ?? "archive";
}

interface Listing {
  names: string[];
  contentTypes: string;
}

async function list(bytes: Uint8Array): Promise<Listing> {
  let archive: ZipFile | undefined;
  try {
    archive = await open(bytes);
    return await readListing(archive);
  } catch {
    return refuse("brokenZip");
  } finally {
    archive?.close();
  }
}

function open(bytes: Uint8Array): Promise<ZipFile> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return new Promise((resolve, reject) => {
    const options = { lazyEntries: true, autoClose: false, strictFileNames: false };
    fromBuffer(buffer, options, (error, archive) => (archive ? resolve(archive) : reject(error)));
  });
}

function readListing(archive: ZipFile): Promise<Listing> {
  const listing: Listing = { names: [], contentTypes: "" };
  return new Promise((resolve, reject) => {
    archive.on("error", reject);
    archive.on("end", () => resolve(listing));
    archive.on("entry", (entry) => {
      listing.names.push(entry.fileName);
      if (listing.names.length >= MAX_ENTRIES) return resolve(listing);
      const isTypes = entry.fileName === "[Content_Types].xml" && entry.uncompressedSize <= MAX_CONTENT_TYPES;
      if (!isTypes) return archive.readEntry();
      archive.openReadStream(entry, (error, stream) => {
        if (!stream) return reject(error);
        text(stream).then((types) => {
          listing.contentTypes = types;
          archive.readEntry();
        }, reject);
      });
    });
    archive.readEntry();
  });
}
