import { SaxesParser, type SaxesTagNS } from "saxes";
import { unusable } from "../../unusable.ts";
import { canonicalName } from "./canonical-name.ts";
import { decodeXml } from "./decode-xml.ts";

export type XmlNode = XmlElement | string;

/** Names are canonical (`w:p`) whatever prefix or edition of the namespace the file uses; see canonical-name.ts. */
export interface XmlElement {
  name: string;
  attributes: ReadonlyMap<string, string>;
  /** Text that is blank is kept only where it can matter. */
  children: XmlNode[];
}

/** Office files nest some dozens deep; recursion over the tree must stay safe. */
const MAX_DEPTH = 400;
const KEEPS_BLANKS = /:(?:t|instrText)$/;

interface Handlers {
  /** Whether an element is handed over as a tree when it closes. Elements inside a unit belong to it. */
  isUnit(name: string, parent: string): boolean;
  onUnit(unit: XmlElement): void;
}

/**
 * Reads a part as a stream and hands over the units one by one, so that memory is that of the largest unit.
 * Throws AppError `unusable-input` for a DOCTYPE (office files have none; entities live there) and for broken XML.
 */
export async function readXmlUnits(
  chunks: AsyncIterable<Uint8Array>,
  part: string,
  handlers: Handlers,
): Promise<void> {
  const parser = createParser(part, handlers);
  for await (const text of decodeXml(chunks)) parser.write(text);
  parser.close();
}

/** The whole part as a tree; for small parts. */
export async function readXmlTree(chunks: AsyncIterable<Uint8Array>, part: string): Promise<XmlElement> {
  let root: XmlElement | undefined;
  await readXmlUnits(chunks, part, {
    isUnit: (_name, parent) => parent === "",
    onUnit: (unit) => {
      root = unit;
    },
  });
  if (!root) throw brokenXml(part, "no root element");
  return root;
}

function createParser(part: string, handlers: Handlers): SaxesParser<{ xmlns: true; position: false }> {
  const parser = new SaxesParser({ xmlns: true, position: false });
  /** Names outside units, elements inside. */
  const names: string[] = [];
  const open: XmlElement[] = [];
  let hasControls = false;

  parser.on("doctype", () => {
    throw unusable(
      `DOCTYPE in ${part}`,
      "文件内部含有外部实体声明（DOCTYPE），正常的 Office 文档没有，已拒绝读取。请用 Word 或 WPS 打开原件另存为新文件再上传。",
    );
  });
  parser.on("error", (error) => {
    // Control characters as references are wrong, yet some generators write them; the rest of the part is sound.
    if (!/disallowed character|malformed character entity/i.test(error.message)) {
      throw brokenXml(part, error.message);
    }
    hasControls = true;
  });
  parser.on("opentag", (tag) => {
    const name = canonicalName(tag.uri, tag.local);
    if (names.length > MAX_DEPTH) throw brokenXml(part, "nested too deep");
    const parent = open.at(-1);
    if (parent || handlers.isUnit(name, names.at(-1) ?? "")) {
      const element = { name, attributes: readAttributes(tag), children: [] };
      parent?.children.push(element);
      open.push(element);
    }
    names.push(name);
  });
  parser.on("closetag", () => {
    names.pop();
    const closed = open.pop();
    if (closed && open.length === 0) handlers.onUnit(closed);
  });
  const addText = (found: string): void => {
    const parent = open.at(-1);
    const text = hasControls ? found.replace(/&#x?[0-9a-f]{1,6};/gi, "") : found;
    if (parent && (KEEPS_BLANKS.test(parent.name) || text.trim() !== "")) parent.children.push(text);
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  return parser;
}

const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();

function readAttributes(tag: SaxesTagNS): ReadonlyMap<string, string> {
  let attributes: Map<string, string> | undefined;
  for (const key in tag.attributes) {
    const attribute = tag.attributes[key];
    if (!attribute || attribute.prefix === "xmlns" || attribute.name === "xmlns") continue;
    attributes ??= new Map();
    const name = attribute.uri === "" ? attribute.local : canonicalName(attribute.uri, attribute.local);
    attributes.set(name, attribute.value);
  }
  return attributes ?? NO_ATTRIBUTES;
}

function brokenXml(part: string, detail: string): Error {
  return unusable(
    `broken XML in ${part}: ${detail}`,
    "文件内部结构已损坏，无法读取。请用 Word 或 WPS 打开原件（可按提示修复），另存为新文件后重新上传。",
  );
}
