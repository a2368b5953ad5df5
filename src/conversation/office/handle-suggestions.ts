import { requireRight } from "../../access/index.ts";
import type { RoutingSuggestion } from "../../triage/index.ts";
import type { Reply, ReplyBlock } from "../types.ts";
import { confirmChange, showChange } from "./handle-changes.ts";
import type { OfficeTurn } from "./office-parts.ts";
import { list, misuse, toOfficeButton, toOfficeReply } from "./office-reply.ts";
import { describeRule, nameCategory } from "./write-routing.ts";

const MAX_SHOWN = 8;

/** “分派建议”: what people re-route again and again. */
export async function showSuggestions(turn: OfficeTurn): Promise<Reply> {
  const suggestions = await find(turn);
  if (suggestions.length === 0) {
    return toOfficeReply("suggestions", "近 90 天的转派没有集中到需要修改分派表的程度。");
  }
  const shown = suggestions.slice(0, MAX_SHOWN);
  return toOfficeReply("suggestions", `根据近 90 天的转派，有 ${suggestions.length} 条修改建议：`, [
    ...list(shown.map((each, index) => `${index + 1}. ${describe(turn, each)}`)),
    {
      type: "actions",
      actions: shown.map((each, index) =>
        toOfficeButton("adopt", `采纳 ${index + 1}`, {
          values: { which: keyOf(each) },
          command: `采纳建议 ${index + 1} 原因…`,
        }),
      ),
    },
    { type: "notice", text: "点“采纳”后先列明变化，写明原因并确认后才生效。" },
  ]);
}

/** Shows the change; with the reason it is carried out at once. */
export async function adoptSuggestion(turn: OfficeTurn, which: string, reason: string): Promise<Reply> {
  const suggestions = await find(turn);
  const chosen = suggestions.find((each, index) => keyOf(each) === which || String(index + 1) === which);
  if (!chosen) {
    throw misuse("没有这条建议：可能已被采纳，或转派情况有了变化。发送“分派建议”可查看现有建议。");
  }
  const card = await showChange(turn, {
    what: { kind: "rule", rule: chosen.rule },
    reason,
    headline: "采纳这条建议，将作以下修改：",
    blocks: writeChange(turn, chosen),
  });
  return reason === "" ? card : confirmChange(turn, turn.key, reason);
}

async function find({ options, context }: OfficeTurn): Promise<readonly RoutingSuggestion[]> {
  requireRight(context.actor, "manage-triage");
  await options.settings.refresh();
  return options.office.suggestRouting({}, context.actor);
}

function keyOf({ category, fromDepartment, toDepartment, rule }: RoutingSuggestion): string {
  return [category, fromDepartment, toDepartment, rule.id].join("|");
}

function describe(
  { options }: OfficeTurn,
  { category, fromDepartment, toDepartment, rerouted, routed, reasons }: RoutingSuggestion,
): string {
  const { departments } = options.settings.current();
  const nameOf = (id: string) => departments.find((one) => one.id === id)?.name ?? id;
  const why = reasons.length > 0 ? `；转派原因：${reasons.join("、")}` : "";
  return `${nameCategory(category, options.categories)}：分给${nameOf(fromDepartment)}的 ${routed} 件中有 ${rerouted} 件转到${nameOf(toDepartment)}${why}`;
}

function writeChange(turn: OfficeTurn, suggestion: RoutingSuggestion): ReplyBlock[] {
  const { settings } = turn.options;
  const present = settings.current().routing.find(({ id }) => id === suggestion.rule.id);
  return list([
    describe(turn, suggestion),
    ...(present ? [`现在：${describeRule(present, settings.current())}`] : []),
    `${present ? "改为" : "新增"}：${describeRule(suggestion.rule, settings.current())}`,
  ]);
}
