import { z } from "zod";
import type { ProfileLexicon } from "../../enterprises/index.ts";
import type { Direction } from "../types.ts";
import type { ProgramProblem } from "./program-problem.ts";

const line = z.string().trim().min(1);

/** directions.yaml; its head says how to write an entry. */
export const directionsFileSchema = z.strictObject({
  document: line.optional(),
  directions: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z][a-z0-9-]*$/, "编号应为小写英文"),
      name: line,
      parent: line.optional(),
      document: line.optional(),
      industries: z.array(line).min(1),
      unclear: z.array(line).optional(),
      section: line,
      quote: line,
    }),
  ),
});

/** Pure. */
export function readDirections(
  file: z.output<typeof directionsFileSchema>,
  lexicon: ProfileLexicon,
): { directions: Direction[]; problems: { entry: string; problem: ProgramProblem }[] } {
  const problems: { entry: string; problem: ProgramProblem }[] = [];
  const known = new Set(file.directions.map(({ id }) => id));
  const seen = new Set<string>();
  const directions = file.directions.map(
    ({ id, name, parent, document, industries, unclear, section, quote }): Direction => {
      const add = (place: string, what: string, next: string) =>
        problems.push({ entry: id, problem: { place, what, next } });
      if (seen.has(id)) add("id", `编号“${id}”写了两次`, "请改用不同的编号");
      seen.add(id);
      if (parent !== undefined && (!known.has(parent) || parent === id))
        add("parent", `没有编号为“${parent}”的方向`, "请改为本文件中另一个方向的编号");
      const title = document ?? file.document;
      if (title === undefined) add("document", "没有写出自哪份文件", "请在此处或文件开头写 document");
      for (const industry of [...industries, ...(unclear ?? [])])
        if (!lexicon.industries.has(industry))
          add("industries", `“${industry}”不在词表中`, "请对照 knowledge/lexicon/industries.yaml 改正");
      return {
        id,
        name,
        document: title ?? "",
        industries,
        source: { section, quote },
        ...(parent === undefined ? {} : { parent }),
        ...(unclear === undefined ? {} : { unclear }),
      };
    },
  );
  return { directions, problems };
}
