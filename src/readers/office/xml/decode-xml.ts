import { TextDecoder } from "node:util";
import { unusable } from "../../unusable.ts";

const HEAD_BYTES = 256;
/** Not allowed in XML 1.0; exports of databases contain them all the same. */
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Bytes of a part → text, by byte order mark, by the shape of the first characters, by the declared encoding; else UTF-8. */
export async function* decodeXml(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let head = new Uint8Array();
  for await (const chunk of chunks) {
    if (decoder) {
      yield clean(decoder.decode(chunk, { stream: true }));
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < HEAD_BYTES) continue;
    decoder = createDecoder(head);
    yield clean(decoder.decode(head, { stream: true }));
  }
  if (!decoder) {
    decoder = createDecoder(head);
    yield clean(decoder.decode(head, { stream: true }));
  }
  const rest = decoder.decode();
  if (rest !== "") yield clean(rest);
}

function clean(text: string): string {
  return text.replace(CONTROLS, "");
}

function createDecoder(head: Uint8Array): TextDecoder {
  const [first, second] = head;
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) {
    return new TextDecoder("utf-16le");
  }
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) {
    return new TextDecoder("utf-16be");
  }
  const start = Buffer.from(head.subarray(0, HEAD_BYTES)).toString("latin1");
  const declared = /^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*\sencoding=["']([A-Za-z0-9._-]+)["']/.exec(start)?.[1];
  try {
    return new TextDecoder(declared ?? "utf-8");
  } catch (thrown) {
    throw unusable(
      `unknown encoding ${declared}`,
      "文件内部使用了无法识别的文字编码。请用 Word 或 WPS 打开原件另存为新文件再上传。",
      thrown,
    );
  }
}
