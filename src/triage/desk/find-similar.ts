import type { TicketStore } from "../../storage/index.ts";
import type { CategoryId, Ticket } from "../types.ts";
import { measureLikeness } from "./measure-likeness.ts";
import { readTicket } from "./to-records.ts";

/** From here it is offered as the same matter, and from there joined without asking. */
const SIMILAR = 0.45;
const SAME = 0.85;
const MAX_LOOKED_AT = 50;

export interface SimilarTicket {
  ticket: Ticket;
  likeness: number;
  isSame: boolean;
}

/** The open ticket of the same asker or enterprise that is most like this request. */
export async function findSimilar(
  store: Pick<TicketStore, "list">,
  request: { text: string; category: CategoryId; account?: string; enterpriseId?: string | null },
): Promise<SimilarTicket | null> {
  const { account, enterpriseId } = request;
  const filters = [
    ...(account ? [{ askerAccount: account }] : []),
    ...(enterpriseId ? [{ enterpriseId }] : []),
  ];
  const lists = await Promise.all(
    filters.map((filter) => store.list({ ...filter, open: true, limit: MAX_LOOKED_AT })),
  );
  let best: SimilarTicket | null = null;
  for (const record of lists.flat()) {
    const ticket = readTicket(record);
    const likeness = measureLikeness(ticket.text, request.text);
    const needed = ticket.classification.category === request.category ? SIMILAR : SAME;
    if (likeness < needed || (best && best.likeness >= likeness)) continue;
    // Colleagues see one another's requests only joined by a person: alone the asker's own is joined unasked.
    best = { ticket, likeness, isSame: likeness >= SAME && ticket.asker.account === account };
  }
  return best;
}
