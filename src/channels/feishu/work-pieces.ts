import {
  type Reply,
  type ReplyAction,
  type ReplyBlock,
  type WorkBlock,
  writeBlockLines,
} from "../../conversation/index.ts";
import {
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
import { splitText } from "./split-text.ts";

const MAX_TEXT_BYTES = 9_000;
const MAX_CHANGE_BYTES = 4_000;

/** Signs what a button carries; undefined where cards can have none. */
export type SignAction = ((action: Pick<ReplyAction, "name" | "values">) => SignedAction) | undefined;

/** Blocks of work: facts, marked changes, forms, buttons. */
export function toWorkPieces(
  block: Exclude<WorkBlock, { type: "program" | "file" }>,
  sign: SignAction,
  language: Reply["language"],
): Piece[] {
  switch (block.type) {
    case "picture":
      return toLinePieces(writeBlockLines(block, language));
    case "heading":
      return [{ elements: [boldElement(block.text)], lines: [{ text: block.text }] }];
    case "fields":
      return toLinePieces(writeBlockLines(block, language));
    case "changes":
      return toChangePieces(block);
    case "form":
      return sign ? [toFormPiece(block, sign)] : [];
    case "actions": {
      const lines = writeBlockLines(block, language);
      return sign ? [toButtonsPiece(block.actions, sign, lines)] : toLinePieces(lines);
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

function toButtonsPiece(
  actions: readonly ReplyAction[],
  sign: NonNullable<SignAction>,
  lines: readonly string[],
): Piece {
  const buttons = actions.map((action) => buttonElement(action, sign(action)));
  return {
    elements: buttons.length > 1 ? [buttonRow(buttons)] : buttons,
    lines: lines.map((text) => ({ text })),
  };
}

/** The platform takes names of buttons up to 20 characters. */
function toSubmitName(formName: string): string {
  return `${formName.slice(0, 13)}_submit`;
}

function toFormPiece(block: Extract<ReplyBlock, { type: "form" }>, sign: NonNullable<SignAction>): Piece {
  const elements = block.fields.flatMap((field): FormElement["elements"] => {
    const label = { tag: "div" as const, text: plainText(field.label) };
    if (field.kind === "select") return [label, selectElement(field)];
    if (field.kind === "date") return [label, dateElement(field)];
    return [inputElement(field)];
  });
  const submit = buttonElement(block.submit, sign(block.submit), toSubmitName(block.name));
  const form: CardElement = { tag: "form", name: block.name, elements: [...elements, submit] };
  return {
    elements: [form],
    lines: block.submit.command ? [{ text: `${block.submit.label}：发送“${block.submit.command}”` }] : [],
  };
}
