import type { Audience } from "../../access/index.ts";
import { describeSection } from "../../answering/index.ts";
import type { Reply, ReplyBlock } from "../types.ts";
import type { FoundList, ListedEntry, ListWish } from "./list-parts.ts";
import { toPublicReply } from "./match-reply.ts";
import { type MatchTurn, toChat } from "./match-turn.ts";
import { say } from "./matching-parts.ts";
import { saveFiles } from "./save-files.ts";

/** In the chat; the file holds all of them. */
const MAX_ENTRIES = 12;
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** A maintained list: nobody's own data, so it is answered where it was asked. */
export async function showList(turn: MatchTurn, wish: ListWish): Promise<Reply | undefined> {
  const { options, message, context, today, language } = turn;
  if (!options.lists) return undefined;
  const { account, roles } = context.actor;
  const audience: Audience = { account, roles, chatKind: message.chatKind, chat: toChat(message) };
  const list = await options.lists.search(wish, audience, today);
  const headline =
    list.entries.length > 0
      ? say(
          language,
          `${list.title}：共 ${list.entries.length} 项。`,
          `${list.title}: ${list.entries.length} entries.`,
        )
      : say(language, `${list.title}：文件未载明，也没有登记的条目。`, `${list.title}: no entry.`);
  const more = list.entries.length - MAX_ENTRIES;
  const shown = list.entries.slice(0, MAX_ENTRIES);
  return toPublicReply("match-list", language, headline, [
    ...(shown.length > 0 ? [{ type: "list" as const, items: shown.map(writeEntry) }] : []),
    ...(more > 0
      ? [
          {
            type: "paragraph" as const,
            text: say(language, `另有 ${more} 项，见表格文件。`, `${more} more in the file.`),
          },
        ]
      : []),
    ...shown.flatMap(writeSource),
    ...list.notes.map((text) => ({ type: "notice" as const, text })),
    ...(await writeFile(turn, list)),
  ]);
}

function writeEntry({ name, details, source }: ListedEntry, place: number): string {
  const told = details.map(({ label, value }) => `${label}：${value}`).join("；");
  const from = source ? `[${place + 1}]` : "〔管理员登记〕";
  return `${place + 1}. ${name}${told === "" ? "" : `（${told}）`}${from}`;
}

function writeSource({ source }: ListedEntry, place: number): ReplyBlock[] {
  if (!source) return [];
  const { title, status, section, quote, url } = source;
  const citation = { index: place + 1, title, status, section: describeSection(section), heading: [], quote };
  return [{ type: "citation", ...citation, ...(url !== undefined && { url }) }];
}

async function writeFile(turn: MatchTurn, list: FoundList): Promise<ReplyBlock[]> {
  if (list.entries.length === 0 || !turn.options.lists) return [];
  const bytes = await turn.options.lists.toXlsx(list);
  const name = `${list.title.replace(/[\\/:*?"<>|]/g, "")}-${turn.today}.xlsx`;
  return saveFiles(turn, null, [{ name, mediaType: XLSX, bytes }]);
}
