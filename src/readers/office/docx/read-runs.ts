import {
  childElements,
  childrenNamed,
  findAll,
  findChild,
  hasDescendant,
  isOn,
  readValue,
  textOf,
} from "../xml/query-xml.ts";
import type { XmlElement } from "../xml/read-xml.ts";
import type { Piece } from "./piece.ts";
import { readMath } from "./read-math.ts";
import { inContents, type ReadingState } from "./reading-state.ts";
import type { Style } from "./styles.ts";
import { readSymbol } from "./symbols.ts";

interface Context {
  state: ReadingState;
  style: Style | undefined;
  pieces: Piece[];
}

/** The pieces of a paragraph; tracked changes as accepted, fields as their results. */
export function readRuns(paragraph: XmlElement, style: Style | undefined, state: ReadingState): Piece[] {
  const context: Context = { state, style, pieces: [] };
  readInline(paragraph, context);
  return context.pieces;
}

function readInline(parent: XmlElement, context: Context): void {
  for (const element of childElements(parent)) readInlineElement(element, context);
}

function readInlineElement(element: XmlElement, context: Context): void {
  const { state } = context;
  switch (element.name) {
    case "w:r":
      readRun(element, context);
      return;
    case "w:del":
    case "w:moveFrom":
      state.seen.revisions = true;
      return;
    case "w:ins":
    case "w:moveTo":
      state.seen.revisions = true;
      readInline(element, context);
      return;
    case "w:hyperlink":
      readLink(element, context);
      return;
    case "w:sdt":
      if (!isOn(findChild(element, "w:sdtPr"), "w:showingPlcHdr")) {
        for (const content of childrenNamed(element, "w:sdtContent")) readInline(content, context);
      }
      return;
    case "w:fldSimple":
      if (/^\s*TOC\b/i.test(element.attributes.get("w:instr") ?? "")) state.contentsSeen += 1;
      else readInline(element, context);
      return;
    case "m:oMath":
    case "m:oMathPara":
      addText(readMath(element), false, context);
      return;
    case "mc:AlternateContent":
      readInline(chooseAlternative(element), context);
      return;
    case "w:smartTag":
    case "w:customXml":
    case "w:dir":
    case "w:bdo":
      readInline(element, context);
      return;
    default:
  }
}

function readLink(element: XmlElement, context: Context): void {
  const first = context.pieces.length;
  readInline(element, context);
  const id = element.attributes.get("r:id");
  if (id === undefined) return;
  const words = context.pieces.slice(first).map((piece) => (piece.kind === "text" ? piece.text : ""));
  const { linkTexts } = context.state;
  linkTexts.set(id, `${linkTexts.get(id) ?? ""}${words.join("")}`);
}

const TEXTUAL = new Set(["w:t", "w:sym"]);

/** The newer form when it holds text or no other is there: one of the two, never both. */
export function chooseAlternative(element: XmlElement): XmlElement {
  const choices = childrenNamed(element, "mc:Choice");
  const fallback = findChild(element, "mc:Fallback");
  const withText = choices.find((choice) => hasDescendant(choice, TEXTUAL));
  return withText ?? fallback ?? choices[0] ?? element;
}

interface RunLook {
  hidden: boolean;
  bold: boolean;
  raised: boolean;
}

function readLook(run: XmlElement, { state, style }: Context): RunLook {
  const properties = findChild(run, "w:rPr");
  const character = properties ? state.styles.character(readValue(properties, "w:rStyle")) : undefined;
  return {
    hidden: isOn(properties, "w:vanish") ?? character?.hidden ?? style?.hidden ?? false,
    bold: isOn(properties, "w:b") ?? character?.bold ?? style?.bold ?? false,
    raised: readValue(properties, "w:vertAlign") === "superscript",
  };
}

function readRun(run: XmlElement, context: Context): void {
  const look = readLook(run, context);
  for (const element of childElements(run)) readRunElement(element, look, context);
}

