import { z } from "zod";

/**
 * What the platform's documentation of card JSON 2.0 allows, for the components that we send. Strict, as the platform:
 * an unknown attribute is an error there.
 */
const plainText = z.strictObject({
  tag: z.literal("plain_text"),
  content: z.string(),
  text_size: z.enum(["heading", "normal", "notation"]).optional(),
  text_color: z.enum(["default", "grey"]).optional(),
});

const callback = z.strictObject({
  type: z.literal("callback"),
  value: z.record(z.string(), z.unknown()),
});

const button = z.strictObject({
  tag: z.literal("button"),
  text: plainText,
  type: z.enum([
    "default",
    "primary",
    "danger",
    "text",
    "primary_text",
    "danger_text",
    "primary_filled",
    "danger_filled",
  ]),
  name: z.string().max(20).optional(),
  form_action_type: z.enum(["submit", "reset"]).optional(),
  behaviors: z.array(callback).min(1),
  confirm: z.strictObject({ title: plainText, text: plainText }).optional(),
});

/** May hold everything but forms and tables; we put single buttons into it. */
const columnSet = z.strictObject({
  tag: z.literal("column_set"),
  flex_mode: z.enum(["none", "stretch", "flow", "bisect", "trisect"]).optional(),
  horizontal_spacing: z
    .string()
    .regex(/^(small|medium|large|extra_large|\d{1,2}px)$/)
    .optional(),
  columns: z
    .array(
      z.strictObject({
        tag: z.literal("column"),
        width: z.enum(["auto", "weighted"]).optional(),
        elements: z.array(button).min(1),
      }),
    )
    .min(1),
});

const input = z.strictObject({
  tag: z.literal("input"),
  name: z.string().min(1),
  label: plainText.optional(),
  label_position: z.enum(["top", "left"]).optional(),
  width: z.string().optional(),
  input_type: z.enum(["text", "multiline_text", "password"]).optional(),
  required: z.boolean().optional(),
  default_value: z.string().optional(),
  placeholder: plainText.optional(),
  max_length: z.int().min(1).max(1000).optional(),
});

const select = z.strictObject({
  tag: z.literal("select_static"),
  name: z.string().min(1),
  placeholder: plainText.optional(),
  width: z.string().optional(),
  required: z.boolean().optional(),
  initial_option: z.string().optional(),
  options: z.array(z.strictObject({ text: plainText, value: z.string() })).min(1),
});

const datePicker = z.strictObject({
  tag: z.literal("date_picker"),
  name: z.string().min(1),
  placeholder: plainText.optional(),
  width: z.string().optional(),
  required: z.boolean().optional(),
  initial_date: z.iso.date().optional(),
});

/** Only at the root of a card; names are unique in the whole card, and at least one button submits. */
const form = z
  .strictObject({
    tag: z.literal("form"),
    name: z.string().min(1),
    elements: z
      .array(
        z.union([
          z.strictObject({ tag: z.literal("div"), text: plainText }),
          input,
          select,
          datePicker,
          button,
          columnSet,
        ]),
      )
      .min(1),
  })
  .refine(
    ({ elements }) => buttonsOf(elements).some((each) => each.form_action_type === "submit"),
    "a form needs a button that submits",
  )
  .refine(
    ({ elements }) => buttonsOf(elements).every((each) => each.name !== undefined),
    "buttons in a form need a name",
  );

type FormPart = z.infer<typeof button> | z.infer<typeof columnSet> | { tag: string };

function buttonsOf(elements: readonly FormPart[]): z.infer<typeof button>[] {
  return elements.flatMap((element) => {
    if (element.tag === "button") return [element as z.infer<typeof button>];
    if (element.tag !== "column_set") return [];
    return (element as z.infer<typeof columnSet>).columns.flatMap(({ elements: inner }) => inner);
  });
}

const labelColour = z.enum([
  "neutral",
  "blue",
  "turquoise",
  "lime",
  "orange",
  "violet",
  "indigo",
  "wathet",
  "green",
  "yellow",
  "red",
  "purple",
  "carmine",
]);

