import { toShanghaiDay } from "../../shared/index.ts";
import { route } from "../routing/route.ts";
import { createTicket } from "../tickets/index.ts";
import type { Classification, EnterpriseTraits, Routing, Ticket, TicketProposal } from "../types.ts";
import type { ActOnTicket } from "./act-on-ticket.ts";
import { loadTicket } from "./act-on-ticket.ts";
import { checkAtOf, contextFor } from "./decide-with.ts";
import type { TicketDeskOptions } from "./desk-parts.ts";
import type { NewRequest, OpenOutcome, TicketDesk } from "./desk-types.ts";
import { findReach } from "./find-places.ts";
import { findSimilar, type SimilarTicket } from "./find-similar.ts";
import { toChange } from "./to-records.ts";

/** Longer requests are kept whole; what is beyond is no request any more. */
const MAX_REQUEST = 4_000;

export interface ProposeParts
  extends Pick<TicketDeskOptions, "classifier" | "refine" | "settings" | "absences" | "clock"> {
  safetyNoticeOf(found: Classification): string | null;
}

/** Classified and routed. */
export async function proposeTicket(
  text: string,
  traits: EnterpriseTraits,
  parts: ProposeParts,
): Promise<TicketProposal> {
  const { classifier, refine, clock } = parts;
  const today = toShanghaiDay(clock());
  const found = classifier.classify(text, {
    today,
    ...(traits.industries ? { industries: traits.industries } : {}),
  });
  const classification = refine ? await refine(text, found) : found;
  return {
    classification,
    routing: routeFor(classification, text, traits, parts),
    safetyNotice: parts.safetyNoticeOf(classification),
  };
}

function routeFor(
  classification: Classification,
  text: string,
  traits: EnterpriseTraits,
  { settings, absences, clock, classifier }: ProposeParts,
): Routing {
  return route(classification, text, traits, settings(), absences(), clock(), classifier.categories);
}

export function createTicketOpener(
  options: TicketDeskOptions,
  { act }: ActOnTicket,
  parts: ProposeParts,
): Pick<TicketDesk, "propose" | "open"> {
  return {
    async propose(text, known = {}) {
      const proposal = await proposeTicket(text, known.traits ?? {}, parts);
      const { category } = proposal.classification;
      const similar = await findSimilar(options.store, { text, category, ...known });
      return { ...proposal, similar: similar?.ticket ?? null };
    },
    async open(given) {
      const request = { ...given, text: given.text.trim().slice(0, MAX_REQUEST) };
      const { classification, routing } = await classifyAsGiven(request, parts);
      if (classification.spam && request.category === undefined) return { outcome: "spam" };
      const before = await findKnown(request.requestKey, options);
      if (before) return before;
      const similar = await findOwn(request, classification, options);
      const joined = similar && (await joinTicket(request, similar, act));
      if (joined) return joined;
      return create(request, classification, routing, options);
    },
  };
}

/** A person's choice of category or urgency counts; danger is never made less of. */
async function classifyAsGiven(
  { text, traits, category, urgency }: NewRequest,
  parts: ProposeParts,
): Promise<Pick<TicketProposal, "classification" | "routing">> {
  const { classification, routing } = await proposeTicket(text, traits ?? {}, parts);
  if (category === undefined && urgency === undefined) return { classification, routing };
  const chosen = category ?? classification.category;
  const changed: Classification = {
    ...classification,
    category: chosen,
    categoryName: parts.classifier.categories.get(chosen)?.name ?? classification.categoryName,
    also: classification.also.filter((each) => each !== chosen),
    urgency: classification.safety ? classification.urgency : (urgency ?? classification.urgency),
  };
  return { classification: changed, routing: routeFor(changed, text, traits ?? {}, parts) };
}

/** The ticket that this very request opened or joined before, whatever became of that since. */
async function findKnown(key: string, options: TicketDeskOptions): Promise<OpenOutcome | undefined> {
  const [ticketId] = await options.store.ticketsWithEvent(key);
  if (ticketId === undefined) return undefined;
  const events = await options.store.eventsOf(ticketId);
  const isOpening = events.some((event) => event.key === key && event.kind === "opened");
  return { outcome: isOpening ? "known" : "joined", ticket: await loadTicket(options, ticketId) };
}

/** The asker's own open ticket with the same words. */
async function findOwn(
  { text, asker }: NewRequest,
  { category }: Classification,
  { store }: TicketDeskOptions,
): Promise<SimilarTicket | null> {
  const similar = await findSimilar(store, { text, category, account: asker.account });
  return similar?.isSame ? similar : null;
}

async function joinTicket(
  { asker, text, files, requestKey }: NewRequest,
  { ticket }: SimilarTicket,
  act: ActOnTicket["act"],
): Promise<OpenOutcome | undefined> {
  const actor = { account: asker.account, roles: new Set(["staff" as const]) };
  const said = { do: "asker-say" as const, text, files };
  const outcome = await act(ticket.ticketId, said, actor, requestKey);
  // Ended meanwhile: then it is a new one.
  return outcome.outcome === "refused" ? undefined : { outcome: "joined", ticket: outcome.ticket };
}

async function create(
  request: NewRequest,
  classification: Classification,
  routing: Routing,
  options: TicketDeskOptions,
): Promise<OpenOutcome> {
  const { store, ids, clock } = options;
  const { asker, requestKey, text, context, files, enterpriseId, enterprise, contact, draft } = request;
  const deciding = contextFor(
    options,
    { account: asker.account, name: asker.name ?? null, role: "asker", departments: [] },
    requestKey,
  );
  const created = createTicket(
    {
      ...{ asker, text, context, files, enterpriseId, enterprise, contact, draft, classification, routing },
      ticketId: ids(),
      number: await store.nextNumber(toShanghaiDay(clock())),
      urgency: classification.urgency,
    },
    deciding,
  );
  const at = deciding.now.toISOString();
  const change = toChange(created.ticket, created, at, checkAtOf(created.ticket, deciding));
  const details = { departments: created.ticket.tasks.map(({ department }) => department) };
  const written = await store.create(change, requestKey, deciding.now, { actor: asker.account, details });
  if (written.outcome === "duplicate") {
    return { outcome: "known", ticket: await loadTicket(options, written.ticketId) };
  }
  return opened(created.ticket, options, deciding);
}

async function opened(
  ticket: Ticket,
  options: TicketDeskOptions,
  { departments }: ReturnType<typeof contextFor>,
): Promise<OpenOutcome> {
  const found = await findReach(ticket, departments, options);
  if (found.reach === "nobody") {
    options.logger.error(
      { ticket: ticket.number, alert: "ticket-without-reader" },
      "a ticket was opened and nobody can be told of it",
    );
  }
  return { outcome: "opened", ticket, ...found };
}
