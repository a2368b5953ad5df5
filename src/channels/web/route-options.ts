import type { AcceptMessage } from "../../conversation/index.ts";
import type { Clock, Logger } from "../../shared/index.ts";
import type { SignInProvider } from "../sign-in-provider.ts";
import type { OpenFile } from "./add-file-route.ts";
import type { Asker, AskerReader } from "./read-asker.ts";
import type { SignInStore, UploadStore } from "./stores.ts";
import type { Streams } from "./streams.ts";
import type { Turn } from "./turn.ts";
import type { SessionCookies } from "./verify.ts";

/** What the routes of the web chat are made of. */
export interface RouteOptions {
  parkName: string;
  /** Origins that may frame the chat. */
  embedOrigins: readonly string[];
  accept: AcceptMessage;
  streams: Streams;
  cookies: SessionCookies;
  askers: AskerReader;
  readTurns: (session: string) => Promise<Turn[]>;
  describeMe: (asker: Asker) => Promise<object>;
  clock: Clock;
  publicUrl?: string;
  openFile?: OpenFile;
  uploads?: UploadStore;
  signIns?: SignInStore;
  provider?: SignInProvider;
  logger: Logger;
}
