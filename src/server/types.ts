import type { FastifyInstance } from "fastify";
import type { Access, Actor } from "../access/index.ts";
import type { Answerer } from "../answering/index.ts";
import type { EnterpriseService } from "../enterprises/index.ts";
import type { Lists, Matching, ProgramDesk, Suggestion } from "../matching/index.ts";
import type { Publishing } from "../publishing/index.ts";
import type { Clock, DocumentId, IdSource, Logger } from "../shared/index.ts";
import type { KnowledgeStore } from "../storage/index.ts";
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
