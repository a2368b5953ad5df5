import type { Actor } from "../../access/index.ts";
import { findByBeginning, type ReviewDesk } from "../../publishing/index.ts";

/** Shorter than a whole id: what the cards show. */
const WHOLE_LENGTH = 32;

/** A command with the whole id of the version of which the beginning was typed; as it was given when that is not clear. */
export async function completeVersion<Command extends { version: string }>(
  review: Pick<ReviewDesk, "listDocuments">,
  command: Command,
  actor: Actor,
): Promise<Command> {
  if (command.version.length >= WHOLE_LENGTH) return command;
  const versions = (await review.listDocuments(actor)).flatMap((document) => document.versions);
  const found = findByBeginning(versions, command.version, ({ versionId }) => versionId);
  return found ? { ...command, version: found.versionId } : command;
}
