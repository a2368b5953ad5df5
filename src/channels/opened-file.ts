/** A generated file, as channels send it or offer it for download. */
export interface OpenedFile {
  /** With its ending; chosen by us, but it may hold an enterprise's name. */
  name: string;
  mediaType: string;
  bytes: Uint8Array;
}

/** By the id of a reply's `file` or `picture`. Undefined: it is gone. */
export type OpenFile = (fileId: string) => Promise<OpenedFile | undefined>;
