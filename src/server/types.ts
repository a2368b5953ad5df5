import type { FastifyInstance } from "fastify";
import type { Access, Actor } from "../access/index.ts";
import type { Answerer } from "../answering/index.ts";
import type { EnterpriseService } from "../enterprises/index.ts";
import type { Lists, Matching, ProgramDesk, Suggestion } from "../matching/index.ts";
import type { Publishing } from "../publishing/index.ts";
import type { Clock, DocumentId, IdSource, Logger } from "../shared/index.ts";
import type { GapRecord, KnowledgeStore } from "../storage/index.ts";
import type {
  Absence,
  DeskSettings,
  FeedbackDesk,
  SettingsPart,
  SettingsProblem,
  TicketDesk,
} from "../triage/index.ts";
import type { Metrics } from "./metrics.ts";

/** A webhook request as it came: signatures are computed over the raw bytes. */
export interface WebhookRequest {
  rawBody: Buffer;
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface WebhookResponse {
  status: number;
  /** Sent as JSON; absent: no body. */
  body?: unknown;
}

/** Throws an AppError `untrusted` (401) or `unusable-input` (400); anything else becomes 500 and may be sent again. */
export type WebhookHandler = (request: WebhookRequest) => Promise<WebhookResponse>;

export interface ReadinessCheck {
  name: string;
  healthy: boolean;
  /** In Chinese, without secrets. */
  detail: string;
  /** An unhealthy check that is not required is shown, and the service counts as ready. */
  required: boolean;
}

/** What matching shows and changes over HTTP. */
export interface MatchingServices {
  matching: Matching;
  lists: Lists;
  enterprises: EnterpriseService;
  programs: ProgramDesk;
  /** From the published, else the newest version of a document. */
  suggestFrom(documentId: DocumentId, by: Actor): Promise<Suggestion[]>;
  clock: Clock;
}

export interface Period {
  /** `YYYY-MM-DD`, included. */
  from?: string | undefined;
  /** Not included. */
  to?: string | undefined;
}

export interface SettingsView {
  settings: DeskSettings;
  /** By part. */
  revisions: Readonly<Record<string, number>>;
  problems: readonly SettingsProblem[];
}

/** What tickets show and change over HTTP. Rights are checked behind it. */
export interface TriageServices {
  desk: TicketDesk;
  /** As the command `triage` gives it. */
  triage(request: { text: string; profile?: Readonly<Record<string, unknown>> }): Promise<object>;
  settings: {
    show(by: Actor): Promise<SettingsView>;
    history(part: SettingsPart, by: Actor): Promise<readonly object[]>;
    save(
      part: SettingsPart,
      content: unknown,
      by: Actor,
      options: { expectedRevision: number; reason: string },
    ): Promise<SettingsView>;
    rollback(part: SettingsPart, revision: number, by: Actor, reason: string): Promise<SettingsView>;
  };
  absences: {
    list(by: Actor): Promise<readonly object[]>;
    set(absence: Omit<Absence, "absenceId">, by: Actor): Promise<object>;
    cancel(absenceId: string, by: Actor): Promise<boolean>;
  };
  office: {
    figures(period: Period, by: Actor): Promise<object>;
    figuresFile(period: Period & { texts?: boolean | undefined }, by: Actor): Promise<ServedFile>;
    suggestRouting(period: Period, by: Actor): Promise<readonly object[]>;
    adoptRouting(suggestion: unknown, by: Actor, reason: string): Promise<SettingsView>;
    /** By id or number. */
    draftFaq(ticket: string, by: Actor): Promise<object>;
  };
  gaps: {
    list(by: Actor, filter: { state?: GapRecord["state"]; limit?: number }): Promise<readonly object[]>;
    decide(gapId: string, state: "answered" | "dismissed", by: Actor, note?: string): Promise<boolean>;
  };
  /** What people say of the answers they got. */
  feedback: Pick<FeedbackDesk, "list" | "figures">;
}

export interface ServedFile {
  name: string;
  mediaType: string;
  bytes: Uint8Array;
}

export interface ServerOptions {
  host: string;
  /** 0: any free port. */
  port: number;
  clock: Clock;
  ids: IdSource;
  logger: Logger;
  answerer: Answerer;
  knowledge: Pick<KnowledgeStore, "publishedVersions" | "listDocuments" | "getDocument" | "getVersion">;
  metrics: Metrics;
  /** Work on documents; absent: its addresses answer 404. */
  desk?: { publishing: Publishing; access: Access };
  /** Matching; absent: its addresses answer 404. */
  matching?: MatchingServices;
  /**
   * The account that is signed in in the browser that sent this, for the administrators' interface. Throws an AppError
   * `untrusted` when no page of ours sent it; what changes something must say so. Absent: tokens only.
   */
  accountOf?: (request: {
    headers: Readonly<Record<string, string | string[] | undefined>>;
    host: string;
    change: boolean;
  }) => Promise<string | undefined>;
  /** Tickets; absent: their addresses answer 404. */
  triage?: TriageServices;
  checkReadiness: () => Promise<ReadinessCheck[]>;
  /** By path: `/webhooks/feishu/events`. A path without handler answers 404 and says why. */
  webhooks?: ReadonlyMap<string, WebhookHandler>;
  /** Adds routes of channels that live on this server, such as the web chat. */
  plugins?: readonly ((server: FastifyInstance) => Promise<void>)[];
  /** REST requests of one address. Default: 30 at once, 60 a minute. */
  rateLimit?: { burst: number; perMinute: number };
}

export interface Server {
  /** Resolves with the address to open in a browser. Throws an AppError when the port is taken. */
  listen(): Promise<string>;
  close(): Promise<void>;
}
