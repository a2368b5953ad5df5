import { packZip, type ZipEntry } from "./pack-zip.ts";

const W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

export const WORD_NAMESPACES = [
  `xmlns:w="${W}"`,
  `xmlns:r="${OFFICE}"`,
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
  'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
  'xmlns:v="urn:schemas-microsoft-com:vml"',
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
  'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"',
].join(" ");

export interface DocxParts {
  /** Inside w:body. */
  body: string;
  /** Inside w:styles, w:numbering, w:footnotes, w:endnotes, w:hdr. */
  styles?: string;
  numbering?: string;
  footnotes?: string;
  endnotes?: string;
  header?: string;
  /** Relationship elements of the document, besides those of the parts above. */
  relations?: string;
  more?: readonly ZipEntry[];
}

/** A Word file from the XML of its parts. */
export function writeDocx(parts: DocxParts): Uint8Array {
  const entries: ZipEntry[] = [
    {
      name: "_rels/.rels",
      content: `<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
    },
    { name: "word/document.xml", content: wrap("document", `<w:body>${parts.body}</w:body>`) },
  ];
  const relations: string[] = [];
  const add = (type: string, root: string, content: string | undefined): void => {
    if (content === undefined) return;
    entries.push({ name: `word/${type}.xml`, content: wrap(root, content) });
    relations.push(`<Relationship Id="part-${type}" Type="${OFFICE}/${type}" Target="${type}.xml"/>`);
  };
  add("styles", "styles", parts.styles);
  add("numbering", "numbering", parts.numbering);
  add("footnotes", "footnotes", parts.footnotes);
  add("endnotes", "endnotes", parts.endnotes);
  add("header", "hdr", parts.header);
  entries.push({
    name: "word/_rels/document.xml.rels",
    content: `<Relationships xmlns="${RELATIONS}">${relations.join("")}${parts.relations ?? ""}</Relationships>`,
  });
  return packZip([...entries, ...(parts.more ?? [])]);
}

function wrap(root: string, content: string): string {
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:${root} ${WORD_NAMESPACES}>${content}</w:${root}>`;
}

/** A paragraph: properties as XML, text, or runs as XML when it starts with `<`. */
export function p(content: string, properties = ""): string {
  const runs = content.startsWith("<") ? content : r(content);
  return `<w:p>${properties === "" ? "" : `<w:pPr>${properties}</w:pPr>`}${runs}</w:p>`;
}

export function r(text: string, properties = ""): string {
  return `<w:r>${properties === "" ? "" : `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`;
}

/** A table cell with one paragraph, or paragraphs as XML. */
export function tc(content: string, properties = ""): string {
  const inside = content.startsWith("<") ? content : p(content);
  return `<w:tc><w:tcPr>${properties}</w:tcPr>${inside}</w:tc>`;
}

export function tr(cells: readonly string[], properties = ""): string {
  return `<w:tr><w:trPr>${properties}</w:trPr>${cells.join("")}</w:tr>`;
}

export function tbl(rows: readonly string[]): string {
  return `<w:tbl><w:tblPr/><w:tblGrid/>${rows.join("")}</w:tbl>`;
}