function readRunElement(element: XmlElement, look: RunLook, context: Context): void {
  const { state, pieces } = context;
  switch (element.name) {
    case "w:fldChar":
      readFieldMark(element, look, context);
      return;
    case "w:instrText": {
      const field = state.fields.at(-1);
      if (field?.phase === "instruction") field.instruction += textOf(element);
      return;
    }
    case "w:lastRenderedPageBreak":
      state.place.rendered += 1;
      return;
    case "w:br":
      readBreak(element, context);
      return;
    case "mc:AlternateContent":
      for (const chosen of childElements(chooseAlternative(element))) readRunElement(chosen, look, context);
      return;
    case "w:drawing":
    case "w:pict":
    case "w:object":
      readDrawing(element, context);
      return;
    case "w:commentReference":
      state.seen.comments = true;
      return;
    case "w:ruby":
      for (const base of childrenNamed(element, "w:rubyBase")) readInline(base, context);
      return;
    default:
  }
  if (look.hidden) {
    if (element.name === "w:t" && textOf(element).trim() !== "") state.seen.hidden = true;
    return;
  }
  if (element.name === "w:footnoteReference" || element.name === "w:endnoteReference") {
    const id = element.attributes.get("w:id");
    const note = element.name === "w:footnoteReference" ? "footnote" : "endnote";
    if (id !== undefined && isShown(state)) pieces.push({ kind: "note", note, id });
    return;
  }
  if (element.name === "w:cr") pieces.push({ kind: "break", page: false });
  else addText(readCharacters(element, look), look.bold, context);
}

function readCharacters(element: XmlElement, look: RunLook): string {
  switch (element.name) {
    case "w:t":
      return look.raised ? raiseDigits(textOf(element)) : textOf(element);
    case "w:tab":
    case "w:ptab":
      return "\t";
    case "w:noBreakHyphen":
      return "-";
    case "w:sym":
      return readSymbol(element.attributes.get("w:font") ?? "", element.attributes.get("w:char") ?? "");
    default:
      return "";
  }
}

const RAISED = [..."⁰¹²³⁴⁵⁶⁷⁸⁹"];

/** 10 with a raised 8 is no 108. */
function raiseDigits(text: string): string {
  return /^\d+$/.test(text) ? text.replace(/\d/g, (digit) => RAISED[Number(digit)] ?? digit) : text;
}

function isShown(state: ReadingState): boolean {
  return state.fields.every(({ phase }) => phase === "result") && !inContents(state);
}

function addText(text: string, bold: boolean, { state, pieces }: Context): void {
  if (text === "" || !isShown(state)) return;
  pieces.push({ kind: "text", text, bold, place: { ...state.place } });
}

function readBreak(element: XmlElement, { state, pieces }: Context): void {
  const type = element.attributes.get("w:type") ?? "textWrapping";
  if (type === "column") return;
  if (type === "page") state.place.written += 1;
  pieces.push({ kind: "break", page: type === "page" });
}

/** Word's way to put a character into a ring: `EQ \o\ac(○,1)`, a field without a result. */
const RINGED = /^\s*EQ\s*\\o\s*\\ac\(\s*[○◯〇]\s*[,，]\s*(?:\\s\\do\d+\()?(\d{1,2})/i;

function readFieldMark(element: XmlElement, look: RunLook, context: Context): void {
  const { state } = context;
  const type = element.attributes.get("w:fldCharType");
  if (type === "begin") {
    state.fields.push({ phase: "instruction", instruction: "" });
    return;
  }
  if (type === "separate") {
    const field = state.fields.at(-1);
    if (field) field.phase = "result";
    if (inContents(state)) state.contentsSeen += 1;
    return;
  }
  if (type !== "end") return;
  const ended = state.fields.pop();
  const ringed = ended?.phase === "instruction" ? RINGED.exec(ended.instruction)?.[1] : undefined;
  if (ringed !== undefined && !look.hidden) addText(ringNumber(Number(ringed)), look.bold, context);
}

function ringNumber(value: number): string {
  return value >= 1 && value <= 20 ? String.fromCharCode(0x2460 + value - 1) : `（${value}）`;
}

function readDrawing(element: XmlElement, { state, pieces }: Context): void {
  const boxes = findAll(element, "w:txbxContent");
  for (const content of boxes) pieces.push({ kind: "box", content });
  if (boxes.length === 0)
    state.seen.pictures += findAll(element, "a:blip").length + findAll(element, "v:imagedata").length;
}
