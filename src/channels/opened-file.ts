/** A generated file, as channels send it or offer it for download. */
export interface OpenedFile {
  /** With its ending; chosen by us, but it may hold an enterprise's name. */
  name: string;
  mediaType: string;
  bytes: Uint8Array;
}
