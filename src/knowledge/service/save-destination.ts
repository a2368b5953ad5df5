import type { DocumentId } from "../../shared/index.ts";
import type { ChangeOrigin, VersionFingerprint } from "../../storage/index.ts";

/** Where a parsed document goes. */
export interface SaveDestination {
  collection: string;
  /** Of the document; for a new version of a known document that document's own. */
  sourceKey: string;
  /** For a document that is not there yet; default: made from collection and source key. */
  documentId?: DocumentId;
  publish: boolean;
  /** SHA-256 of the source and what was stated beside it: the same hash is the same version. */
  contentHash: string;
  originalHash?: string;
  submissionId?: string;
  origin?: ChangeOrigin;
  /** The name of the file, when the document is another file's: a directory's own file then does not undo the version. */
  takenFrom?: string;
  /** Of this parsed document, when it is known already; making one costs as much as reading the text. */
  fingerprint?: VersionFingerprint;
}
