import type { DeskSettings } from "../../triage/index.ts";

export interface WorkTarget {
  department: string;
  assignee?: string;
  name: string;
}

/** A department by id or name, a colleague by account or name; undefined: none, or several of that name. */
export function findTarget(
  wanted: string,
  { departments }: Pick<DeskSettings, "departments">,
): WorkTarget | undefined {
  const name = wanted.trim().replace(/^[@＠]/u, "");
  if (name === "") return undefined;
  const exact = departments.find((each) => each.id === name || each.name === name);
  if (exact) return { department: exact.id, name: exact.name };
  const people = departments.flatMap((department) =>
    department.specialists
      .filter((one) => one.account === name || one.name === name)
      .map((one) => ({
        department: department.id,
        assignee: one.account,
        name: `${department.name}·${one.name}`,
      })),
  );
  if (people.length > 0) return people.length === 1 ? people[0] : undefined;
  const like = departments.filter((each) => each.name.includes(name) || name.includes(each.name));
  const [only] = like;
  return like.length === 1 && only ? { department: only.id, name: only.name } : undefined;
}

/** Accounts of those who are called by `@name` in a text. */
export function findMentions(text: string, { departments }: Pick<DeskSettings, "departments">): string[] {
  const people = departments.flatMap(({ specialists }) => specialists);
  return [
    ...new Set(
      people
        .filter(({ name }) => text.includes(`@${name}`) || text.includes(`＠${name}`))
        .map(({ account }) => account),
    ),
  ];
}
