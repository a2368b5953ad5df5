import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import type { z } from "zod";
import type { FieldOption, IndustryTerm, NamedTerm, ProfileField, ProfileLexicon } from "../types.ts";
import { badEntry, explainIssue } from "./bad-entry.ts";
import {
  fieldFileSchema,
  industryFileSchema,
  needFileSchema,
  qualificationFileSchema,
} from "./lexicon-schema.ts";

/**
 * Reads `profile-fields.yaml`, `industries.yaml`, `needs.yaml` and `qualifications.yaml` of `lexicon/`. A bad entry throws an
 * AppError `configuration` that names file, entry and field.
 */
export async function loadProfileLexicon(knowledgeDirectory: string): Promise<ProfileLexicon> {
  const pathOf = (name: string) => join(knowledgeDirectory, "lexicon", name);
  const [fieldFile, industryFile, needFile, qualificationFile] = await Promise.all([
    readYaml(pathOf("profile-fields.yaml"), fieldFileSchema),
    readYaml(pathOf("industries.yaml"), industryFileSchema),
    readYaml(pathOf("needs.yaml"), needFileSchema),
    readYaml(pathOf("qualifications.yaml"), qualificationFileSchema),
  ]);
  const fields = toMap(pathOf("profile-fields.yaml"), fieldFile.fields.map(withoutUndefined<ProfileField>));
  checkNames(pathOf("profile-fields.yaml"), fields);
  checkSlips(pathOf("profile-fields.yaml"), fieldFile.slips);
  const industries = toMap(
    pathOf("industries.yaml"),
    industryFile.industries.map(withoutUndefined<IndustryTerm>),
  );
  checkTree(pathOf("industries.yaml"), industries);
  return {
    fields,
    industries,
    needs: toMap(pathOf("needs.yaml"), needFile.needs.map(withoutUndefined<NamedTerm>)),
    qualifications: toMap(
      pathOf("qualifications.yaml"),
      qualificationFile.qualifications.map(withoutUndefined<NamedTerm>),
    ),
    localities: fieldFile.localities,
    slips: new Map(Object.entries(fieldFile.slips)),
  };
}

async function readYaml<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.infer<Schema>> {
  const raw = await readFile(path, "utf8")
    .then((text): unknown => parse(text))
    .catch((cause: unknown) => {
      throw badEntry(path, "", cause instanceof Error ? cause.message.slice(0, 200) : String(cause), cause);
    });
  const parsed = schema.safeParse(raw);
  if (!parsed.success) throw explainIssue(path, raw, parsed.error);
  return parsed.data;
}

/** Zod writes absent keys as possibly undefined; the contracts mean absent. */
function withoutUndefined<T extends object>(entry: object): T {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined)) as T;
}

function toMap<T extends { id: string; options?: FieldOption[] }>(
  path: string,
  entries: readonly T[],
): Map<string, T> {
  const map = new Map<string, T>();
  for (const [index, entry] of entries.entries()) {
    if (map.has(entry.id)) throw badEntry(path, `第 ${index + 1} 项“${entry.id}”的 id `, "与前面的条目重复");
    const options = entry.options?.map(({ id }) => id) ?? [];
    const twice = options.find((id, at) => options.indexOf(id) !== at);
    if (twice) throw badEntry(path, `“${entry.id}”的 options “${twice}”的 id `, "重复");
    map.set(entry.id, entry);
  }
  return map;
}

function checkNames(path: string, fields: ReadonlyMap<string, ProfileField>): void {
  const owners = new Map<string, string>();
  for (const field of fields.values()) {
    for (const name of field.names) {
      const owner = owners.get(name);
      if (owner) throw badEntry(path, `“${field.id}”的 names “${name}”`, `已经属于“${owner}”`);
      owners.set(name, field.id);
    }
  }
}

function checkSlips(path: string, slips: Readonly<Record<string, string>>): void {
  for (const [wrong, right] of Object.entries(slips)) {
    if (wrong.length !== right.length) throw badEntry(path, `slips “${wrong}”`, "与改正后的字数应当相同");
  }
}

function checkTree(path: string, industries: ReadonlyMap<string, IndustryTerm>): void {
  for (const industry of industries.values()) {
    const seen = new Set([industry.id]);
    for (let at = industry; at.parent !== null; ) {
      const parent = industries.get(at.parent);
      if (!parent) throw badEntry(path, `“${at.id}”的 parent `, `“${at.parent}”不存在`);
      if (seen.has(parent.id)) throw badEntry(path, `“${industry.id}”的 parent `, "绕成了圈");
      seen.add(parent.id);
      at = parent;
    }
  }
}
