const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml";

export const CONTENT_TYPES = `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${TYPE}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${TYPE}.styles+xml"/><Override PartName="/word/numbering.xml" ContentType="${TYPE}.numbering+xml"/></Types>`;

export const ROOT_RELATIONS = `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`;

export const RELATIONS = `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/styles" Target="styles.xml"/><Relationship Id="rId2" Type="${OFFICE}/numbering" Target="numbering.xml"/></Relationships>`;

const style = (id: string, name: string, properties: string) =>
  `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="a"/><w:pPr>${properties}</w:pPr></w:style>`;
const number = (list: number) => `<w:numPr><w:numId w:val="${list}"/></w:numPr>`;

/** Named as Chinese Word and WPS name them. */
export const STYLES_XML = `${HEAD}<w:styles xmlns:w="${WORD}"><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>${style("1", "heading 1", `${number(1)}<w:outlineLvl w:val="0"/>`)}${style("2", "heading 2", `${number(3)}<w:outlineLvl w:val="1"/>`)}${style("a3", "Title", '<w:jc w:val="center"/>')}${style("a5", "条", number(2))}</w:styles>`;

const list = (id: number, styleId: string, text: string, suffix: string) =>
  `<w:abstractNum w:abstractNumId="${id}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:pStyle w:val="${styleId}"/><w:suff w:val="${suffix}"/><w:lvlText w:val="${text}"/></w:lvl></w:abstractNum>`;

export const NUMBERING_XML = `${HEAD}<w:numbering xmlns:w="${WORD}">${list(1, "1", "第%1章", "space")}${list(2, "a5", "第%1条", "space")}${list(3, "2", "%1、", "nothing")}<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num></w:numbering>`;
