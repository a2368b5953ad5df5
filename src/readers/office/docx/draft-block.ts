import type { ReadBlock } from "../../types.ts";
import type { Place } from "./piece.ts";

/** A block whose page is not known before the end of the document. */
export interface DraftBlock extends Omit<ReadBlock, "page"> {
  place: Place;
  bold?: boolean;
}
