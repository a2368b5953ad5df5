import {
  AlignmentType,
  Document,
  Footer,
  FootnoteReferenceRun,
  HeadingLevel,
  type ISectionOptions,
  LeaderType,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  type Table,
  TabStopType,
  Textbox,
  TextRun,
} from "docx";
import { ContentControl } from "./docx-content-control.ts";
import { createNumberer, NUMBERING } from "./docx-numbering.ts";
import { makeRuns } from "./docx-runs.ts";
import { makeTable } from "./docx-table.ts";
import { fixTimes } from "./fix-times.ts";
import type { FormOptions, Source, SourceBlock } from "./source.ts";

const BODY = "仿宋_GB2312";
const BLACK = "黑体";
const HEADINGS = [HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3];
const REVISED = { author: "审核", date: "2026-01-01T00:00:00Z" };

type Child = Paragraph | Table | Textbox | ContentControl;

/** A Word file as offices write them; what kind of office is in the options. */
export async function writeDocx(source: Source, options: FormOptions): Promise<Buffer> {
  const numberOf = createNumberer(source.blocks);
  const children = source.blocks.flatMap((block): Child[] => {
    if (block.style === "T") {
      const table = source.tables[block.section];
      return table ? [makeTable(table, options["repeatHeader"] === true)] : [];
    }
    const paragraph = makeParagraph(block, options, numberOf);
    if (block.style === "L" && options["letterhead"] === "textbox") return [makeTextbox(block)];
    const isControlled = /^(?:发文字号|日期|第二条)$/.test(block.section);
    return [options["control"] === true && isControlled ? new ContentControl([paragraph]) : paragraph];
  });
  if (options["contents"] === true) children.splice(indexOfBody(source), 0, ...makeContents(source));
  const document = new Document({
    title: "",
    creator: "fixture",
    numbering: NUMBERING,
    styles: { default: { document: { run: { font: BODY, size: 32 } } } },
    footnotes: Object.fromEntries(
      source.footnotes.map((text, index) => [
        index + 1,
        { children: [new Paragraph({ children: [new TextRun({ text, size: 18 })] })] },
      ]),
    ),
    sections: [{ ...sectionOptions(options), children }],
  });
  return fixTimes(await Packer.toBuffer(document));
}

function sectionOptions(options: FormOptions): Omit<ISectionOptions, "children"> {
  const isLandscape = options["landscape"] === true;
  const pageNumber = new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ children: ["— ", PageNumber.CURRENT, " —"], size: 28 })],
  });
  return {
    footers: { default: new Footer({ children: [pageNumber] }) },
    properties: {
      ...(options["columns"] === 2 && { column: { count: 2, space: 600 } }),
      page: {
        size: {
          width: 11906,
          height: 16838,
          orientation: isLandscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
        },
        margin: { top: 2098, bottom: 1985, left: 1588, right: 1474 },
      },
    },
  };
}

function makeParagraph(
  block: SourceBlock,
  options: FormOptions,
  numberOf: ReturnType<typeof createNumberer>,
): Paragraph {
  const isNumbered = options["numbering"] === "automatic" && /^[HNP]$/.test(block.style);
  const numbered = isNumbered ? numberOf(block) : undefined;
  const text = numbered?.rest ?? block.text;
  const level = levelOf(block);
  return new Paragraph({
    ...looksOf(block),
    ...(numbered && {
      numbering: { reference: numbered.reference, level: numbered.level, instance: numbered.instance },
    }),
    ...(options["headings"] === "styles" && headingOf(block, level)),
    ...(block.revision && {
      run: { [block.revision === "+" ? "insertion" : "deletion"]: { id: 900, ...REVISED } },
    }),
    ...(block.style === "A" && { pageBreakBefore: true }),
    children: makeRuns({ ...block, text }, runLooks(block, options), REVISED).map((run) =>
      typeof run === "number" ? new FootnoteReferenceRun(run) : run,
    ),
  });
}

function headingOf(block: SourceBlock, level: number) {
  if (block.section === "标题" && block.style === "F") return { heading: HeadingLevel.TITLE };
  const heading = block.style === "H" ? HEADINGS[level - 1] : undefined;
  return heading ? { heading } : {};
}

/** By the number that the heading itself begins with. */
function levelOf({ style, section, text }: SourceBlock): number {
  if (style !== "H") return 0;
  if (/^\d/.test(section)) return section.split(".").length;
  return /^（/.test(text) ? 2 : 1;
}

function looksOf({ style, section }: SourceBlock) {
  const spacing = { line: 560 };
  if (/标题$|题注$|发文字号$|发文机关$|^日期$/.test(section) || style === "L")
    return { alignment: AlignmentType.CENTER, spacing: { ...spacing, after: 200 } };
  if (/落款$/.test(section)) return { alignment: AlignmentType.RIGHT, spacing };
  if (/主送$|版记$/.test(section) || style === "A") return { spacing };
  if (style === "J" && section.endsWith("附件说明")) return { spacing, indent: { left: 1600 } };
  return { spacing, indent: { firstLine: 640 } };
}

function runLooks({ style, section, text }: SourceBlock, options: FormOptions) {
  if (section.endsWith("标题")) return { font: "方正小标宋简体", size: 44 };
  if (style === "L") return { font: "方正小标宋简体", size: 72, color: "FF0000" };
  if (style === "A") return { font: BLACK };
  if (style !== "H") return {};
  if (options["headings"] === "bold") return { bold: true };
  return { font: /^（/.test(text) ? "楷体_GB2312" : BLACK };
}

function makeTextbox({ text }: SourceBlock): Textbox {
  return new Textbox({
    alignment: AlignmentType.CENTER,
    style: { width: "440pt", height: "60pt" },
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [new TextRun({ text, font: "方正小标宋简体", size: 72, color: "FF0000" })],
      }),
    ],
  });
}

function indexOfBody(source: Source): number {
  return source.blocks.findIndex(({ section }) => section === "导语");
}

/** Contents as Word leaves them: one paragraph a heading, dots to the page number. */
function makeContents(source: Source): Paragraph[] {
  const headings = source.blocks.filter(({ style }) => style === "H");
  const entries = headings.map(
    (block, index) =>
      new Paragraph({
        style: `TOC${levelOf(block)}`,
        tabStops: [{ type: TabStopType.RIGHT, position: 8800, leader: LeaderType.DOT }],
        children: [new TextRun(`${block.text}\t${1 + Math.floor(index / 5)}`)],
      }),
  );
  const title = new Paragraph({
    alignment: AlignmentType.CENTER,
    pageBreakBefore: true,
    children: [new TextRun({ text: "目　　录", font: BLACK, size: 36 })],
  });
  const pageEnd = new Paragraph({ pageBreakBefore: true, children: [] });
  return [title, ...entries, pageEnd];
}
