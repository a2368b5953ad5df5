/** What is sent to the platform, as far as it is used. */
export interface Embed {
  title?: string;
  description?: string;
  color?: number;
  author?: { name: string };
  footer?: { text: string };
  image?: { url: string };
}

export interface ButtonComponent {
  type: 2;
  style: 1 | 2 | 4;
  label: string;
  custom_id: string;
}

export interface ActionRow {
  type: 1;
  components: ButtonComponent[];
}

export interface MessageBody {
  content?: string;
  embeds?: Embed[];
  components?: ActionRow[];
  allowed_mentions: { parse: []; replied_user?: boolean; users?: [string] };
  attachments?: { id: number; filename: string; description?: string }[];
  flags?: number;
}

export interface Upload {
  name: string;
  mediaType: string;
  bytes: Uint8Array;
  /** What it shows, where it cannot be shown. */
  description?: string;
}

export const LIMITS = {
  content: 2_000,
  title: 256,
  description: 4_096,
  embeds: 10,
  /** Over all embeds of a message. */
  embedTotal: 6_000,
  author: 256,
  footer: 2_048,
  rows: 5,
  buttons: 5,
  label: 80,
  customId: 100,
} as const;

export const FLAGS = { ephemeral: 1 << 6, suppressEmbeds: 1 << 2 } as const;
