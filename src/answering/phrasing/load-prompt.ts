import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { ChatMessage } from "../../models/index.ts";
import { AppError } from "../../shared/index.ts";

export interface Prompt {
  readonly name: string;
  readonly version: number;
  /** Throws an AppError `internal` when an input is missing or not declared. Values are put in as they are. */
  render(inputs: Readonly<Record<string, string>>): ChatMessage[];
}

const frontMatterSchema = z.strictObject({
  name: z.string().min(1),
  version: z.int().positive(),
  description: z.string().min(1),
  inputs: z.array(z.string().regex(/^[a-z_]+$/)).min(1),
});

const PLACEHOLDER = /\{\{\s*([a-z_]+)\s*\}\}/g;
const PARTS = /^---\n([\s\S]*?)\n---\n+# system\n+([\s\S]*?)\n+# user\n+([\s\S]*)$/;

/**
 * Reads `directory/name.md`: front matter (name, version, description, inputs), then `# system` and `# user`. Throws an
 * AppError `configuration` when the file is missing or when inputs and placeholders are not the same.
 */
export async function loadPrompt(directory: string, name: string): Promise<Prompt> {
  const text = await readFile(join(directory, `${name}.md`), "utf8").catch((cause: unknown) => {
    throw invalidPrompt(name, "cannot be read", cause);
  });
  const [, head, system, user] = PARTS.exec(text.replaceAll("\r\n", "\n")) ?? [];
  if (head === undefined || system === undefined || user === undefined) {
    throw invalidPrompt(name, "needs front matter, # system and # user");
  }
  const { version, inputs } = readFrontMatter(name, head);
  const used = new Set([...`${system}\n${user}`.matchAll(PLACEHOLDER)].map(([, input]) => input ?? ""));
  const odd = differing(inputs, [...used]);
  if (odd.length > 0) throw invalidPrompt(name, `declared and used inputs differ: ${odd.join(", ")}`);
  return {
    name,
    version,
    render: (values) => [
      { role: "system", content: fill(name, system.trim(), inputs, values) },
      { role: "user", content: fill(name, user.trim(), inputs, values) },
    ],
  };
}

function readFrontMatter(name: string, head: string): z.infer<typeof frontMatterSchema> {
  const parsed = frontMatterSchema.safeParse(parseYaml(name, head));
  if (!parsed.success) throw invalidPrompt(name, `front matter: ${z.prettifyError(parsed.error)}`);
  if (parsed.data.name !== name) throw invalidPrompt(name, `is named ${parsed.data.name} inside`);
  return parsed.data;
}

function parseYaml(name: string, head: string): unknown {
  try {
    return parse(head);
  } catch (cause) {
    throw invalidPrompt(name, "front matter is no YAML", cause);
  }
}

/** One pass, so that placeholders inside of a value stay text. */
function fill(
  name: string,
  template: string,
  inputs: readonly string[],
  values: Readonly<Record<string, string>>,
): string {
  const odd = differing(inputs, Object.keys(values));
  if (odd.length > 0) {
    throw new AppError({
      code: "internal",
      message: `prompt ${name}: missing or unknown inputs ${odd.join(", ")}`,
      safeMessage: "系统内部错误，请稍后重试；若仍出现，请把错误编号告诉管理员。",
    });
  }
  return template.replace(PLACEHOLDER, (_, input: string) => values[input] ?? "");
}

function differing(one: readonly string[], other: readonly string[]): string[] {
  return [...one.filter((name) => !other.includes(name)), ...other.filter((name) => !one.includes(name))];
}

function invalidPrompt(name: string, what: string, cause?: unknown): AppError {
  return new AppError({
    code: "configuration",
    message: `prompt ${name} ${what}`,
    safeMessage: `提示词文件 prompts/${name}.md 缺失或格式不对，请恢复该文件，或去掉 OPENAI_API_KEY 以停用语言模型。`,
    ...(cause === undefined ? {} : { cause }),
  });
}
