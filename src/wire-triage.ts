import { randomBytes } from "node:crypto";
import { z } from "zod";
import { type Access, type Actor, requireRight } from "./access/index.ts";
import { loadPrompt } from "./answering/index.ts";
import type { Config } from "./config.ts";
import type { Profile } from "./enterprises/index.ts";
import { profileFromFacts } from "./enterprises/index.ts";
import { type KnowledgeService, relateDocuments, statusOn } from "./knowledge/index.ts";
import type { Matching } from "./matching/index.ts";
import type { Publishing } from "./publishing/index.ts";
import type { SettingsView, TriageServices } from "./server/index.ts";
import { type Clock, type DocumentId, type IdSource, type Logger, toShanghaiDay } from "./shared/index.ts";
import type { Storage } from "./storage/index.ts";
import {
  type AbsenceDesk,
  type Classifier,
  createAbsenceDesk,
  createDeskOffice,
  createFeedbackDesk,
  createGapDesk,
  createRefinement,
  createSettingsDesk,
  createTicketDesk,
  createWorkCalendar,
  type DeskOffice,
  type EnterpriseTraits,
  type FeedbackDesk,
  type GapDesk,
  type GoalSource,
  loadClassifier,
  loadDeskSettings,
  loadGoals,
  type ProposeParts,
  proposeTicket,
  type RefineClassification,
  type RunningTicketDesk,
  SETTINGS_PARTS,
  type SettingsDesk,
  type WorkCalendar,
  withDisputedTurns,
  writeSafetyNotice,
} from "./triage/index.ts";

export interface TriageWires {
  mode: "write" | "read";
  config: Pick<Config, "knowledgeDirectory" | "promptsDirectory" | "languageModel" | "feishu" | "discord">;
  storage: Storage;
  access: Access;
  matching: Pick<Matching, "reader" | "lexicon">;
  publishing: Pick<Publishing, "faq">;
  knowledge: Pick<KnowledgeService, "listPublished" | "documentText">;
  clock: Clock;
  ids: IdSource;
  logger: Logger;
}

export interface TriageRequest {
  text: string;
  profile?: Readonly<Record<string, unknown>>;
}

/** What the command `triage` and its address give. */
export interface TriageReply {
  category: string;
  categoryName: string;
  urgency: string;
  /** Names; the leading one first. */
  lead: string[];
  /** Category ids. */
  also: string[];
  alsoNames: string[];
  alsoLead: string[];
  sentiment: string;
  language: string;
  spam: boolean;
  reason: string;
  safetyNotice?: string;
  confidence: number;
  engine: string;
  elapsedMs: number;
}

export interface TriageRoom extends Pick<TriageServices, "settings"> {
  triageRequest(request: TriageRequest): Promise<TriageReply>;
  classifier: Classifier;
  settingsDesk: SettingsDesk;
  absences: AbsenceDesk;
  office: DeskOffice;
  gaps: GapDesk;
  feedback: FeedbackDesk;
  /** Industries with their ancestors, park and kind of enterprise, as routing may know them. */
  traitsOf(profile: Profile): EnterpriseTraits;
  calendar(): WorkCalendar;
  /** What is said first when a text tells of danger; null: it does not. */
  safetyNoticeFor(text: string): string | null;
  /** Settings and absences that other processes changed. */
  refresh(): Promise<void>;
}

export interface TriageRooms {
  tickets: RunningTicketDesk;
  triage: TriageRoom;
}

