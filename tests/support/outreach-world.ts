import type { Clause, PublishedDocument } from "../../src/knowledge/index.ts";
import {
  type Catalogue,
  createCatalogue,
  createOutreach,
  hashContent,
  type Outreach,
  type OutreachMessage,
  type OutreachParts,
  type Program,
} from "../../src/matching/index.ts";
import {
  createManualClock,
  type DocumentId,
  type ManualClock,
  randomIds,
  silentLogger,
  type VersionId,
} from "../../src/shared/index.ts";
import type { PublicationEvent, Storage } from "../../src/storage/index.ts";
import { lexicon } from "./catalogue-world.ts";
import { makeProgram } from "./recommend-world.ts";
import { makeFact } from "./storage-matching.ts";

/** Invented like everything here: who it is for stands in the text, and nowhere else. */
export const TEXT = "鼓励企业融资。员工不少于20人的企业可以参加。";
const QUOTES = { state: "鼓励企业融资", criterion: "员工不少于20人的企业" };
const BY = { actor: "feishu:ou_admin" };

/** Monday, 10:00 in Shanghai. */
export const MONDAY = new Date("2026-11-23T02:00:00Z");
export const HOUR = 60 * 60 * 1000;

export function makeFundProgram(id: string, over: Partial<Program> = {}): Program {
  const source = (quote: string) => ({ section: "一", quote });
  return makeProgram({
    id,
    name: `青岚项目${id}`,
    kind: "基金",
    needs: [{ need: "equity-finance", fit: "direct" }],
    state: { state: "鼓励", verb: "鼓励", source: source(QUOTES.state) },
    criteria: [
      {
        id: "staff",
        text: "员工不少于20人",
        level: "enterprise",
        mandatory: true,
        test: { field: "headcount", operator: "at-least", value: 20, unit: "人" },
        source: source(QUOTES.criterion),
      },
    ],
    ...over,
  });
}

export interface Taken {
  account: string;
  key: string;
  message: OutreachMessage;
}

export interface OutreachWorld {
  storage: Storage;
  clock: ManualClock;
  catalogue: Catalogue;
  outreach: Outreach;
  /** A process that starts anew over the same database. */
  restart(): Outreach;
  /** What reached people, once for a key as the outbox does it. */
  taken: Taken[];
  /** What the outbox says to the next messages; default: taken. */
  answer(next: "taken" | "no-chat" | "broken" | "dies-after"): void;
  send(): Promise<void>;
  publish(program: Program): Promise<void>;
  /** The document's next version; null: it is taken down. */
  publishText(text: string | null): void;
  addEnterprise(id: string, account: string, headcount: number | null, need?: string): Promise<void>;
  subscribe(id: string, account: string, cadence?: "at-once" | "daily" | "weekly"): Promise<void>;
}

/** Outreach over a real database; the one document is kept in memory. */
export function createOutreachWorld(
  storage: Storage,
  settings: OutreachParts["settings"] = {},
): OutreachWorld {
  const clock = createManualClock(MONDAY);
  const shelf = createShelf(clock);
  const { documents } = shelf;
  const catalogue = createCatalogue({
    store: storage.programs,
    documents,
    directions: [],
    lexicon,
    logger: silentLogger,
  });
  const restart = () =>
    createOutreach({
      store: storage.outreach,
      enterprises: storage.enterprises,
      programs: storage.programs,
      catalogue,
      documents,
      knowledge: { publicationHistory: async () => shelf.history },
      directions: new Map(),
      lexicon,
      settings,
      clock: clock.now,
      ids: randomIds,
      logger: silentLogger,
    });
  const outreach = restart();
  const taken: Taken[] = [];
  let answering: Parameters<OutreachWorld["answer"]>[0] = "taken";
  const notify = async (account: string, key: string, message: OutreachMessage) => {
    if (answering === "no-chat") return false;
    if (answering === "broken") throw new Error("the platform does not answer");
    if (!taken.some((one) => one.account === account && one.key === key))
      taken.push({ account, key, message });
    if (answering === "dies-after") throw new Error("the process ends");
    return true;
  };
  return {
    ...{ storage, clock, catalogue, outreach, restart, taken },
    answer: (next) => {
      answering = next;
    },
    async send() {
      await outreach.runPending();
      await outreach.sendDue(notify);
    },
    async publish(program) {
      const content = { content: program, contentHash: hashContent(program) };
      const proposal = { programId: program.id, origin: "desk" as const, ...content };
      await storage.programs.propose(proposal, clock.now(), BY);
      await storage.programs.decide(program.id, "publish", clock.now(), BY);
    },
    publishText: shelf.publish,
    async addEnterprise(id, account, headcount, need = "equity-finance") {
      await storage.enterprises.create(
        { enterpriseId: id, name: id, creditCode: null },
        account,
        clock.now(),
        BY,
      );
      const said = { at: clock.now().toISOString() };
      const value = { kind: "terms", has: [{ id: need }], lacks: [], closed: false };
      await storage.enterprises.addFacts(
        id,
        [
          makeFact("needs", 0, "m-needs", { ...said, value }),
          ...(headcount === null ? [] : [makeFact("headcount", headcount, "m-staff", said)]),
        ],
        clock.now(),
        BY,
      );
    },
    async subscribe(enterpriseId, account, cadence = "at-once") {
      const request = { account, enterpriseId, kind: "programs" as const, topic: null, cadence };
      await outreach.subscribe(request, clock.now());
    },
  };
}

/** One document with its versions and the log of their publications. */
function createShelf(clock: ManualClock) {
  const documentId = "document-plan" as DocumentId;
  const texts = new Map<VersionId, string>();
  const history: PublicationEvent[] = [];
  let current: VersionId | null = null;
  const publish = (text: string | null) => {
    const next = text === null ? null : (`version-${texts.size + 1}` as VersionId);
    if (next !== null) texts.set(next, text ?? "");
    const eventId = history.length + 1;
    const at = clock.now().toISOString();
    history.push({ eventId, documentId, fromVersionId: current, toVersionId: next, at, correctedAt: null });
    current = next;
  };
  publish(TEXT);
  const present = (versionId: VersionId): PublishedDocument[] => [
    {
      documentId,
      versionId,
      collection: "plans",
      metadata: {
        title: "虚构的方案",
        titleOuter: null,
        status: "现行有效",
      } as unknown as PublishedDocument["metadata"],
      visibility: { kind: "public" },
      publishedAt: MONDAY.toISOString(),
    },
  ];
  return {
    history,
    publish,
    documents: {
      revision: async () => history.length,
      listPublished: async () => (current === null ? [] : present(current)),
      documentText: async (versionId: VersionId) => texts.get(versionId) ?? "",
      getClauses: async (versionId: VersionId): Promise<Clause[]> => {
        const text = texts.get(versionId) ?? "";
        return [
          { ordinal: 0, section: "一", level: 1, heading: [], text, start: 0, end: text.length, page: null },
        ];
      },
      statusOn: () => "现行有效",
    },
  };
}
