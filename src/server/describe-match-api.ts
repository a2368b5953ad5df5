import { z } from "zod";
import {
  listQuerySchema,
  matchReplySchema,
  matchRequestSchema,
  programQuerySchema,
  programSummarySchema,
} from "./match-schema.ts";
import { jsonResponse, queryParameters, refusals, toSchema } from "./openapi-parts.ts";

/** Paths of matching that need no token. */
export function describeMatchPaths(): Record<string, object> {
  return {
    "/api/v1/match": {
      post: {
        operationId: "matchProfile",
        summary: "按企业情况匹配项目，逐条给出条件的判定和出处；不保存",
        requestBody: {
          required: true,
          content: { "application/json": { schema: toSchema(matchRequestSchema) } },
        },
        responses: { 200: jsonResponse("匹配结果", matchReplySchema), ...refusals(400, 413, 415, 429, 500) },
      },
    },
    "/api/v1/programs": {
      get: {
        operationId: "listPrograms",
        summary: "项目目录",
        parameters: queryParameters(programQuerySchema),
        responses: {
          200: jsonResponse("项目", z.array(programSummarySchema)),
          ...refusals(400, 429, 500),
        },
      },
    },
    "/api/v1/lists/{list}": {
      get: {
        operationId: "getList",
        summary: "空间载体、研发项目、扶持政策、沟通联络清单和活动日历，每条注明出处",
        parameters: [
          { name: "list", in: "path", required: true, schema: { type: "string" } },
          ...queryParameters(listQuerySchema),
        ],
        responses: {
          200: jsonResponse("清单", z.record(z.string(), z.unknown())),
          ...refusals(400, 404, 429, 500),
        },
      },
    },
  };
}
