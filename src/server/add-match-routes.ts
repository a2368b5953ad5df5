import type { FastifyInstance } from "fastify";
import { publicAudience } from "../access/index.ts";
import { describeRequestedMatch, type MatchRequest } from "../matching/index.ts";
import { AppError, toShanghaiDay } from "../shared/index.ts";
import { listQuerySchema, matchRequestSchema, programQuerySchema } from "./match-schema.ts";
import { parseRequest } from "./parse-request.ts";
import type { MatchingServices, ServerOptions } from "./types.ts";

const LISTS = ["space", "projects", "policies", "contacts", "events"] as const;

/** One profile, one match, kept by nobody: for other services and for scripts. */
export function addMatchRoutes(
  server: FastifyInstance,
  { matching, lists }: MatchingServices,
  { clock }: ServerOptions,
): void {
  server.post("/api/v1/match", async (request) => {
    const { id, message, profile, asOf, asked, limit } = parseRequest(matchRequestSchema, request.body);
    const startedAt = performance.now();
    const wanted: MatchRequest = {
      ...(message !== undefined && { message }),
      ...(profile && { profile }),
      ...(asOf && { asOf }),
      ...(asked && { asked }),
      ...(limit !== undefined && { limit }),
    };
    const reply = describeRequestedMatch(await matching.matchRequest(wanted), matching);
    const elapsedMs = Math.round((performance.now() - startedAt) * 10) / 10;
    return { ...(id !== undefined && { id }), ...reply, elapsedMs };
  });
  server.get("/api/v1/programs", async (request) => {
    const { kind } = parseRequest(programQuerySchema, request.query);
    const entries = await matching.entriesFor(toShanghaiDay(clock()));
    return entries
      .filter(({ program, usable }) => usable && (kind === undefined || program.kind === kind))
      .map(({ program, documentTitle, documentStatus }) => ({
        programId: program.id,
        name: program.name,
        aliases: program.aliases,
        kind: program.kind,
        programStatus: program.state.state,
        documentTitle,
        documentStatus,
        notStated: program.notStated,
      }));
  });
  server.get<{ Params: { list: string } }>("/api/v1/lists/:list", async (request) => {
    const list = LISTS.find((each) => each === request.params.list);
    if (!list) throw unknownList();
    const { industry, text } = parseRequest(listQuerySchema, request.query);
    const industries = industry ? findIndustries(industry, matching) : [];
    const wish = { list, ...(industries.length > 0 && { industries }), ...(text && { text }) };
    return lists.search(wish, publicAudience, toShanghaiDay(clock()));
  });
}

function findIndustries(words: string, { lexicon }: MatchingServices["matching"]): string[] {
  const found = [...lexicon.industries.values()].filter(
    ({ id, name, words: said }) => id === words || name === words || said.includes(words),
  );
  if (found.length > 0) return found.map(({ id }) => id);
  throw new AppError({
    code: "unusable-input",
    message: `unknown industry ${words}`,
    safeMessage: `没有名为“${words}”的行业。请换一种说法，或不带 industry 查看全部。`,
  });
}

function unknownList(): AppError {
  return new AppError({
    code: "not-found",
    message: "no such list",
    safeMessage: `没有这份清单。可用：${LISTS.join("、")}。`,
  });
}
