export type Route =
  | "token"
  | "bot"
  | "endpoint"
  | "send"
  | "resource"
  | "upload"
  | "edit"
  | "react"
  | "image"
  | "card-create"
  | "card-content"
  | "card-update"
  | "card-settings"
  | "delete"
  | "read"
  | "scopes"
  | "tenant";

/** What goes wrong with one call; without `lost` or `refused` the given answer is sent instead of the right one. */
export interface Failure {
  /** HTTP status. Default 400. */
  status?: number;
  code?: number;
  msg?: string;
  headers?: Record<string, string>;
  /** Sent instead of JSON: what a proxy in between might say. */
  rawBody?: string;
  /** Milliseconds before the answer. Alone: the right answer, late. */
  delayMs?: number;
  /** The call is carried out and the connection then cut: the caller cannot know. */
  lost?: boolean;
  /** The connection is cut at once. */
  refused?: boolean;
  /** An error without the `data` that the SDK expects. */
  withoutData?: boolean;
}

/** What happens to a call that nothing was scripted for; undefined: the right answer. `chat`: where a message goes. */
export type FailureSource = (route: Route, chat?: string) => Failure | undefined;

/** Failures in the order in which they are to happen, for each route. */
export interface FailureScript {
  failNext(route: Route, ...failures: Failure[]): void;
  /** From now on, for every call beyond the scripted ones. */
  failBy(source: FailureSource | undefined): void;
  take(route: Route, chat?: string): Failure | undefined;
}

export function createFailureScript(): FailureScript {
  const queues = new Map<Route, Failure[]>();
  let source: FailureSource | undefined;
  return {
    failNext: (route, ...failures) => {
      queues.set(route, [...(queues.get(route) ?? []), ...failures]);
    },
    failBy: (next) => {
      source = next;
    },
    take: (route, chat) => queues.get(route)?.shift() ?? source?.(route, chat),
  };
}