/** Tickets over an open storage. */
export async function wireTriage(wires: TriageWires): Promise<TriageRooms> {
  const { config, storage, access, matching, clock, ids, logger } = wires;
  const classifier = await loadClassifier(config.knowledgeDirectory);
  const { lexicon } = matching;
  const known = { categories: classifier.categories, industries: new Set(lexicon.industries.keys()) };
  const settingsDesk = await createSettingsDesk({
    store: wires.mode === "write" ? storage.tickets : readOnly(storage),
    files: await loadDeskSettings(config.knowledgeDirectory, known),
    known,
    clock,
  });
  const settings = () => settingsDesk.current();
  const absences = await createAbsenceDesk({ store: storage.tickets, settings, clock, ids });
  const calendar = createCalendarSource(settingsDesk);
  const listAdmins = async () => (await access.list(SYSTEM, "admin")).map(({ account }) => account);
  const refine = await openRefinement(classifier, wires);
  const parts: ProposeParts = {
    ...{ classifier, settings, clock },
    absences: () => absences.current(),
    safetyNoticeOf: ({ safety, language }) =>
      safety === null ? null : writeSafetyNotice(safety, settings().dutyLine, language),
    ...(refine && { refine }),
  };
  const tickets = createTicketDesk({
    ...parts,
    ...{ calendar, listAdmins, ids, logger },
    store: storage.tickets,
    rolesOf: async (account) => (await access.actorOf(account)).roles,
    canReach: (place) => {
      const channel = channelOf(place);
      return (channel === "feishu" || channel === "discord") && config[channel] !== undefined;
    },
  });
  const office = createDeskOffice({
    ...{ store: storage.tickets, desk: tickets, settings: settingsDesk, calendar, clock },
    goals: await loadGoals(config.knowledgeDirectory),
    goalSource: (title) => findGoalSource(title, wires),
    saveFaqDraft: (draft, by) => saveFaqDraft(wires.publishing, draft, by),
  });
  const knownOf = async (account: string) => {
    const own = await storage.enterprises.enterprisesOf(account);
    return { enterprises: own.flatMap(({ name }) => (name === null ? [] : [name])) };
  };
  const feedback = createFeedbackDesk({
    ...{ store: storage.feedback, turns: storage.conversation, clock, knownOf },
  });
  const gaps = createGapDesk({
    ...{ store: storage.tickets, clock, ids },
    turns: withDisputedTurns(storage.conversation, storage.feedback),
    ...(wires.mode === "write" && { hashKey: await keepHashKey(storage, clock) }),
    knownOf,
  });
  const traitsOf = (profile: Profile) => readTraits(profile, matching);
  return {
    tickets,
    triage: {
      ...{ classifier, settingsDesk, absences, office, traitsOf, calendar },
      safetyNoticeFor: (text) => parts.safetyNoticeOf(classifier.classify(text)),
      settings: toSettingsView(settingsDesk),
      ...{ gaps, feedback },
      triageRequest: (request) => triageRequest(request, parts, matching),
      refresh: async () => {
        await settingsDesk.refresh();
        await absences.refresh();
      },
    },
  };
}

const SYSTEM: Actor = { account: "system:desk", roles: new Set(["admin"]) };

/** Model code is only loaded when a model is configured. */
async function openRefinement(
  { categories }: Classifier,
  { config, logger }: TriageWires,
): Promise<RefineClassification | undefined> {
  if (!config.languageModel) return undefined;
  const { createLanguageModel } = await import("./models/index.ts");
  const model = createLanguageModel(config.languageModel, { logger });
  const prompt = await loadPrompt(config.promptsDirectory, "triage-refine");
  return createRefinement({ model, categories, logger, renderPrompt: (inputs) => prompt.render(inputs) });
}

/** Of this installation, so that hashes of askers cannot be made from a list of accounts. Made once. */
async function keepHashKey({ tickets }: Storage, clock: Clock): Promise<string> {
  const sessionKey = "system:hash-key";
  const kept = z
    .object({ key: z.string().min(32) })
    .safeParse((await tickets.getDialogue(sessionKey))?.state);
  if (kept.success) return kept.data.key;
  const key = randomBytes(32).toString("hex");
  const updatedAt = clock().toISOString();
  await tickets.saveDialogue({ sessionKey, account: "system:desk", state: { key }, updatedAt });
  return key;
}

/** Beside a process that writes: what the files would change is taken as read, and not written. */
function readOnly({ tickets }: Storage): Parameters<typeof createSettingsDesk>[0]["store"] {
  return {
    settings: tickets.settings,
    settingsHistory: tickets.settingsHistory,
    saveSettings: async (record, expectedRevision) => ({ ...record, revision: expectedRevision + 1 }),
  };
}

/** Made anew when the settings' days change. */
function createCalendarSource(settingsDesk: SettingsDesk): () => WorkCalendar {
  let made: { revision: number; calendar: WorkCalendar } | undefined;
  return () => {
    const revision = settingsDesk.revisionOf("calendar");
    if (made?.revision !== revision) {
      made = { revision, calendar: createWorkCalendar(settingsDesk.current().calendar) };
    }
    return made.calendar;
  };
}

