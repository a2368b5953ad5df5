import type { ChangeItem } from "../../conversation/index.ts";
import type { HeaderColour } from "../labels.ts";
import type { SignedAction } from "./card-scope.ts";

/** Cards by the platform's "card JSON 2.0", which refuses unknown attributes: only what is listed here is ever sent. */
export interface PlainText {
  tag: "plain_text";
  content: string;
  text_size?: "heading" | "normal" | "notation";
  text_color?: "default" | "grey";
}

export interface TextTag {
  tag: "text_tag";
  text: PlainText;
  color: "neutral" | "violet" | "orange" | "green" | "red";
}

export interface ButtonElement {
  tag: "button";
  text: PlainText;
  type: "primary" | "default" | "danger";
  /** Only in forms, where it must be unique. */
  name?: string;
  form_action_type?: "submit";
  behaviors: [{ type: "callback"; value: SignedAction }];
  confirm?: { title: PlainText; text: PlainText };
}

export interface InputElement {
  tag: "input";
  name: string;
  label: PlainText;
  label_position: "top";
  width: "fill";
  input_type: "text" | "multiline_text";
  required?: true;
  default_value?: string;
  placeholder?: PlainText;
  max_length: number;
}

export interface SelectElement {
  tag: "select_static";
  name: string;
  placeholder: PlainText;
  width: "fill";
  required?: true;
  initial_option?: string;
  options: { text: PlainText; value: string }[];
}

export interface DateElement {
  tag: "date_picker";
  name: string;
  placeholder: PlainText;
  width: "fill";
  required?: true;
  initial_date?: string;
}

export interface FormElement {
  tag: "form";
  name: string;
  elements: (
    | { tag: "div"; text: PlainText }
    | InputElement
    | SelectElement
    | DateElement
    | ButtonElement
    | ButtonRow
  )[];
}

/** Shown whole and as wide as the card; larger when pressed. */
export interface ImageElement {
  tag: "img";
  img_key: string;
  alt: PlainText;
  scale_type: "fit_horizontal";
  preview: true;
}

/** Colours of labels, in markdown and in tables. */
export type LabelColour = "neutral" | "green" | "blue" | "red";

/** Only at the root of a card. Cells of `text` are shown as they are. */
export interface TableElement {
  tag: "table";
  page_size: number;
  row_height: "auto";
  row_max_height: string;
  header_style: { background_style: "grey"; bold: true };
  columns: {
    name: string;
    display_name: string;
    data_type: "text" | "options";
    width: string;
    vertical_align: "top";
  }[];
  rows: Record<string, string | { text: string; color: LabelColour }[]>[];
}

/** Buttons beside each other, as many as fit a line. */
export interface ButtonRow {
  tag: "column_set";
  flex_mode: "flow";
  horizontal_spacing: string;
  columns: { tag: "column"; width: "auto"; elements: [ButtonElement] }[];
}

export type CardElement =
  | ButtonElement
  | ButtonRow
  | TableElement
  | FormElement
  | ImageElement
  | { tag: "div"; text: PlainText }
  | { tag: "markdown"; content: string; element_id?: string }
  | { tag: "hr" }
  | {
      tag: "collapsible_panel";
      expanded: boolean;
      header: {
        title: PlainText;
        vertical_align: "center";
        icon: { tag: "standard_icon"; token: string; size: string };
        icon_position: "right";
        icon_expanded_angle: -180;
      };
      border: { color: "grey"; corner_radius: string };
      vertical_spacing: string;
      padding: string;
      elements: CardElement[];
    };

export interface Card {
  schema: "2.0";
  config: { update_multi: true; streaming_mode?: true; summary: { content: string } };
  header: {
    title: PlainText;
    subtitle?: PlainText;
    text_tag_list?: TextTag[];
    template: HeaderColour;
  };
  body: { elements: CardElement[] };
}

export function plainText(content: string, style: Omit<PlainText, "tag" | "content"> = {}): PlainText {
  return { tag: "plain_text", content, ...style };
}

/** Text of unknown origin goes here: the platform shows it as it is, without markdown, mentions or links. */
export function textElement(content: string, style: Omit<PlainText, "tag" | "content"> = {}): CardElement {
  return { tag: "div", text: plainText(content, style) };
}

export function panelElement(title: string, expanded: boolean, elements: CardElement[]): CardElement {
  return {
    tag: "collapsible_panel",
    expanded,
    header: {
      title: plainText(title),
      vertical_align: "center",
      icon: { tag: "standard_icon", token: "down-small-ccm_outlined", size: "16px 16px" },
      icon_position: "right",
      icon_expanded_angle: -180,
    },
    border: { color: "grey", corner_radius: "5px" },
    vertical_spacing: "8px",
    padding: "8px 8px 8px 8px",
    elements,
  };
}

const CHANGE_LABELS = { added: "新增", removed: "删除", changed: "修改", moved: "移动" } as const;

/** A changed clause: what is gone struck through in red, what is new in bold green. */
export function changeElement({ kind, section, runs }: ChangeItem): CardElement {
  const marked = runs.map(({ text, mark }) => {
    const escaped = escapeMarkdown(text);
    if (escaped.trim() === "" || mark === undefined) return escaped;
    return mark === "removed"
      ? `<font color='red'>~~${escaped}~~</font>`
      : `<font color='green'>**${escaped}**</font>`;
  });
  return {
    tag: "markdown",
    content: `**${CHANGE_LABELS[kind]}　${escapeMarkdown(section)}**\n${marked.join("")}`,
  };
}

/** For short fixed words; long or unknown text belongs into `textElement`. */
export function boldElement(content: string): CardElement {
  return { tag: "markdown", content: `**${escapeMarkdown(content)}**` };
}

/** A name in bold with a coloured label behind it. */
export function labelledElement(name: string, label: string, colour: LabelColour): CardElement {
  const tag = `<text_tag color='${colour}'>${escapeMarkdown(label)}</text_tag>`;
  return { tag: "markdown", content: `**${escapeMarkdown(name)}** ${tag}` };
}

export function linkElement(label: string, url: string): CardElement {
  return { tag: "markdown", content: `[${escapeMarkdown(label)}](${url})` };
}

const OPEN_ID = /^ou_[A-Za-z0-9]{1,64}$/;

/** Undefined where it is not the id of one person: `all` and the like notify nobody. */
export function readMention(userId: string | undefined): string | undefined {
  return userId !== undefined && OPEN_ID.test(userId) ? userId : undefined;
}

/** `openId` comes from `readMention`. */
export function mentionElement(openId: string): CardElement {
  return { tag: "markdown", content: `<at id=${openId}></at>` };
}

/**
 * What means something in the platform's markdown, `<at id=all>` included, becomes an HTML entity, which the platform
 * shows as the character; line ends, which could begin a list or a table, become blanks.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[&<>*_~`[\]()!#|\\/:$+'"-]/g, toEntity)
    .replace(/^(\s*\d+)\./, "$1&#46;");
}

function toEntity(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}

/** The platform counts every element and every text inside one: whatever has a `tag`. */
export function countComponents(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + countComponents(item), 0);
  if (typeof value !== "object" || value === null) return 0;
  const own = "tag" in value ? 1 : 0;
  return Object.values(value).reduce<number>((sum, item) => sum + countComponents(item), own);
}

export function countTables(elements: readonly CardElement[]): number {
  return elements.filter(({ tag }) => tag === "table").length;
}
