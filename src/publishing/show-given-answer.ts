import { type Actor, requireRight } from "../access/index.ts";
import type { Citation } from "../answering/index.ts";
import { AppError, toShanghaiDay, type VersionId } from "../shared/index.ts";
import type { TurnRecord } from "../storage/index.ts";
import { readAnswer } from "./given-answer.ts";
import type { PublishingParts } from "./publishing-parts.ts";
import { lifeStateOf } from "./review/life-state.ts";
import type { GivenAnswer } from "./types.ts";

/** An answer as it was given, with what has become of the versions that it cites. Each look is written down. */
export async function showGivenAnswer(
  parts: PublishingParts,
  turnId: string,
  by: Actor,
): Promise<GivenAnswer> {
  requireRight(by, "read-answers");
  const { storage, clock } = parts;
  const turn = await storage.conversation.getTurn(turnId);
  const answer = turn && readAnswer(turn.answer);
  if (!turn || !answer) throw unknownTurn(turnId);
  await storage.audit.append({
    at: clock().toISOString(),
    actor: by.account,
    action: "answer.read",
    subject: `turn:${turnId}`,
    reason: null,
    details: {},
  });
  const citations = [];
  for (const citation of answer.citations) citations.push(await describeCitation(parts, citation, turn));
  return { turnId, question: turn.question, at: turn.at, answer, citations };
}

async function describeCitation(
  { storage, clock }: PublishingParts,
  citation: Citation,
  turn: TurnRecord,
): Promise<GivenAnswer["citations"][number]> {
  const { knowledge } = storage;
  const versionId = citation.versionId ?? (await findVersionThen(knowledge, citation, turn));
  const version = versionId && (await knowledge.getVersion(versionId));
  if (!version) return { versionId: null, number: null, state: null, quoteHolds: false };
  return {
    versionId: version.versionId,
    number: version.number,
    state: lifeStateOf(version, toShanghaiDay(clock())),
    quoteHolds: version.text.slice(citation.start, citation.end) === citation.quote,
  };
}

/** Answers from before versions were cited: the one published then. */
async function findVersionThen(
  knowledge: PublishingParts["storage"]["knowledge"],
  { documentId }: Citation,
  { at }: TurnRecord,
): Promise<VersionId | undefined> {
  const then = await knowledge.publishedVersions(new Date(at));
  return then.find((version) => version.documentId === documentId)?.versionId;
}

function unknownTurn(turnId: string): AppError {
  return new AppError({
    code: "not-found",
    message: `no turn ${turnId}`,
    safeMessage: `没有编号为 ${turnId} 的答复。请核对编号；很早以前的答复可能已按期限清理。`,
  });
}
