import type { Upload } from "./message-body.ts";

/** What has been sent of a reply. */
export interface Progress {
  /** By position: the parts, then the files. */
  sent: string[];
  fileFailures: number;
  announced: boolean;
  pictures?: ReadonlyMap<string, Upload>;
}
