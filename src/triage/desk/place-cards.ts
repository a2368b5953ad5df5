import type { CardRecord } from "../../storage/index.ts";
import type { Department } from "../types.ts";
import type { TicketDeskOptions } from "./desk-parts.ts";
import type { CardPlace } from "./find-places.ts";

/** Key of the notice by which a card shows a revision. */
export function writingKey({ noticeKey }: Pick<CardRecord, "noticeKey">, revision: number): string {
  return `${baseOf(noticeKey)}@${revision}`;
}

/** The revision that a notice shows; 0: none was written. */
export function revisionOf(noticeKey: string): number {
  return Number(/@(\d+)$/u.exec(noticeKey)?.[1] ?? 0);
}

/** For another message in the same place: keys of messages that failed are used up. */
export function renewedKey({ noticeKey }: Pick<CardRecord, "noticeKey">): string {
  const [, base = "", count = "0"] = /^(.*?)(?:~(\d+))?$/su.exec(baseOf(noticeKey)) ?? [];
  return `${base}~${Number(count) + 1}`;
}

function baseOf(noticeKey: string): string {
  return noticeKey.replace(/@\d+$/u, "");
}

/** A card in each of the places. One that was given up there before is put anew. Returns how many are to be written. */
export async function placeCards(
  { ticketId, taskId }: { ticketId: string; taskId: string },
  places: readonly CardPlace[],
  { store }: Pick<TicketDeskOptions, "store">,
): Promise<number> {
  const known = new Map((await store.cardsOf(ticketId)).map((card) => [card.cardId, card]));
  let placed = 0;
  for (const place of places) {
    const cardId = `${taskId}@${place.channel}:${place.chatId}`;
    const card = known.get(cardId);
    if (card?.state === "live") continue;
    placed += 1;
    if (card) {
      const anew = { state: "live", receipt: null, shownRevision: 0, noticeKey: renewedKey(card) } as const;
      await store.updateCard(cardId, anew);
      continue;
    }
    const noticeKey = `ticket-card:${cardId}`;
    const fresh = { receipt: null, shownRevision: 0, state: "live" } as const;
    await store.addCard({ ...place, ...fresh, cardId, ticketId, taskId, noticeKey });
  }
  return placed;
}

/** Whether those who work on a task see what stands there: not where it lay before it moved on. */
export function isPlaceOf(
  { channel, chatId }: Pick<CardRecord, "channel" | "chatId">,
  department: Department | undefined,
  assignee: string | null,
  admins: readonly string[],
): boolean {
  const name = `${channel}:${chatId}`;
  if (name === assignee) return true;
  if (!department) return false;
  const people = department.specialists.map(({ account }) => account);
  return [department.group, ...people, ...(department.fallback ? admins : [])].includes(name);
}
