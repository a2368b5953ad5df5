import type { Channel } from "./types.ts";

/** What the conversation needs of a channel: one that can only deliver is served as well. */
export type ConversationChannel = Pick<Channel, "deliver"> & Partial<Omit<Channel, "deliver">>;

/** By name. */
export type ConversationChannels = ReadonlyMap<string, ConversationChannel>;
