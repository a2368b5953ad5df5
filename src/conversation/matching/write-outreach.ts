import type { OutreachMessage, OutreachProgram } from "../../matching/index.ts";
import type { CitationUrl } from "../render-answer.ts";
import type { Reply, ReplyBlock } from "../types.ts";
import { toButton, toMatchReply } from "./match-reply.ts";

/** What policies tell an enterprise by themselves, as a reply: reasons and clauses, how to end it. */
export function writeOutreach(message: OutreachMessage, citationUrl?: CitationUrl): Reply {
  const { kind, headline, programs, lines, footer, canUnsubscribe } = message;
  const blocks: ReplyBlock[] = [
    ...programs.map((program, index) =>
      toBlock(program, programs.length > 1 ? index + 1 : null, citationUrl),
    ),
    ...(lines.length > 0 ? [{ type: "list" as const, items: [...lines] }] : []),
    ...(footer === "" ? [] : [{ type: "notice" as const, text: footer }]),
    ...(canUnsubscribe ? [{ type: "actions" as const, actions: [UNSUBSCRIBE] }] : []),
  ];
  return toMatchReply(`outreach-${kind}`, "zh", headline, blocks);
}

const UNSUBSCRIBE = toButton("unsubscribe", "退订", { command: "退订" });

function toBlock(
  program: OutreachProgram,
  rank: number | null,
  citationUrl: CitationUrl | undefined,
): ReplyBlock {
  const { clause, documentId, versionId, documentTitle } = program;
  const url =
    clause && clause.start !== null && clause.end !== null && documentId !== null && citationUrl
      ? citationUrl({
          documentId,
          ...(versionId !== null && { versionId }),
          start: clause.start,
          end: clause.end,
        })
      : undefined;
  return {
    type: "program",
    programId: program.programId,
    rank,
    name: program.enterprise ? `${program.name}（${program.enterprise}）` : program.name,
    kind: NEWS[program.news ?? "none"],
    verdict: program.verdict,
    verdictLabel: program.verdictLabel,
    status: `${program.programStatus} · ${program.documentStatus}`,
    criteria: [],
    quotes: clause
      ? [{ title: documentTitle, section: clause.section, quote: clause.quote, ...(url && { url }) }]
      : [],
    notStated: [],
    cautions: program.open.length > 0 ? [`待确认：${program.open.join("；")}`] : [],
    nextStep: program.nextStep,
    compact: false,
    reason: program.reasons.join("；"),
  };
}

const NEWS = { new: "新增", changed: "有更新", again: "恢复", none: "" } as const;
