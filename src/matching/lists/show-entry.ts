import type { ProfileLexicon } from "../../enterprises/index.ts";
import { toShanghaiDay } from "../../shared/index.ts";
import type { ListEntryRecord, MaintainedList } from "../../storage/index.ts";
import { DIRECTION_PREFIX } from "../catalogue/check-test.ts";
import type { ListContent } from "../catalogue/list-schema.ts";
import type { CatalogueEntry, Direction } from "../types.ts";
import type { ListedEntry } from "./list-types.ts";

export interface ShowingContext {
  lexicon: ProfileLexicon;
  directions: ReadonlyMap<string, Direction>;
  /** An account as people may read it. */
  nameAccount(account: string): string;
}

type Detail = ListedEntry["details"][number];

/** What is known of an entry, for people. */
export function describeContent(
  content: ListContent,
  record: Pick<ListEntryRecord, "list" | "origin" | "updatedBy" | "updatedAt">,
  context: ShowingContext,
): Detail[] {
  const industries = nameIndustries(content.industries, context);
  return [
    ...say("定位", content.about),
    ...say("方向", content.direction),
    ...say("产业", industries.join("、")),
    ...say("地点", content.places.join("、")),
    ...(record.list === "events" ? say("日期", describeDates(content)) : []),
    ...say("相关项目", content.programs.join("、")),
    ...content.details,
    ...(record.origin === "desk"
      ? say(
          "来源",
          `管理员 ${context.nameAccount(record.updatedBy)} 于 ${toShanghaiDay(new Date(record.updatedAt))} 录入`,
        )
      : []),
  ];
}

function say(label: string, value: string | null): Detail[] {
  return value === null || value === "" ? [] : [{ label, value }];
}

/** `endsOn` is the day after the last; people read the last day itself. */
function describeDates({ startsOn, endsOn }: ListContent): string {
  if (startsOn === null) return "文件未载明";
  if (endsOn === null) return `${startsOn} 起`;
  const last = new Date(Date.parse(`${endsOn}T00:00:00Z`) - 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  return last === startsOn ? startsOn : `${startsOn} 至 ${last}`;
}

export function nameIndustries(ids: readonly string[], { lexicon, directions }: ShowingContext): string[] {
  return ids.map((id) =>
    id.startsWith(DIRECTION_PREFIX)
      ? (directions.get(id.slice(DIRECTION_PREFIX.length))?.name ?? id)
      : (lexicon.industries.get(id)?.name ?? id),
  );
}

/** Industries with directions opened up. */
export function openDirections(ids: readonly string[], { directions }: ShowingContext): string[] {
  return ids.flatMap((id) =>
    id.startsWith(DIRECTION_PREFIX)
      ? (directions.get(id.slice(DIRECTION_PREFIX.length))?.industries ?? [])
      : [id],
  );
}

/** A program as an entry of 扶持政策清单. */
export function describePolicy({ program }: CatalogueEntry, context: ShowingContext): Detail[] {
  return [
    ...say("编号", program.id),
    ...say("类别", program.kind),
    ...say("状态", `${program.state.state}（原文：${program.state.verb}）`),
    ...say("对象", program.audience?.text ?? null),
    ...say("产业", nameIndustries(program.industries, context).join("、") || "原文未限"),
  ];
}

export function isList(list: string): list is MaintainedList {
  return ["space", "projects", "policies", "contacts", "events"].includes(list);
}
