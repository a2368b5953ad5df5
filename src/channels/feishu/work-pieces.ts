import {
  type Reply,
  type ReplyAction,
  type ReplyBlock,
  type WorkBlock,
  writeBlockLines,
} from "../../conversation/index.ts";
import { WORDS } from "../labels.ts";
import {
  type ButtonElement,
  type ButtonRow,
  boldElement,
  type CardElement,
  changeElement,
  type FormElement,
  plainText,
  textElement,
} from "./card.ts";
import type { SignedAction } from "./card-scope.ts";
import { buttonElement, buttonRow, dateElement, inputElement, selectElement } from "./form-elements.ts";
import type { Piece } from "./piece.ts";
import type { PictureKeys } from "./resolve-pictures.ts";
import { splitText } from "./split-text.ts";

const MAX_TEXT_BYTES = 9_000;
const MAX_CHANGE_BYTES = 4_000;
const MAX_ALT_CHARACTERS = 500;

/** Signs what a button carries; undefined where cards can have none. */
export type SignAction = ((action: Pick<ReplyAction, "name" | "values">) => SignedAction) | undefined;

export interface WorkOptions {
  sign: SignAction;
  language: Reply["language"];
  pictures: PictureKeys | undefined;
  /** Suggested questions are announced; in a welcome its own words do that. */
  announces: boolean;
  /** Of a form among the forms of its reply, from 0. */
  formIndex: number;
}

/** Blocks of work: facts, marked changes, forms, buttons, pictures. */
export function toWorkPieces(
  block: Exclude<WorkBlock, { type: "program" | "file" }>,
  { sign, language, pictures, formIndex, announces }: WorkOptions,
): Piece[] {
  switch (block.type) {
    case "picture":
      return toPicturePieces(block, pictures?.get(block.fileId), language);
    case "heading":
      return [{ elements: [boldElement(block.text)], lines: [{ text: block.text }] }];
    case "fields":
      return toLinePieces(writeBlockLines(block, language));
    case "changes":
      return toChangePieces(block);
    case "form":
      return sign ? [toFormPiece(block, sign, formIndex)] : [];
    case "actions": {
      const lines = writeBlockLines(block, language);
      const title = announces && isSuggestions(block) ? WORDS[language].more : undefined;
      if (!sign) return toLinePieces(title === undefined ? lines : [title, ...lines]);
      return [toButtonsPiece(block.actions, sign, { lines, title })];
    }
  }
}

function toLinePieces(lines: readonly string[]): Piece[] {
  if (lines.length === 0) return [];
  return splitText(lines.join("\n"), MAX_TEXT_BYTES).map((part) => ({
    elements: [textElement(part)],
    lines: [{ text: part }],
  }));
}

function toPicturePieces(
  block: Extract<ReplyBlock, { type: "picture" }>,
  key: string | undefined,
  language: Reply["language"],
): Piece[] {
  const lines = writeBlockLines(block, language);
  if (key === undefined) return toLinePieces(lines);
  const alt = plainText([...block.alt].slice(0, MAX_ALT_CHARACTERS).join(""));
  const image: CardElement = { tag: "img", img_key: key, alt, scale_type: "fit_horizontal", preview: true };
  return [{ elements: [image], lines: lines.map((text) => ({ text })) }];
}

function toChangePieces(block: Extract<ReplyBlock, { type: "changes" }>): Piece[] {
  const lines = writeBlockLines(block);
  const pieces = block.items.map((item, index): Piece => {
    const text = lines[index] ?? "";
    // A clause too long for marks is shown with signs instead of colours.
    const long = Buffer.byteLength(text) > MAX_CHANGE_BYTES;
    return long
      ? { elements: splitText(text, MAX_TEXT_BYTES).map((part) => textElement(part)), lines: [{ text }] }
      : { elements: [changeElement(item)], lines: [{ text }] };
  });
  const rest = lines.slice(block.items.length);
  return [...pieces, ...toLinePieces(rest)];
}

/** Questions that may come next, each a button. */
export function isSuggestions(block: ReplyBlock): boolean {
  return block.type === "actions" && block.actions.every(({ name }) => name === "answer.ask");
}

function toButtonsPiece(
  actions: readonly ReplyAction[],
  sign: NonNullable<SignAction>,
  { lines, title }: { lines: readonly string[]; title: string | undefined },
): Piece {
  const small = { text_size: "notation", text_color: "grey" } as const;
  const buttons = actions.map((action) => buttonElement(action, sign(action)));
  return {
    elements: [...(title === undefined ? [] : [textElement(title, small)]), ...toButtonRows(buttons)],
    lines: [...(title === undefined ? [] : [title]), ...lines].map((text) => ({ text })),
  };
}

/** More beside each other would be narrow on a phone. */
const MAX_BUTTONS_A_ROW = 4;

function toButtonRows(buttons: readonly ButtonElement[]): (ButtonElement | ButtonRow)[] {
  const [first, ...others] = buttons;
  if (first && others.length === 0) return [first];
  const rows: ButtonRow[] = [];
  for (let start = 0; start < buttons.length; start += MAX_BUTTONS_A_ROW)
    rows.push(buttonRow(buttons.slice(start, start + MAX_BUTTONS_A_ROW)));
  return rows;
}

/** The platform takes names of buttons up to 20 characters. */
function toSubmitName(formName: string, index: number): string {
  const ending = index === 0 ? "_submit" : `_submit${index + 1}`;
  return formName.slice(0, 20 - ending.length) + ending;
}

/**
 * Names must be unique in a card, not only in a form: those of a second form are marked, and the mark is taken off again
 * by `readFieldName`.
 */
function markName(name: string, formIndex: number): string {
  return formIndex > 0 ? `${name}__${formIndex + 1}` : name;
}

/** The name of a field as its form was given it. */
export function readFieldName(name: string): string {
  return name.replace(/__\d{1,2}$/, "");
}

function toFormPiece(
  block: Extract<ReplyBlock, { type: "form" }>,
  sign: NonNullable<SignAction>,
  formIndex: number,
): Piece {
  const actions = [block.submit, ...(block.more ?? [])];
  const mark = (name: string) => markName(name, formIndex);
  const elements = block.fields.flatMap((each): FormElement["elements"] => {
    // The client lets no button of a form go while a required field is empty, not even one that withdraws.
    const required = each.required === true && actions.length === 1;
    const field = { ...each, name: mark(each.name), required };
    const label = { tag: "div" as const, text: plainText(field.label) };
    if (field.kind === "select") {
      const select = selectElement(field);
      return select ? [label, select] : [];
    }
    if (field.kind === "date") return [label, dateElement(field)];
    return [inputElement(field)];
  });
  const formName = `${formIndex > 0 ? formIndex + 1 : ""}${block.name}`;
  const buttons = actions.map((action, index) =>
    buttonElement(action, sign(action), toSubmitName(formName, index)),
  );
  const form: CardElement = {
    tag: "form",
    name: mark(`${block.name}_form`),
    elements: [...elements, ...toButtonRows(buttons)],
  };
  const lines = actions.flatMap(({ label, command }) =>
    command ? [{ text: `${label}：发送“${command}”` }] : [],
  );
  return { elements: [form], lines };
}
