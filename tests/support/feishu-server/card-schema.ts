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

/** Only at the root of a card; names inside are unique, and one button submits. */
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
        ]),
      )
      .min(1),
  })
  .refine(({ elements }) => {
    const names = elements.flatMap((element) => ("name" in element && element.name ? [element.name] : []));
    return new Set(names).size === names.length;
  }, "names in a form must be unique")
  .refine(
    ({ elements }) =>
      elements.some((element) => element.tag === "button" && element.form_action_type === "submit"),
    "a form needs a button that submits",
  );

const leaf = [
  z.strictObject({ tag: z.literal("div"), text: plainText }),
  z.strictObject({ tag: z.literal("markdown"), content: z.string().min(1) }),
  z.strictObject({ tag: z.literal("hr") }),
] as const;

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

export const cardSchema = z.strictObject({
  schema: z.literal("2.0"),
  config: z.strictObject({
    update_multi: z.literal(true),
    summary: z.strictObject({ content: z.string() }),
  }),
  header: z.strictObject({
    title: plainText.omit({ text_size: true, text_color: true }),
    subtitle: plainText.omit({ text_size: true, text_color: true }).optional(),
    text_tag_list: z
      .array(z.strictObject({ tag: z.literal("text_tag"), text: plainText, color: z.string() }))
      .max(3)
      .optional(),
    template: headerTemplate,
  }),
  body: z.strictObject({ elements: z.array(z.union([...leaf, panel, button, form])).min(1) }),
});

export type SentCard = z.infer<typeof cardSchema>;

export const postSchema = z.partialRecord(
  z.enum(["zh_cn", "en_us"]),
  z
    .strictObject({
      title: z.string(),
      content: z.array(
        z.array(
          z.union([
            z.strictObject({ tag: z.literal("text"), text: z.string() }),
            z.strictObject({ tag: z.literal("a"), text: z.string(), href: z.url() }),
          ]),
        ),
      ),
    })
    .optional(),
);

/** Elements and texts inside them, as the platform counts to 200. */
export function countTags(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + countTags(item), 0);
  if (typeof value !== "object" || value === null) return 0;
  return Object.values(value).reduce<number>((sum, item) => sum + countTags(item), "tag" in value ? 1 : 0);
}

export const MAX_BYTES = 30 * 1024;
export const MAX_TAGS = 200;

/** The platform's judgement on a message's content: undefined, or the code and message of the refusal. */
export function judgeContent(msgType: string, content: string): { code: number; msg: string } | undefined {
  if (msgType === "text") {
    return Buffer.byteLength(content) > 150 * 1024 ? { code: 230025, msg: "content too long" } : undefined;
  }
  // Measured as it stands in the body: a string of JSON.
  if (Buffer.byteLength(JSON.stringify(content)) > MAX_BYTES)
    return { code: 230025, msg: "content too long" };
  const value: unknown = JSON.parse(content);
  if (msgType === "post") {
    return postSchema.safeParse(value).success ? undefined : { code: 230001, msg: "invalid post" };
  }
  if (countTags(value) > MAX_TAGS) return refusal(300305, "the number of card components exceeds 200");
  const parsed = cardSchema.safeParse(value);
  return parsed.success
    ? undefined
    : refusal(200621, `parse card json err: ${parsed.error.message.slice(0, 200)}`);
}

function refusal(inner: number, message: string) {
  return { code: 230099, msg: `Failed to create card content, ext=ErrCode: ${inner}; ErrMsg: ${message}` };
}