function channelOf(place: { account: string } | { group: string }): string {
  const name = "group" in place ? place.group : place.account;
  return name.slice(0, name.indexOf(":"));
}

async function triageRequest(
  { text, profile }: TriageRequest,
  parts: ProposeParts,
  matching: TriageWires["matching"],
): Promise<TriageReply> {
  const startedAt = performance.now();
  const traits = profile ? readTraits(profileOf(profile, matching, parts.clock), matching) : {};
  const { classification, routing, safetyNotice } = await proposeTicket(text, traits, parts);
  const { categories } = parts.classifier;
  const { category, categoryName, urgency, also, sentiment, language, spam, reason, confidence, engine } =
    classification;
  return {
    ...{ category, categoryName, urgency, sentiment, language, spam, engine },
    lead: routing.lead.map(({ name }) => name),
    also: [...also],
    alsoNames: also.map((each) => categories.get(each)?.name ?? each),
    alsoLead: routing.also.map(({ name }) => name),
    reason: [reason, routing.lead[0]?.reason].filter(Boolean).join(" "),
    ...(safetyNotice !== null && { safetyNotice }),
    confidence: Math.round(confidence * 1000) / 1000,
    elapsedMs: Math.round((performance.now() - startedAt) * 10) / 10,
  };
}

function profileOf(
  given: Readonly<Record<string, unknown>>,
  { reader }: TriageWires["matching"],
  clock: Clock,
): Profile {
  const at = clock();
  const { facts } = reader.readProfile(given, { today: toShanghaiDay(at) });
  return profileFromFacts(facts, { at: at.toISOString(), by: "api", reference: "triage" });
}

function readTraits({ facts }: Profile, { lexicon }: TriageWires["matching"]): EnterpriseTraits {
  const industries = facts.get("industries")?.value;
  const park = facts.get("park")?.value;
  const types = facts.get("subject-type")?.value;
  const held = industries?.kind === "terms" ? industries.has.map(({ id }) => id) : [];
  const widened = new Set<string>();
  for (const id of held) {
    for (let each: string | null | undefined = id; each; each = lexicon.industries.get(each)?.parent)
      widened.add(each);
  }
  return {
    ...(widened.size > 0 && { industries: [...widened] }),
    ...(park?.kind === "text" && { park: park.text }),
    ...(types?.kind === "choice" && types.oneOf.length === 1 && { types: types.oneOf }),
  };
}

async function findGoalSource(
  title: string,
  { knowledge, clock }: TriageWires,
): Promise<GoalSource | undefined> {
  const documents = await knowledge.listPublished();
  const found = documents.find((each) => each.metadata.title === title);
  if (!found) return undefined;
  const day = toShanghaiDay(clock());
  const status = statusOn(found.metadata, day, relateDocuments(documents, day).get(found.documentId));
  return { text: await knowledge.documentText(found.versionId), status };
}

async function saveFaqDraft(
  { faq }: Pick<Publishing, "faq">,
  { question, answer, sources, owner }: Parameters<Parameters<typeof createDeskOffice>[0]["saveFaqDraft"]>[0],
  by: Actor,
): Promise<string> {
  const content = {
    questions: [question],
    answer,
    sources: sources.map((source) => ({ ...source, documentId: source.documentId as DocumentId })),
    validUntil: null,
    owner,
  };
  const { record } = await faq.save(content, by);
  return record.faqId;
}

function toSettingsView(desk: SettingsDesk): TriageServices["settings"] {
  const view = (): SettingsView => ({
    settings: desk.current(),
    revisions: Object.fromEntries(SETTINGS_PARTS.map((part) => [part, desk.revisionOf(part)])),
    problems: desk.problems(),
  });
  return {
    async show(by) {
      requireRight(by, "read-tickets");
      await desk.refresh();
      return view();
    },
    async history(part, by) {
      requireRight(by, "manage-triage");
      return desk.history(part);
    },
    async save(part, content, by, { expectedRevision, reason }) {
      await desk.save(part, content, by, reason, expectedRevision);
      return view();
    },
    async rollback(part, revision, by, reason) {
      await desk.rollback(part, revision, by, reason);
      return view();
    },
  };
}