/** Of the HTML that the platform's markdown knows, what we write; of mentions only one of one person, and alone: any other would call people by what somebody wrote. */
const MARKUP = /<(?:font color='(?:red|green)'|\/font|text_tag color='([a-z]+)'|\/text_tag)>/g;

const MENTION = /^<at id=ou_[A-Za-z0-9]+><\/at>$/;

const markdown = z
  .string()
  .min(1)
  .refine((content) => MENTION.test(content) || !content.replace(MARKUP, "").includes("<"), "unknown markup")
  .refine(
    (content) =>
      [...content.matchAll(MARKUP)].every(([, colour]) => !colour || labelColour.safeParse(colour).success),
    "unknown colour of a label",
  );

const pixels = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d+px$/)
    .refine((text) => Number.parseInt(text, 10) >= from && Number.parseInt(text, 10) <= to);

/** Only at the root of a card. A cell must be of the type of its column. */
const table = z
  .strictObject({
    tag: z.literal("table"),
    page_size: z.int().min(1).max(10).optional(),
    row_height: z.union([z.enum(["low", "middle", "high", "auto"]), pixels(32, 124)]).optional(),
    row_max_height: pixels(32, 999).optional(),
    freeze_first_column: z.boolean().optional(),
    header_style: z
      .strictObject({
        text_align: z.enum(["left", "center", "right"]).optional(),
        text_size: z.enum(["normal", "heading"]).optional(),
        background_style: z.enum(["grey", "none"]).optional(),
        text_color: z.enum(["default", "grey"]).optional(),
        bold: z.boolean().optional(),
        lines: z.int().min(1).optional(),
      })
      .optional(),
    columns: z
      .array(
        z.strictObject({
          name: z.string().min(1),
          display_name: z.string().optional(),
          data_type: z.enum(["text", "options"]),
          width: z
            .union([z.literal("auto"), pixels(80, 600), z.string().regex(/^(100|[1-9]\d?)%$/)])
            .optional(),
          vertical_align: z.enum(["top", "center", "bottom"]).optional(),
          horizontal_align: z.enum(["left", "center", "right"]).optional(),
        }),
      )
      .min(1)
      .max(50),
    rows: z.array(
      z.record(
        z.string(),
        z.union([z.string(), z.array(z.strictObject({ text: z.string(), color: labelColour }))]),
      ),
    ),
  })
  .refine(
    ({ columns, rows }) =>
      rows.every((row) =>
        Object.entries(row).every(([name, cell]) => {
          const column = columns.find((each) => each.name === name);
          return column !== undefined && (column.data_type === "options") === Array.isArray(cell);
        }),
      ),
    "a cell is not of the type of its column",
  );

const elementId = z.string().regex(/^[A-Za-z]\w{0,19}$/);

const leaf = [
  z.strictObject({ tag: z.literal("div"), text: plainText }),
  z.strictObject({ tag: z.literal("markdown"), content: markdown, element_id: elementId.optional() }),
  z.strictObject({ tag: z.literal("hr") }),
] as const;

const image = z.strictObject({
  tag: z.literal("img"),
  img_key: z.string().min(1),
  alt: plainText.omit({ text_size: true, text_color: true }).optional(),
  scale_type: z.enum(["crop_center", "crop_top", "fit_horizontal"]).optional(),
  preview: z.boolean().optional(),
});

const panel = z.strictObject({
  tag: z.literal("collapsible_panel"),
  expanded: z.boolean(),
  header: z.strictObject({
    title: plainText,
    vertical_align: z.enum(["top", "center", "bottom"]),
    icon: z.strictObject({ tag: z.literal("standard_icon"), token: z.string(), size: z.string() }),
    icon_position: z.enum(["left", "right", "follow_text"]),
    icon_expanded_angle: z.union([z.literal(-180), z.literal(-90), z.literal(90), z.literal(180)]),
  }),
  border: z.strictObject({ color: z.string(), corner_radius: z.string() }),
  vertical_spacing: z.string(),
  padding: z.string(),
  elements: z.array(z.union(leaf)),
});

const headerTemplate = z.enum([
  "blue",
  "wathet",
  "turquoise",
  "green",
  "yellow",
  "orange",
  "red",
  "carmine",
  "violet",
  "purple",
  "indigo",
  "grey",
  "default",
]);

