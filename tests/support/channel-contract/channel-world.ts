import type { Channel, InboundMessage, OutgoingReply, Reply } from "../../../src/conversation/index.ts";

/** A message that somebody wrote to the bot on the platform. */
export interface Question {
  messageKey: string;
  replyTarget: unknown;
}

/** A message of the bot's as the platform has it. */
export interface ShownMessage {
  /**
   * Every word that people can come to read, in reading order: headers, folded parts, captions of fields and buttons, names
   * of files, descriptions of pictures. Escapes of the platform's markup are resolved, as its client does.
   */
  text: string;
  /** A mark under the question, no message of its own. `text` is the mark. */
  mark?: true;
  /** As the platform measures it, and what it takes at most. */
  bytes: number;
  maxBytes: number;
  /** Whom the platform would notify. */
  mentions: readonly string[];
  /** Addresses that can be opened from it. */
  links: readonly string[];
}

/**
 * What goes wrong with the next call that sends something. `busy`: the platform's limit of calls; `broken`: an error of
 * its servers; `lost`: the message is taken and the answer does not arrive; `cut`: nothing is taken, the connection ends.
 */
export type PlatformFault = "busy" | "broken" | "lost" | "cut";

/** A channel on its platform's local server, driven by the vendor's real client. */
export interface ChannelWorld {
  /** Started. Another object after `restart`. */
  readonly channel: Channel;
  /** Somebody writes to the bot in a chat of its own; resolves when the channel has handed the message in. */
  ask(place: "group" | "direct"): Promise<Question>;
  /** The platform brings the same message again; resolves when it was acknowledged. */
  repeat(question: Question): Promise<void>;
  /** Everything handed in, in order, each key once (the world's inbox knows duplicates). */
  accepted(): readonly InboundMessage[];
  /** What answers the question, marks included, in the order in which the platform took it. */
  shown(question: Question): Promise<readonly ShownMessage[]>;
  /** Absent: nothing is sent to a server of the platform's that could fail. */
  fail?(fault: PlatformFault): void;
  /** The bot loses the chat of the question (removed, dissolved). Absent: cannot happen. */
  closeChat?(question: Question): void;
  /** What the conversation does to a reply before the channel gets it. Default: nothing. */
  prepare?(reply: Reply): Reply;
  /** What the conversation has stored before it delivers, for channels that show what is stored. */
  beforeDelivery?(outgoing: OutgoingReply): Promise<void>;
  /** The process ends and begins anew: a fresh channel, the same platform. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** The world must hand these out as the bytes of `file` and `picture` blocks, by file id. */
export const SAMPLE_FILES: ReadonlyMap<string, { name: string; mediaType: string; bytes: Uint8Array }> =
  new Map([
    [
      "file-report",
      { name: "匹配报告.md", mediaType: "text/markdown", bytes: Buffer.from("# 报告（虚构）") },
    ],
    [
      "file-picture",
      {
        name: "chart.png",
        mediaType: "image/png",
        bytes: Buffer.from(
          "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
          "base64",
        ),
      },
    ],
  ]);
