import { escapeHtml } from "./print-html.ts";
import { finalText, type Source, type SourceBlock, type SourceTable, spansOf } from "./source.ts";
import { CONTENT_TYPES, NUMBERING_XML, RELATIONS, ROOT_RELATIONS, STYLES_XML } from "./word-parts.ts";
import { writeArchive } from "./write-archive.ts";

const NAMESPACES = [
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"',
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
  'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
  'xmlns:v="urn:schemas-microsoft-com:vml"',
].join(" ");

/**
 * What Word itself leaves in a file after years of use: numbers that come with the style, numbering switched off in a paragraph,
 * runs cut by the spelling check, a text box twice (drawing and fallback), hidden and moved text, fields, controls, comments, a
 * deleted row of a table.
 */
export function writeWordXml(source: Source): Buffer {
  const body = source.blocks.map((block) => {
    const table = source.tables[block.section];
    return block.style === "T" && table ? tableXml(table) : paragraphXml(block);
  });
  const document = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document ${NAMESPACES} mc:Ignorable="wps"><w:body>${body.join("")}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>`;
  return writeArchive([
    ["[Content_Types].xml", CONTENT_TYPES],
    ["_rels/.rels", ROOT_RELATIONS],
    ["word/document.xml", document],
    ["word/_rels/document.xml.rels", RELATIONS],
    ["word/styles.xml", STYLES_XML],
    ["word/numbering.xml", NUMBERING_XML],
  ]);
}

function paragraphXml(block: SourceBlock): string {
  if (block.style === "L") return letterheadXml(block.text);
  const { properties, text } = shapeOf(block);
  const runs = text
    .split(/(\{\/\}|\{[hmfs]:.*?\}|\{\+.*?\+\}|\{-.*?-\})/)
    .filter((piece) => piece !== "")
    .map(pieceXml);
  return `<w:p w:rsidR="00A1" w:rsidRDefault="00A1"><w:pPr>${properties}</w:pPr><w:bookmarkStart w:id="1" w:name="_GoBack"/>${runs.join("")}<w:bookmarkEnd w:id="1"/></w:p>`;
}

/** Headings get their number from the style; items of a paragraph style carry theirs in the paragraph. */
function shapeOf({ style, section, text }: SourceBlock): { properties: string; text: string } {
  const article = /^第[一二三四五六七八九十]+条 /.exec(text)?.[0];
  if (style === "N" && article)
    return { properties: '<w:pStyle w:val="a5"/>', text: text.slice(article.length) };
  if (style === "H" && /^第[一二三四五六七八九十]+章 /.test(text))
    return { properties: '<w:pStyle w:val="1"/>', text: text.replace(/^\S+ /, "") };
  if (style === "H" && /^[一二三四五六七八九十]+、/.test(text))
    return { properties: '<w:pStyle w:val="2"/>', text: text.replace(/^.+?、/, "") };
  if (/标题$/.test(section)) return { properties: '<w:pStyle w:val="a3"/><w:jc w:val="center"/>', text };
  // A heading style used for a line that is none: its numbering is switched off.
  if (/^第.+条¶2$/.test(section))
    return {
      properties: '<w:pStyle w:val="a5"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>',
      text,
    };
  return { properties: '<w:ind w:firstLine="640" w:firstLineChars="200"/>', text };
}

function pieceXml(piece: string): string {
  const [, kind, inner] = /^\{(?:([hmfs]):|([+-]))/.exec(piece) ?? [];
  const content = piece.replace(/^\{(?:[hmfs]:|[+-])|[+-]?\}$/g, "");
  const mark = 'w:id="90" w:author="审核" w:date="2026-01-01T00:00:00Z"';
  if (piece === "{/}") return "<w:r><w:br/></w:r>";
  if (kind === "h") return run(content, "<w:vanish/>");
  if (kind === "m") return `<w:moveFrom ${mark}>${run(content)}</w:moveFrom>`;
  if (kind === "s")
    return `<w:sdt><w:sdtPr><w:id w:val="7"/></w:sdtPr><w:sdtContent>${run(content)}</w:sdtContent></w:sdt>`;
  if (kind === "f")
    return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> HYPERLINK "https://example.invalid/a" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${run(content)}<w:r><w:fldChar w:fldCharType="end"/></w:r>`;
  if (inner === "+") return `<w:ins ${mark}>${run(content)}</w:ins>`;
  if (inner === "-") return `<w:del ${mark}><w:r><w:delText>${escapeHtml(content)}</w:delText></w:r></w:del>`;
  const half = Math.ceil(piece.length / 2);
  return `${run(piece.slice(0, half))}<w:proofErr w:type="spellStart"/>${run(piece.slice(half))}<w:proofErr w:type="spellEnd"/>`;
}

function run(text: string, properties = ""): string {
  return `<w:r><w:rPr><w:rFonts w:hint="eastAsia"/>${properties}</w:rPr><w:t xml:space="preserve">${escapeHtml(text)}</w:t></w:r>`;
}

function letterheadXml(text: string): string {
  const inner = `<w:txbxContent><w:p>${run(text)}</w:p></w:txbxContent>`;
  return `<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:txbx>${inner}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>${inner}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`;
}

function tableXml(table: SourceTable): string {
  const spans = spansOf(table);
  const rows = table.cells.map((row, y) => {
    const cells = row.flatMap((cell, x) => {
      if (cell === "<") return [];
      if (cell === "^") return ["<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"];
      const span = spans.find((one) => one.x === x && one.y === y);
      const merged = `${(span?.columns ?? 1) > 1 ? `<w:gridSpan w:val="${span?.columns}"/>` : ""}${(span?.rows ?? 1) > 1 ? '<w:vMerge w:val="restart"/>' : ""}`;
      return [`<w:tc><w:tcPr>${merged}</w:tcPr><w:p>${run(finalText(cell))}</w:p></w:tc>`];
    });
    return `<w:tr>${cells.join("")}</w:tr>`;
  });
  const gone = `<w:tr><w:trPr><w:del w:id="91" w:author="审核" w:date="2026-01-01T00:00:00Z"/></w:trPr>${"<w:tc><w:p><w:del><w:r><w:delText>已删除</w:delText></w:r></w:del></w:p></w:tc>".repeat(table.cells[0]?.length ?? 1)}</w:tr>`;
  return `<w:tbl><w:tblPr/>${rows.join("")}${gone}</w:tbl>`;
}
