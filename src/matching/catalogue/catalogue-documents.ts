import type { Clause, PublishedDocument } from "../../knowledge/index.ts";
import type { VersionId } from "../../shared/index.ts";

/** What the catalogue needs of the published documents. */
export interface CatalogueDocuments {
  /** Grows with every change of what is published. */
  revision(): Promise<number>;
  listPublished(): Promise<readonly PublishedDocument[]>;
  /** The normalised text that offsets refer to. */
  documentText(versionId: VersionId): Promise<string>;
  getClauses(versionId: VersionId): Promise<readonly Clause[]>;
  /** What the document is on a day (`YYYY-MM-DD`), for people: 征求意见稿, 现行有效, 已被替代. */
  statusOn(document: PublishedDocument, day: string): string | Promise<string>;
}
