import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { AppError, rememberByText } from "../../shared/index.ts";

/** A bare number in YAML (12345) is a name like any other. */
const name = z.coerce.string();

const schema = z.array(
  z.strictObject({
    subject: z.string(),
    matters: z
      .array(z.strictObject({ say: z.array(name.min(2)).min(1), write: z.array(name.min(1)).default([]) }))
      .min(1),
  }),
);

/** A nameable matter of policy: a certificate, a subsidy, a permit, a kind of station. */
export interface Matter {
  /** As people say it. */
  say: readonly string[];
  /** All strings of which one must stand in a clause that treats it. */
  written: readonly string[];
}

/** A matter as the question names it. */
export interface NamedMatter extends Matter {
  named: string;
}

/** Reads `matters.yaml`. A bad entry throws an AppError `configuration` that names file and field. */
export async function loadMatters(directory: string): Promise<Matter[]> {
  const path = join(directory, "matters.yaml");
  try {
    const groups = schema.parse(parse(await readFile(path, "utf8")));
    return groups.flatMap(({ matters }) =>
      matters.map(({ say, write }) => ({
        say,
        written: [...new Set([...say, ...write])].map((text) => text.toLowerCase()),
      })),
    );
  } catch (cause) {
    const detail = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new AppError({
      code: "configuration",
      message: `${path}: ${detail}`,
      safeMessage: `词表文件 ${path} 无法使用：${detail.slice(0, 200)}。请修正后重新启动。`,
      cause,
    });
  }
}

/** The matters that a normalised question names; a name inside a longer one of another matter does not count. */
export function findNamedMatters(normalized: string, matters: readonly Matter[]): NamedMatter[] {
  const found = matters.flatMap((matter) => {
    const named = matter.say
      .filter((text) => isAsked(normalized, toLower(text)))
      .sort((a, b) => b.length - a.length)[0];
    return named ? [{ ...matter, named }] : [];
  });
  return found.filter(
    ({ named }) => !found.some((other) => other.named !== named && other.named.includes(named)),
  );
}

/** The lexicon's names, asked for with every question. */
const toLower = rememberByText((text) => text.toLowerCase(), 1_000_000);

/** What the asker says to be or to have is no matter that is asked for: 我们是专精特新企业，想租厂房. */
const SELF_DESCRIPTION =
  /(我们?|咱们?|公司|企业|我司|本公司|厂里?|团队)(现在|目前|已经|都|刚|也)?(是|属于|算是|已是|评上了?|拿到了?|拿了|获得了?|有)[^，。；]{0,8}$/;

function isAsked(normalized: string, name: string): boolean {
  for (let at = normalized.indexOf(name); at >= 0; at = normalized.indexOf(name, at + name.length)) {
    if (isInNumber(normalized, at, name.length)) continue;
    if (!SELF_DESCRIPTION.test(normalized.slice(0, at))) return true;
  }
  return false;
}

/** 12345 in a telephone number is no hotline. */
function isInNumber(text: string, start: number, length: number): boolean {
  const joins = (left: string | undefined, right: string | undefined) =>
    left !== undefined && right !== undefined && /^\d\d$/.test(left + right);
  const end = start + length;
  return joins(text[start - 1], text[start]) || joins(text[end - 1], text[end]);
}