const cardSchema = z.strictObject({
  schema: z.literal("2.0"),
  config: z.strictObject({
    update_multi: z.literal(true),
    streaming_mode: z.boolean().optional(),
    summary: z.strictObject({ content: z.string() }),
  }),
  header: z.strictObject({
    title: plainText.omit({ text_size: true, text_color: true }),
    subtitle: plainText.omit({ text_size: true, text_color: true }).optional(),
    text_tag_list: z
      .array(z.strictObject({ tag: z.literal("text_tag"), text: plainText, color: labelColour }))
      .max(3)
      .optional(),
    template: headerTemplate,
  }),
  body: z.strictObject({
    elements: z.array(z.union([...leaf, image, panel, button, columnSet, form, table])).min(1),
  }),
});

export type SentCard = z.infer<typeof cardSchema>;

const postSchema = z.partialRecord(
  z.enum(["zh_cn", "en_us"]),
  z
    .strictObject({
      title: z.string(),
      content: z.array(
        z.array(
          z.union([
            z.strictObject({ tag: z.literal("text"), text: z.string() }),
            z.strictObject({ tag: z.literal("a"), text: z.string(), href: z.url() }),
            z.strictObject({ tag: z.literal("at"), user_id: z.string().min(1) }),
          ]),
        ),
      ),
    })
    .optional(),
);

const fileSchema = z.strictObject({ file_key: z.string().min(1) });

/** Elements and texts inside them, as the platform counts to 200. */
export function countTags(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + countTags(item), 0);
  if (typeof value !== "object" || value === null) return 0;
  return Object.values(value).reduce<number>((sum, item) => sum + countTags(item), "tag" in value ? 1 : 0);
}

export const MAX_BYTES = 30 * 1024;
export const MAX_TAGS = 200;
/** Documented are five; refusals of the fourth have been reported. */
export const MAX_TABLES = 3;

function countTables(value: unknown): number {
  return JSON.stringify(value).split('"tag":"table"').length - 1;
}

/** The platform's judgement on a message's content: undefined, or the code and message of the refusal. */
export function judgeContent(msgType: string, content: string): { code: number; msg: string } | undefined {
  if (msgType === "text") {
    return Buffer.byteLength(content) > 150 * 1024 ? { code: 230025, msg: "content too long" } : undefined;
  }
  // Measured as it stands in the body: a string of JSON.
  if (Buffer.byteLength(JSON.stringify(content)) > MAX_BYTES)
    return { code: 230025, msg: "content too long" };
  const value: unknown = JSON.parse(content);
  if (msgType === "file") {
    return fileSchema.safeParse(value).success ? undefined : { code: 230001, msg: "invalid file" };
  }
  if (msgType === "post") {
    return postSchema.safeParse(value).success ? undefined : { code: 230001, msg: "invalid post" };
  }
  return judgeCard(value);
}

/** The same for a card alone. */
export function judgeCard(value: unknown): { code: number; msg: string } | undefined {
  if (countTags(value) > MAX_TAGS) return refusal(300305, "the number of card components exceeds 200");
  if (countTables(value) > MAX_TABLES) return refusal(11310, "card table number over limit");
  const names = listFormNames(value);
  if (new Set(names).size !== names.length) return refusal(200530, "name is empty or repeated in the card");
  const parsed = cardSchema.safeParse(value);
  return parsed.success
    ? undefined
    : refusal(200621, `parse card json err: ${parsed.error.message.slice(0, 200)}`);
}

/** Names of forms and of what stands in them. Columns of tables have names of their own. */
function listFormNames(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(listFormNames);
  if (typeof value !== "object" || value === null) return [];
  const { tag, name } = value as { tag?: unknown; name?: unknown };
  const own = tag !== undefined && typeof name === "string" ? [name] : [];
  return tag === "table" ? own : [...own, ...Object.values(value).flatMap(listFormNames)];
}

function refusal(inner: number, message: string) {
  return { code: 230099, msg: `Failed to create card content, ext=ErrCode: ${inner}; ErrMsg: ${message}` };
}
