import type { Reply } from "../types.ts";
import { toButton, toMatchReply } from "./match-reply.ts";
import { findKnown, type MatchTurn } from "./match-turn.ts";
import { say } from "./matching-parts.ts";
import { saveFiles } from "./save-files.ts";
import { matchNow } from "./show-result.ts";

/** “导出我的数据”. */
export async function exportData(turn: MatchTurn): Promise<Reply> {
  const { options, context, at, today, language } = turn;
  const data = await options.enterprises.exportData(context.actor, at);
  const bytes = new TextEncoder().encode(`${JSON.stringify(data, null, 2)}\n`);
  const name = say(language, `我的数据-${today}.json`, `my-data-${today}.json`);
  const blocks = await saveFiles(turn, null, [{ name, mediaType: "application/json", bytes }]);
  const headline = say(
    language,
    "这是系统保存的与您有关的全部数据，仅您本人可以下载。",
    "This is everything kept about you; only you can download it.",
  );
  return toMatchReply("match-export", language, headline, blocks);
}

/** “删除我的数据”: asks first. */
export async function askToDelete(turn: MatchTurn): Promise<Reply> {
  const { dialogue, language } = turn;
  const known = await findKnown({ ...turn, chat: null });
  await dialogue.save(
    { ...dialogue.state, pending: { kind: "delete" } },
    known?.enterprise.enterpriseId ?? null,
  );
  const headline = say(
    language,
    "确认删除？将删除您的企业资料、对话记录、订阅和提醒，撤回未办结的工单并清除其内容，删除后无法恢复。",
    "Delete? Your company's data, the conversation, subscriptions and reminders go, open tickets are withdrawn and emptied; nothing can be restored.",
  );
  return toMatchReply("match-delete", language, headline, [
    {
      type: "paragraph",
      text: say(
        language,
        "与他人共用的企业资料只退出、不删除；修改日志只保留操作记录，不含经营数据。需要留底的，请先“导出我的数据”。",
        "Data shared with others stay with them. Export your data first if you want a copy.",
      ),
    },
    {
      type: "actions",
      actions: [
        toButton("delete-now", say(language, "确认删除我的数据", "Confirm deletion"), {
          style: "danger",
          command: say(language, "确认删除我的数据", "confirm deletion"),
        }),
      ],
    },
  ]);
}

/** Only within the hour after it was asked: the button of an old card asks again. */
export async function deleteData(turn: MatchTurn): Promise<Reply> {
  const { options, context, at, dialogue, language } = turn;
  const mine = await options.enterprises.listMine(context.actor);
  // Worked on again after a crash, there is nothing left to ask about.
  if (dialogue.state.pending?.kind !== "delete" && mine.length > 0) return askToDelete(turn);
  await options.enterprises.deleteData(context.actor, at);
  const line = say(
    language,
    "已删除：系统不再保存您的企业资料和对话。",
    "Deleted: nothing is kept about your company any more.",
  );
  return toMatchReply("match-delete", language, line);
}

/** 一企一策. */
export async function makeReport(turn: MatchTurn): Promise<Reply> {
  const { options, today, language } = turn;
  const known = await findKnown(turn);
  if (!options.report) {
    return toMatchReply(
      "match-report",
      language,
      say(language, "当前未启用报告功能。", "Reports are off here."),
    );
  }
  if (!known || known.profile.facts.size === 0) {
    const line = say(
      language,
      "还没有企业资料，无法生成报告。请先用一两句话说说贵企业的情况。",
      "Nothing is known yet. Tell me about your company first.",
    );
    return toMatchReply("match-report", language, line);
  }
  const { enterprise, profile } = known;
  const result = await matchNow(turn, known);
  const files = await options.report({ enterprise, profile, result, today, language });
  const blocks = await saveFiles(turn, enterprise.enterpriseId, files);
  const headline = say(
    language,
    "一企一策报告已生成：逐项条件判定、原文出处和待确认事项都在其中。",
    "The report is ready: verdicts, sources and open questions.",
  );
  const notice = say(
    language,
    "报告只按文件的文字条件比对，不代表认定或批准；以正式印发文件和主管部门解释为准。",
    "Only written conditions were compared; this is no decision.",
  );
  return toMatchReply("match-report", language, headline, [...blocks, { type: "notice", text: notice }]);
}
