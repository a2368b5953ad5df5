import type { FaultScript, Route } from "./faults.ts";
import type { GatewaySide } from "./gateway.ts";
import type { RateLimits } from "./rate-limits.ts";
import type { ApiAnswer } from "./refusal.ts";
import type { Json, World } from "./world.ts";

/** A file as it came in a multipart body, `files[n]` under n. */
export interface UploadedPart {
  filename: string;
  contentType: string;
  bytes: Uint8Array;
}

export interface ApiRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  authorization: string | undefined;
  /** Of a multipart body: its `payload_json`. */
  body: Json;
  files: ReadonlyMap<number, UploadedPart>;
  /** Bytes of the whole body. */
  size: number;
}

/** One call as it came, with what it was answered. */
export interface LoggedCall {
  route: Route;
  method: string;
  path: string;
  body: Json;
  at: number;
  status: number | "cut";
}

/** The parts of the local platform. */
export interface Platform {
  world: World;
  gateway: GatewaySide;
  faults: FaultScript;
  limits: RateLimits;
  calls: LoggedCall[];
  /** How long an interaction may stay without its callback, and how long its token lives; milliseconds. */
  interactionLimits: { callbackMs: number; tokenMs: number };
  maxFileBytes: number;
}

export interface RouteSpec {
  method: string;
  /** With named groups. */
  pattern: RegExp;
  route: Route;
  /** False: without the bot's token, as the calls that carry an interaction's. Default true. */
  auth?: boolean;
  handle(platform: Platform, request: ApiRequest, params: Readonly<Record<string, string>>): ApiAnswer;
}

export const noContent: ApiAnswer = { status: 204 };
