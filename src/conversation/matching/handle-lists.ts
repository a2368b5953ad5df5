import type { Audience } from "../../access/index.ts";
import { describeSection } from "../../answering/index.ts";
import type { FoundList, ListedEntry, ListWish } from "../../matching/index.ts";
import type { Reply, ReplyAction, ReplyBlock } from "../types.ts";
import { toButton, toPublicReply } from "./match-reply.ts";
import { type MatchTurn, toChat } from "./match-turn.ts";
import { type Language, type MatchingLists, say } from "./matching-parts.ts";
import { saveFiles } from "./save-files.ts";

/** In the chat; the file holds all of them. */
const MAX_ENTRIES = 12;
const MAX_NAMES = 8;
const MAX_BUTTONS = 4;
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** Asks for 四清单 as such; what they are is a question for the documents. */
const ALL_LISTS =
  /^(?:请|麻烦|帮我?)?(?:把|将|给我|发我|导出|下载|看看|查看|我要|要)?(?:双谷)?[“"]?四(?:张|个|份)?清单[”"]?(?:都|全部)?(?:发我|发给我|给我|发一下|发来|导出|下载|看看|看一下)?(?:一下|一份|吧|呢)?[。.!！?？]?$/u;

export function asksForAllLists(text: string): boolean {
  return ALL_LISTS.test(text.trim());
}

/** A maintained list: nobody's own data, so it is answered where it was asked. */
export async function showList(turn: MatchTurn, wish: ListWish, lists: MatchingLists): Promise<Reply> {
  const { language, today } = turn;
  const list = await lists.search(wish, toAudience(turn), today);
  const { entries, title, notes } = list;
  const headline =
    entries.length > 0
      ? say(language, `${title}：共 ${entries.length} 项。`, `${title}: ${entries.length} entries.`)
      : say(language, `${title}：目前没有条目。`, `${title}: no entry.`);
  const more = entries.length - MAX_ENTRIES;
  const shown = entries.slice(0, MAX_ENTRIES);
  const sources = numberSources(shown);
  return toPublicReply("match-list", language, headline, [
    ...(shown.length > 0
      ? [{ type: "list" as const, items: shown.map((entry, place) => writeEntry(entry, place, sources)) }]
      : []),
    ...(more > 0 ? [writeMore(more, language)] : []),
    ...[...sources.values()].map(writeSource),
    ...notes.map((text) => ({ type: "notice" as const, text })),
    ...(entries.length > 0 ? await writeFile(turn, lists, [list], title) : []),
    ...writeEventButtons(list, language),
  ]);
}

/** 四清单: what is in each, and the workbook. */
export async function showAllLists(turn: MatchTurn, lists: MatchingLists): Promise<Reply> {
  const { language, today } = turn;
  const all = await lists.all(toAudience(turn), today);
  const items = all.map(({ title, entries }) => {
    const names = entries.slice(0, MAX_NAMES).map(({ name }) => name);
    const rest = entries.length > MAX_NAMES ? "…" : "";
    return `${title}（${entries.length}）${names.length > 0 ? `：${names.join("、")}${rest}` : ""}`;
  });
  // One of each list stands for its sources; the file has all.
  const firsts = all.flatMap(({ entries }) => entries.slice(0, 1));
  const notes = [...new Set(all.flatMap((list) => list.notes))];
  const headline = say(
    language,
    "四清单如下，每一条的出处和原文见表格文件。",
    "The four lists; the file has the source of every entry.",
  );
  return toPublicReply("match-list", language, headline, [
    { type: "list", items },
    ...[...numberSources(firsts).values()].map(writeSource),
    ...notes.map((text) => ({ type: "notice" as const, text })),
    ...(await writeFile(turn, lists, all, say(language, "四清单", "lists"))),
  ]);
}

/** Everybody in the chat reads it. */
function toAudience({ message, context }: MatchTurn): Audience {
  const { account, roles } = context.actor;
  return { account, roles, chatKind: message.chatKind, chat: toChat(message) };
}

type Source = NonNullable<ListedEntry["source"]>;
type NumberedSource = Source & { index: number };

/** Entries of one clause share its number. */
function numberSources(entries: readonly ListedEntry[]): Map<string, NumberedSource> {
  const numbered = new Map<string, NumberedSource>();
  for (const { source } of entries) {
    if (source && !numbered.has(keyOf(source)))
      numbered.set(keyOf(source), { ...source, index: numbered.size + 1 });
  }
  return numbered;
}

function keyOf({ title, section, quote }: Source): string {
  return `${title}\n${section}\n${quote}`;
}

function writeEntry(
  { name, details, source }: ListedEntry,
  place: number,
  sources: ReadonlyMap<string, NumberedSource>,
): string {
  const told = details.map(({ label, value }) => `${label}：${value}`).join("；");
  const from = source ? `[${sources.get(keyOf(source))?.index ?? ""}]` : "〔管理员录入〕";
  return `${place + 1}. ${name}${told === "" ? "" : `（${told}）`}${from}`;
}

function writeMore(more: number, language: Language): ReplyBlock {
  return {
    type: "paragraph",
    text: say(language, `另有 ${more} 项，见表格文件。`, `${more} more in the file.`),
  };
}

function writeSource({ index, title, status, section, quote }: NumberedSource): ReplyBlock {
  return { type: "citation", index, title, status, section: describeSection(section), heading: [], quote };
}

async function writeFile(
  turn: MatchTurn,
  lists: MatchingLists,
  found: readonly FoundList[],
  title: string,
): Promise<ReplyBlock[]> {
  const bytes = await lists.toXlsx(found);
  const name = `${title.replace(/[\\/:*?"<>|]/g, "")}-${turn.today}.xlsx`;
  return saveFiles(turn, null, [{ name, mediaType: XLSX, bytes }]);
}

/** An event can be subscribed to: its date is often not stated yet. */
function writeEventButtons({ list, entries }: FoundList, language: Language): ReplyBlock[] {
  if (list !== "events" || entries.length === 0) return [];
  const actions = entries.slice(0, MAX_BUTTONS).map(
    ({ entryId, name }): ReplyAction =>
      toButton("subscribe-event", say(language, `订阅：${name}`, `Subscribe: ${name}`), {
        values: { topic: entryId },
        command: `订阅赛事 ${name}`,
      }),
  );
  return [{ type: "actions", actions }];
}
